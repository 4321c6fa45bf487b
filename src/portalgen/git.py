"""Asks git about a repository, and never changes one: nothing that is configured in it is run.

A repository may come from anybody. Its hooks, its file watcher and its transports stay off, and
git is not waited for longer than it takes.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 10
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "log.showSignature=false",  # asks the program that the repository names as gpg
)
_ENVIRONMENT: Mapping[str, str] = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C.UTF-8",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What git said; `code` is 0 when all is well."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """What it printed, as text without its last line end."""
        return self.out.decode("utf-8", "replace").rstrip("\n")


def is_installed() -> bool:
    """Whether there is a git to ask."""
    return shutil.which("git") is not None


def ask(folder: Path, *words: str, given: bytes = b"") -> Answer | None:
    """Run a git command that reads, in that folder; None when it cannot be run, or is too slow.

    Args:
        given: what it reads from its standard input.
    """
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - the words are ours
            ["git", "--no-pager", *settings, "-C", os.fspath(folder.absolute()), *words],  # noqa: S607
            input=given,
            capture_output=True,
            env={**kept, **_ENVIRONMENT},
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Answer(done.returncode, done.stdout, done.stderr)


def runs_filters(folder: Path) -> bool:
    """Whether the repository itself names programs that git would run to compare files."""
    found = ask(folder, "config", "--show-scope", "-z", "--get-regexp", r"^filter\.")
    if found is None:
        return True
    return any(scope in (b"local", b"worktree") for scope in found.out.split(b"\0")[::2])
