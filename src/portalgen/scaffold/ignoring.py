"""What git has to leave out of a workspace, and whether a `.gitignore` says so."""

import re
from collections.abc import Iterator

from portalgen.keyring import CACHE

OUTPUT = "output"
NEVER_COMMITTED = (OUTPUT, CACHE)


def not_ignored(text: str) -> Iterator[str]:
    """The folders that a `.gitignore` at the top of a workspace says nothing about."""
    lines = {line.strip() for line in text.splitlines()}
    for name in NEVER_COMMITTED:
        if not any(re.fullmatch(rf"/?{re.escape(name)}/?", line) for line in lines):
            yield name


def with_ignored(text: str) -> str:
    """That file with the lines that it lacks, in its own line ends."""
    end = "\r\n" if "\r\n" in text else "\n"
    between = "" if not text or text.endswith("\n") else end
    return text + between + "".join(f"/{name}/{end}" for name in not_ignored(text))
