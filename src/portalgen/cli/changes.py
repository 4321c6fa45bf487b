"""How commands that change content say what they change, and how to commit it."""

import difflib
import shlex
from collections.abc import Sequence

from portalgen.approving import Change
from portalgen.terminal import Terminal, clean


def difference(change: Change) -> str:
    """The lines that go, and those that come, indented."""
    before, after = (
        (one or b"").decode("utf-8", "replace").splitlines()
        for one in (change.before, change.after)
    )
    lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
    return "".join(f"    {clean(line)}\n" for line in lines if not line.startswith("@@"))


def tell_commit(screen: Terminal, paths: Sequence[str], message: str) -> None:
    """The two lines that put those files into git."""
    screen.say(f"  {shlex.join(['git', 'add', *paths])}")
    screen.say(f"  {shlex.join(['git', 'commit', '-m', message])}")
