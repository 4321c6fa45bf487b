"""docs/content.md shows each gesture beside the change that it makes: this is what it makes."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from examples import GUIDE, workspace_of
from test_examples import write

_BLOCK = re.compile(
    r"^```sh\n(?P<commands>portalgen .*?)^```$"
    r"|^`content/(?P<path>[^`]+)`\n```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def gestures() -> Iterator[tuple[str, str, dict[str, str], str, str]]:
    """The commands that stand before a file, and their day: the files before, that file after."""
    guide = GUIDE.read_text("utf-8")
    section = guide[guide.index("\n## The daily gestures\n") : guide.index("\n## How things are")]
    files: dict[str, str] = {}
    commands, day = "", ""
    for block in _BLOCK.finditer(section):
        if block["commands"]:
            commands = block["commands"].replace("\\\n", " ")
            day = max(day, *re.findall(r"--on (\S+)", commands), "")
        else:
            if commands:
                yield commands, day, dict(files), block["path"], block["text"]
            files[block["path"]] = block["text"]
            commands = ""


GESTURES = list(gestures())


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda gesture: gesture[0].splitlines()[0])
def test_a_gesture_makes_the_change_that_is_shown(
    gesture: tuple[str, str, dict[str, str], str, str], tmp_path: Path, run: Run
) -> None:
    commands, day, before, path, after = gesture
    write(tmp_path, workspace_of(before))
    for line in commands.splitlines():
        _, command, *words = shlex.split(line)
        ran = run(tmp_path, command, *words, "--today", day)
        assert ran.code == 0, ran.err
    written = (tmp_path / "content" / path).read_text("utf-8")
    assert keys_of(written) == keys_of(after)


def keys_of(text: str) -> str:
    """The front matter: the body is for a person to write."""
    return text.split("---\n")[1]


def test_every_gesture_on_the_work_is_shown() -> None:
    shown = {line.split()[1] for commands, *_ in GESTURES for line in commands.splitlines()}
    assert shown == {"start", "move", "wait", "received", "done", "deliver", "given", "approve"}
