"""Takes access away, and says what that does not undo."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from portalgen.access.roster import AccessError, Member, Roster, find_member, portals_of, save
from portalgen.model.access import Person, kids_of, people_of
from portalgen.model.portal import Portal, Workspace
from portalgen.model.seal import SealedCode
from portalgen.model.spellings import closest


@dataclass(frozen=True, slots=True)
class KnownCode:
    """An access code that somebody could read: what it is for, and its file in the workspace."""

    what: str
    path: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """What was taken away, and what is left to do.

    Attributes:
        taken: the entries that are gone.
        codes: access codes that were sealed for them, and have to change.
        earlier: other codes, which open for keys that were taken away before; theirs may be among
            those, when they got a new passphrase.
        shut: folders of the portals that nobody can open any more.
    """

    member: Member
    taken: tuple[Person, ...]
    codes: tuple[KnownCode, ...]
    earlier: tuple[KnownCode, ...]
    shut: tuple[str, ...]


def revoke(roster: Roster, who: str, *, only_links: bool = False) -> Revoked:
    """Take somebody off a list with their links, or only their links.

    Raises:
        AccessError: nobody of that name stands on it, or the file cannot be changed.
    """
    member = find_member(roster, who)
    taken = member.links if only_links else member.ways
    if not taken:
        what = "access link" if only_links else "access"
        hint = _who_has(roster, who, only_links=only_links)
        raise AccessError(f"{member.name} has no {what} that could be revoked", hint)
    save(roster, taken)
    portals = portals_of(roster)
    codes = tuple(code for portal in portals for code in _known_codes(portal, taken))
    earlier = tuple(
        code
        for portal in (() if only_links else portals)
        for code in _known_earlier(portal, roster.workspace)
        if code not in codes
    )
    shut = tuple(p.folder for p in portals if _is_shut(p, roster.workspace, taken))
    return Revoked(member, taken, codes, earlier, shut)


def _known_codes(portal: Portal, people: Collection[Person]) -> Iterator[KnownCode]:
    for code in portal.seals.values():
        if any(code.opens_for(person) for person in people):
            yield from _uses(portal, code)


def _known_earlier(portal: Portal, workspace: Workspace) -> Iterator[KnownCode]:
    """The portal's own codes that open for keys which stand on no list."""
    people = people_of(portal.access, workspace.access)
    for code in portal.seals.values():
        is_own = portal.access is not None and code.seal.portal == portal.access.portal
        if is_own and code.opens_for_others(people):
            yield from _uses(portal, code)


def _uses(portal: Portal, code: SealedCode) -> Iterator[KnownCode]:
    """What a sealed code is for, in the words of the accounts; its name when none has it."""
    uses = [account.for_ for account in portal.accounts if account.sealed == code.path]
    for what in uses or [code.seal.name]:
        yield KnownCode(what, code.place.source.path)


def _is_shut(portal: Portal, workspace: Workspace, taken: Collection[Person]) -> bool:
    return kids_of(people_of(portal.access, workspace.access)) <= kids_of(taken)


def _who_has(roster: Roster, who: str, *, only_links: bool) -> str:
    people = (person for person in roster.access.people if person.link or not only_links)
    names = list(dict.fromkeys(person.name for person in people))
    near = closest(who, names)
    if near:
        return f'did you mean "{near}"?'
    return f"those who have it: {', '.join(names)}" if names else "nobody has"
