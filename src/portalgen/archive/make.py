"""From one client's folder to one file with everything that is theirs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portalgen.approving import cut_off
from portalgen.archive.clear import clear_entries
from portalgen.archive.locked import README, locked_count, locked_entries
from portalgen.archive.proof import check_locked, check_sums
from portalgen.archive.readme import letter_with, locked_readme
from portalgen.archive.safe_names import safe_names
from portalgen.archive.zip_file import Entry, write_zip
from portalgen.attachments import attached
from portalgen.build import Progress, make_portals
from portalgen.canonical import EnvelopeError
from portalgen.check import check_workspace
from portalgen.desk import Desk, open_desk
from portalgen.language import Words
from portalgen.making import Clear, Order, clear_portal
from portalgen.model.client import Contact
from portalgen.model.folder import CONTENT
from portalgen.model.page import INDEX
from portalgen.model.portal import Portal
from portalgen.problem import Place, Problem, Severity, Source, in_reading_order
from portalgen.render.scope import Scope
from portalgen.report import Made
from portalgen.shell import make_archive_shell
from portalgen.theme import ThemeError
from portalgen.verify import Expected

_FRESH = ".fresh-"
"""Begins the name of an archive that is not finished."""


class ArchiveError(Exception):
    """There is nothing to archive; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to archive.

    Attributes:
        client: name of the folder.
        target: the file to write; what it held is lost.
        locked: whether it opens with passphrases only.
        today: the day that is written into it.
    """

    root: Path
    client: str
    target: Path
    locked: bool
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What was archived.

    Attributes:
        files: how many files of the client are in it.
        pages: how many pages are.
        size: of the archive, in bytes.
        people: who can open it, when it is locked.
        closed: whether the project is finished.
        letter: what to write to the client, in their language.
    """

    pages: int
    files: int
    size: int
    people: tuple[str, ...]
    closed: bool
    letter: str


@dataclass(frozen=True, slots=True)
class _Ready:
    """A client in whose content nothing is wrong."""

    desk: Desk
    made: Made
    clear: Clear
    scope: Scope


def archive(wish: Wish, progress: Progress) -> tuple[Archived | None, tuple[Problem, ...]]:
    """Write the archive of a client, unless something in the content is an error.

    Returns:
        What was written; None when there is no archive. And all that is wrong.

    Raises:
        ArchiveError: the client is a draft.
        FileNotFoundError: there is no content folder.
        OSError: the archive cannot be written.
    """
    ready, problems = _prepare(wish, progress)
    if ready is None:
        return None, in_reading_order(problems)
    fresh = wish.target.with_name(f"{_FRESH}{wish.target.name}")
    try:
        entries, count, found = _entries(ready, wish)
        problems += found
        told = _told(entries, count, progress)
        write_zip(fresh, _folder(wish), told, wish.today, private=not wish.locked)
        found = [*check_sums(fresh, _folder(wish)), *_check(ready, wish, fresh)]
        if found:
            return None, in_reading_order([*problems, *found])
        done = _archived(ready, wish, fresh)
        fresh.replace(wish.target)
    except ThemeError as error:
        return None, in_reading_order([*problems, error.problem])
    except EnvelopeError as error:
        place = Place(Source(f"{CONTENT}/{wish.client}"))
        return None, (Problem("cannot-lock", str(error), place, "run the command again"),)
    finally:
        fresh.unlink(missing_ok=True)
    return done, in_reading_order(problems)


def _prepare(wish: Wish, progress: Progress) -> tuple[_Ready | None, list[Problem]]:
    """Make the portal as a build does; only what that would publish is archived."""
    desk, problems = open_desk(wish.root)
    problems += [*check_workspace(desk.workspace), *cut_off(wish.root)]
    if desk.shell and desk.theme:
        desk = replace(desk, shell=make_archive_shell(desk.workspace.studio, desk.theme))
    order = Order(
        root=wish.root, output=wish.target.parent, clients=(wish.client,), today=wish.today
    )
    portals, between = make_portals(desk, order, {}, progress)
    made = next(portal for portal in portals if portal.claims.folder == wish.client)
    problems += [*between.get("", []), *made.problems]
    if made.draft:
        raise ArchiveError(
            f"{wish.client} is a draft: nothing of it is published, nor archived",
            f"take draft: yes out of {CONTENT}/{wish.client}/client.yaml when it is ready",
        )
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    _, clear = clear_portal(desk, order, wish.client, tuple(between[wish.client]))
    if clear is None:
        return None, problems
    return _Ready(desk, made, clear, _scope(clear.portal, desk)), problems


def _scope(portal: Portal, desk: Desk) -> Scope:
    language = portal.client.language or desk.workspace.studio.language
    return Scope(portal, desk.workspace, Words(language, portal.client.address_form), INDEX)


def _folder(wish: Wish) -> str:
    """The folder that the archive unpacks to; that of a locked one names nobody."""
    (name,) = safe_names((wish.client,), "").values()
    return f"{'portal' if wish.locked else name}-{wish.today.isoformat()}"


def _entries(ready: _Ready, wish: Wish) -> tuple[Iterable[Entry], int, list[Problem]]:
    """Everything in the archive, how much that is, and what keeps an invoice from being a PDF."""
    if not wish.locked:
        entries, found = clear_entries(ready.clear, ready.desk, ready.scope, wish.today)
        return entries, len(entries), found
    files = ready.made.files or {}
    language = ready.desk.workspace.studio.language
    return locked_entries(files, language), locked_count(files), []


def _told(entries: Iterable[Entry], count: int, progress: Progress) -> Iterator[Entry]:
    """The entries; each is told of once the next one is asked for."""
    for number, one in enumerate(entries, 1):
        yield one
        progress(number, count)


def _check(ready: _Ready, wish: Wish, fresh: Path) -> Iterator[Problem]:
    """What is wrong with a finished archive, beside its checksums."""
    if not wish.locked or not ready.desk.shell:
        return
    expected = Expected(readers=ready.made.readers, key=ready.made.key)
    known = {README: locked_readme(ready.desk.workspace.studio.language).encode()}
    yield from check_locked(fresh, _folder(wish), ready.desk.shell, expected, known)


def _archived(ready: _Ready, wish: Wish, fresh: Path) -> Archived:
    return Archived(
        pages=len(ready.clear.pages),
        files=len(attached(ready.clear.portal)),
        size=fresh.stat().st_size,
        people=ready.made.people,
        closed=ready.clear.portal.client.project.closed is not None,
        letter=letter_with(ready.scope, _readers(ready, wish), locked=wish.locked),
    )


def _readers(ready: _Ready, wish: Wish) -> list[Contact]:
    """To whom the letter goes: those who can open it, or all of the client's people."""
    portal = ready.clear.portal
    if not wish.locked or not portal.access:
        return [*portal.client.contacts]
    names = [person.name for person in portal.access.people]
    found = dict.fromkeys(portal.person(name) for name in names)
    return [contact for contact in found if contact]
