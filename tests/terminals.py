"""Runs the program as somebody types it: in a terminal, or with streams of the test's choice."""

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PROGRAM = (sys.executable, "-m", "portalgen")
_DECIDED_HERE = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS")


@dataclass(frozen=True)
class Shown:
    """What a terminal was sent, with the signs that move its cursor, and the exit code."""

    code: int
    text: str


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a terminal that can do everything."""
    kept = {name: value for name, value in os.environ.items() if name not in _DECIDED_HERE}
    return {**kept, "TERM": "xterm-256color", **(more or {})}


def typed(
    root: Path,
    *words: str,
    env: Mapping[str, str] | None = None,
    program: tuple[str, ...] = PROGRAM,
) -> Shown:
    """Type a command into a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(root)
        os.execve(program[0], [*program, *words], environment(env))
    shown = b""
    with suppress(OSError):  # how Linux says that nobody is there any more
        while part := os.read(terminal, 65536):
            shown += part
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return Shown(os.waitstatus_to_exitcode(status), shown.decode().replace("\r\n", "\n"))


def piped(
    root: Path,
    *words: str,
    out: int | IO[bytes] = subprocess.PIPE,
    err: int | IO[bytes] = subprocess.PIPE,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command whose streams lead elsewhere."""
    return subprocess.run(
        [*PROGRAM, *words],
        cwd=root,
        stdout=out,
        stderr=err,
        env=environment(env),
        encoding="utf-8",
        check=False,
    )
