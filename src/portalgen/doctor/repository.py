"""The git repository: is it there, is it whole, and does it leave out what is to be left out?"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from portalgen import git
from portalgen.doctor.finding import Finding
from portalgen.model.folder import CONTENT
from portalgen.scaffold.ignoring import NEVER_COMMITTED

_AREA: Final = "git"
_FOREIGN = b"dubious ownership"
_SCP = re.compile(r"^[^/]*?([^/@:]+):(?!//)")


def repository(root: Path) -> Iterator[Finding]:
    """All that git can tell about a workspace without the network."""
    if not git.is_installed():
        says = "git is not installed: it keeps your history, and hosts build from it"
        yield Finding(_AREA, "warning", says, "install it from https://git-scm.com/downloads")
        return
    inside = git.ask(root, "rev-parse", "--is-inside-work-tree")
    if inside is None:
        yield Finding(_AREA, "warning", "git does not answer", "run: git status")
        return
    if inside.code or inside.text != "true":
        yield _no_repository(root, inside)
        return
    yield Finding(_AREA, "ok", "this is a git repository")
    yield from _shallow(root)
    yield from _committed(root)
    yield from _left_out(root)
    yield from _remotes(root)


def _no_repository(root: Path, answer: git.Answer) -> Finding:
    if _FOREIGN in answer.err:
        says = "git does not open this folder: it belongs to somebody else"
        folder = shlex.quote(str(root.absolute()))
        return Finding(_AREA, "warning", says, f"git config --global --add safe.directory {folder}")
    says = "this is no git repository: nothing remembers what was written before"
    return Finding(_AREA, "warning", says, "git init")


def _shallow(root: Path) -> Iterator[Finding]:
    answer = git.ask(root, "rev-parse", "--is-shallow-repository")
    if answer and answer.text == "true":
        says = "the clone is shallow: its history is cut off"
        yield Finding(_AREA, "warning", says, "git fetch --unshallow")


def _committed(root: Path) -> Iterator[Finding]:
    if git.runs_filters(root):
        says = "not looked for uncommitted changes: this repository brings filters of its own"
        yield Finding(_AREA, "ok", says)
        return
    words = ("--porcelain", "-z", "--untracked-files=all", "--no-renames")
    answer = git.ask(root, "status", *words, "--ignore-submodules=all", "--", CONTENT)
    if answer is None or answer.code:
        return
    number = len([entry for entry in answer.out.split(b"\0") if entry])
    if number:
        one = f"1 file in {CONTENT}/ is not committed"
        says = one if number == 1 else f"{number} files in {CONTENT}/ are not committed"
        yield Finding(_AREA, "warning", says, f"git add {CONTENT} && git commit")
    else:
        yield Finding(_AREA, "ok", f"all of {CONTENT}/ is committed")


def _left_out(root: Path) -> Iterator[Finding]:
    """What portalgen makes is not in the repository, and the content is."""
    answer = git.ask(root, "ls-files", "-z", "--", *NEVER_COMMITTED)
    paths = answer.out.split(b"\0") if answer else []
    committed = {path.split(b"/")[0].decode("utf-8", "replace") for path in paths}
    open_to_git = tuple(name for name in NEVER_COMMITTED if not _is_ignored(root, f"{name}/x"))
    for name in NEVER_COMMITTED:
        if name in committed:
            says = f"{name}/ is committed, and must not be"
            yield Finding(_AREA, "problem", says, f"git rm -r --cached {name} && git commit")
    if open_to_git:
        says = f".gitignore does not leave out {' and '.join(f'{name}/' for name in open_to_git)}"
        yield Finding(_AREA, "warning", says, "portalgen init --renew")
    elif not committed & set(NEVER_COMMITTED):
        yield Finding(_AREA, "ok", "git leaves out what portalgen makes")
    if _is_ignored(root, f"{CONTENT}/studio.yaml"):
        says = f"git leaves out {CONTENT}/, which is all that you write"
        yield Finding(_AREA, "problem", says, f"git check-ignore -v {CONTENT}/studio.yaml")


def _is_ignored(root: Path, path: str) -> bool:
    answer = git.ask(root, "check-ignore", "--quiet", "--no-index", "--", path)
    return answer is not None and answer.code == 0


def _remotes(root: Path) -> Iterator[Finding]:
    answer = git.ask(root, "config", "-z", "--get-regexp", r"^remote\..*\.url$")
    for entry in (answer.out if answer else b"").decode("utf-8", "replace").split("\0"):
        key, _, url = entry.partition("\n")
        if not url:
            continue
        name = key.removeprefix("remote.").removesuffix(".url")
        if _has_password(url):
            says = f"the address of {name} holds a password in clear"
            mend = f"git remote set-url {shlex.quote(name)} ADDRESS"
            yield Finding(_AREA, "warning", says, mend)
        else:
            host = _host(url)
            where = f"at {host}: keep it private there" if host else "is a folder"
            yield Finding(_AREA, "ok", f"{name} {where}")


def _has_password(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.password or (parts.scheme in ("http", "https") and parts.username))


def _host(url: str) -> str:
    found = _SCP.match(url)
    try:
        return (urlsplit(url).hostname or "") if "://" in url else (found[1] if found else "")
    except ValueError:
        return ""
