"""Who gets in: the studio, its people, and those of each client."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portalgen.approving import interrupted
from portalgen.check.people import broken_keys, broken_studio_keys
from portalgen.doctor.finding import Finding
from portalgen.model.access import people_of
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal, Workspace
from portalgen.parallel import map_parallel
from portalgen.parse import parse_client
from portalgen.problem import Problem, Severity
from portalgen.read import read_client
from portalgen.scaffold.demo import is_invented

_SHOWN = 5
_ACCESS = "access.yaml"


def studio(workspace: Workspace, problems: Sequence[Problem]) -> Iterator[Finding]:
    """The studio's own file, and who of it gets in."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        says = f"{errors[0].place.source.path}: {errors[0].message}"
        yield Finding("workspace", "problem", says, "portalgen check")
        return
    if is_invented(workspace.studio):
        says = f"{CONTENT}/studio.yaml still says what was invented for the demonstration"
        yield Finding("workspace", "warning", says, "write your own email, phone and legal there")
    for problem in broken_studio_keys(workspace):
        yield Finding("access", "problem", f"{CONTENT}/{_ACCESS}: {problem.message}", problem.hint)
    people = people_of(workspace.access)
    if people:
        names = _listed([person.name for person in people])
        yield Finding("access", "ok", f"every portal opens for {names}")
    else:
        command = ["portalgen", "access", "grant", "--studio", workspace.studio.author]
        says = "nobody of the studio has access: there is no dashboard"
        yield Finding("access", "warning", says, shlex.join(command))


def clients(root: Path, names: Sequence[str], workspace: Workspace) -> Iterator[Finding]:
    """Portals that nobody can open, or nobody but the studio; keys that fail."""
    if not names:
        yield Finding("workspace", "ok", "no client yet", 'portalgen new client "NAME"')
        return
    said = "1 client" if len(names) == 1 else f"{len(names)} clients"
    yield Finding("workspace", "ok", said)
    examined = dict(map_parallel(partial(_examine, root, workspace), names))
    looks = [examined[name] for name in names]
    for look in looks:
        yield from look.failing
    shut = tuple(look for look in looks if look.waiting)
    if shut:
        yield _shut(shut, workspace)
    elif not any(look.failing for look in looks):
        yield Finding("access", "ok", "every portal opens for somebody of its client")


def cut_off(root: Path) -> Iterator[Finding]:
    """An invoice that was being written or issued when the machine stopped."""
    what = interrupted(root)
    if what:
        says = f"{what} was cut off before all its files were written"
        yield Finding("workspace", "problem", says, "portalgen approve")


@dataclass(frozen=True, slots=True)
class _Look:
    """A client's list of people.

    Attributes:
        waiting: the first of its contacts, when nobody of them gets in, and could by now.
    """

    folder: str
    failing: tuple[Finding, ...]
    waiting: str | None


def _examine(root: Path, workspace: Workspace, name: str) -> _Look:
    portal, _ = parse_client(read_client(root, name)[0])
    contacts = portal.client.contacts
    is_known = not {_ACCESS, "client.yaml"} & portal.unread
    is_shut = is_known and not portal.client.draft and not people_of(portal.access)
    first = contacts[0].id if contacts else "PERSON"
    return _Look(name, (*_failing(portal, workspace),), first if is_shut else None)


def _failing(portal: Portal, workspace: Workspace) -> Iterator[Finding]:
    path = f"{CONTENT}/{portal.folder}/{_ACCESS}"
    if _ACCESS in portal.unread:
        yield Finding("access", "problem", f"{path} cannot be read", "portalgen check")
        return
    for problem in broken_keys(portal, workspace):
        yield Finding("access", "problem", f"{path}: {problem.message}", problem.hint)


def _shut(looks: Sequence[_Look], workspace: Workspace) -> Finding:
    names = _listed([look.folder for look in looks])
    mend = shlex.join(["portalgen", "access", "grant", looks[0].folder, looks[0].waiting or ""])
    if people_of(workspace.access):
        return Finding("access", "warning", f"nobody but the studio can open {names}", mend)
    return Finding("access", "problem", f"nobody can open {names}", mend)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
