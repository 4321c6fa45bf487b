"""A page of the documentation as a session at a terminal: what is typed, and what is answered.

A ```console block holds commands, each behind `$ `, and under each what it prints. A line with
nothing but a path in backquotes, and a block right under it, is a file that the reader writes; a
```diff block there is what they change in it.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

_BLOCK = re.compile(
    r"^```console\n(?P<session>.*?)^```$"
    r"|^`(?P<path>[^`\n]+)`\n+```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_TYPED = re.compile(r"^\$ (.*(?:\\\n.*)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)

_VARYING = (
    (re.compile(r"\b[a-zà-ÿ]+(?:-[a-zà-ÿ]+){5,7}\b"), "a-passphrase-of-random-words"),
    (re.compile(r"\b\d+(?:\.\d+)? m?s\b"), "0.1 s"),
    (re.compile(r"\b\d+ kB\b"), "72 kB"),
    (re.compile(r"^machine\n(?:  .*\n)+", re.MULTILINE), ""),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:8000"),
    (re.compile(r"\b[0-9a-f]{7}\b(?=\])"), "1234567"),
)
"""What is another at each run, and what stands for it where outputs are compared."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, and what the page says that it prints."""

    command: str
    says: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file that the reader writes whole, or changes."""

    path: str
    text: str
    is_change: bool


def steps_in(page: str) -> Iterator[Typed | Written]:
    """What the reader does, in order."""
    for found in _BLOCK.finditer(page):
        if found["path"]:
            yield Written(found["path"], found["text"], found["kind"] == "diff")
        else:
            for command, says in _TYPED.findall(found["session"]):
                yield Typed(command.replace("\\\n", ""), says)


@dataclass
class Terminal:
    """Where a reader types: a folder, and an environment in which nothing depends on the day."""

    folder: Path
    epoch: str
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        here = Path(sys.executable).parent
        self.environment = {
            "PATH": f"{here}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
            "SOURCE_DATE_EPOCH": self.epoch,
            **_git_of("Lou Faber", self.epoch),
        }

    def write(self, written: Written) -> None:
        """Write or change a file, as the page shows it."""
        file = self.folder / written.path
        if not written.is_change:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written.text, "utf-8")
            return
        text = file.read_text("utf-8")
        for before, after in _changes(written.text):
            assert text.count(before) == 1, (written.path, before, text)
            text = text.replace(before, after)
        file.write_text(text, "utf-8")

    def run(self, command: str) -> str:
        """What a command prints, on both ways out; `cd` moves, and `portalgen serve` is ended."""
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder = (self.folder / words[1]).resolve()
            return ""
        if words[:2] == ["portalgen", "serve"]:
            return self._served([*words, "--port", "0"])
        return subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        ).stdout.decode()

    def _served(self, words: list[str]) -> str:
        """Open the preview, look at its first page, and end it as Ctrl-C does."""
        with subprocess.Popen(
            words,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as server:
            assert server.stdout
            said, address = "", None
            while not address:
                line = server.stdout.readline().decode()
                assert line, said
                said += line
                address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            with urlopen(address[0], timeout=30) as answer:
                assert answer.status == 200
            server.send_signal(signal.SIGINT)
            rest = server.stdout.read().decode()
            assert server.wait(30) == 0, rest
        return said + rest


def settled(output: str) -> str:
    """The output with a stand-in for all that is another at each run."""
    for pattern, stand_in in _VARYING:
        output = pattern.sub(stand_in, output)
    return output


def _changes(diff: str) -> Iterator[tuple[str, str]]:
    """The stretches of lines to replace, each with what comes in its place."""
    for stretch in re.findall(r"(?:^[ +-].*\n)+", diff, re.MULTILINE):
        lines = stretch.splitlines(keepends=True)
        yield (
            "".join(line[1:] for line in lines if line[0] != "+"),
            "".join(line[1:] for line in lines if line[0] != "-"),
        )


def _git_of(name: str, epoch: str) -> Mapping[str, str]:
    """An author and a day for git, and no configuration of this machine."""
    people = {f"GIT_{role}_NAME": name for role in ("AUTHOR", "COMMITTER")}
    mails = {f"GIT_{role}_EMAIL": "lou@atelier.example" for role in ("AUTHOR", "COMMITTER")}
    days = {f"GIT_{role}_DATE": f"{epoch} +0000" for role in ("AUTHOR", "COMMITTER")}
    return {**people, **mails, **days, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
