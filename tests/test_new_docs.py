"""docs/content.md shows every `portalgen new` at work: its commands run, its content is right."""

import re
import shlex
from pathlib import Path

from conftest import Run
from examples import GUIDE, workspace_of
from test_examples import write

from portalgen.cli.new import new

_FILE = re.compile(r"^`content/([^`]+)`\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_commands_of_the_guide_run(tmp_path: Path, run: Run) -> None:
    guide = GUIDE.read_text("utf-8")
    before, _, section = guide.partition("\n## New files by command\n")
    smallest = before[before.index("\n## The smallest client\n") :]
    files = dict(_FILE.findall(smallest))
    write(tmp_path, workspace_of(files))
    (block,) = re.findall(
        r"^```sh\n(.*?)^```$", section.partition("\n## ")[0], re.MULTILINE | re.DOTALL
    )
    made = set()
    for line in block.splitlines():
        _, *words = shlex.split(line)
        ran = run(tmp_path, " ".join(words[:2]), *words[2:])
        assert ran.code == 0, (line, ran.err)
        assert (tmp_path / ran.out.splitlines()[0]).is_file()
        made.add(words[1])
    assert made == set(new.commands)
    checked = run(tmp_path, "check")
    assert checked.code == 0, checked.err
