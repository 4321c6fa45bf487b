"""Gives people access: makes their keys, and writes the public halves and the lock down.

A passphrase, or the secret of a link, is returned to be shown once, and stands nowhere.
"""

import shlex
from dataclasses import dataclass, field
from datetime import date

from portalgen.access.file import entry_of
from portalgen.access.roster import (
    AccessError,
    Member,
    Roster,
    find_member,
    is_owner,
    portals_of,
    save,
)
from portalgen.envelope import make_link, make_person, new_secret
from portalgen.model.spellings import folded
from portalgen.passphrase import generate, load_words

CLIENT_WORDS = 6
STUDIO_WORDS = 8
"""Words of a generated passphrase: 77 bits for one portal, 103 for all of them."""


@dataclass(frozen=True, slots=True)
class Granted:
    """An access just made; the passphrase is None when the caller knows it already."""

    member: Member
    passphrase: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Linked:
    """An access link just made: its secret, and whether it took the place of another."""

    member: Member
    secret: str = field(repr=False)
    replaced: bool


def grant(
    roster: Roster, who: str, today: date, by: str | None = None, passphrase: str | None = None
) -> Granted:
    """Let somebody open what the list opens; takes half a second.

    Args:
        who: the id or name of a contact; any name on the list of the studio.
        by: who grants it; the studio's owner when left out.
        passphrase: one chosen by the caller; a new one is made when it is None.

    Raises:
        AccessError: no such person, a client's name for one of the studio's people, they have a
            passphrase already, or the file cannot be changed.
    """
    member = find_member(roster, who)
    _refuse_stranger(roster, member)
    if member.passphrases:
        hint = f"for a new passphrase, run: {roster.command('rotate', member.name)}"
        raise AccessError(f"{member.name} has access already", hint)
    _refuse_client(roster, member)
    chosen = passphrase or _passphrase(roster)
    keys = make_person(chosen, roster.access.salt)
    save(roster, (), entry_of(member.name, today, by or roster.workspace.studio.author, keys))
    return Granted(member, None if passphrase else chosen)


def rotate(roster: Roster, who: str, passphrase: str | None = None) -> Granted:
    """Give somebody who has access new keys under a new passphrase; their links stay.

    The entry keeps its place, its day and who granted it.

    Raises:
        AccessError: no such person, they have no passphrase, or the file cannot be changed.
    """
    member = find_member(roster, who)
    _refuse_stranger(roster, member)
    if not member.passphrases:
        hint = f"to give them one, run: {roster.command('grant', member.name)}"
        raise AccessError(f"{member.name} has no passphrase", hint)
    chosen = passphrase or _passphrase(roster)
    old = member.passphrases[0]
    keys = make_person(chosen, roster.access.salt)
    save(roster, member.passphrases, entry_of(old.name, old.granted, old.by, keys))
    return Granted(member, None if passphrase else chosen)


def link(roster: Roster, who: str, today: date, by: str | None = None) -> Linked:
    """Make an access link for a contact, with or without a passphrase; it replaces an earlier one.

    Raises:
        AccessError: no such contact, or the file cannot be changed.
    """
    member = find_member(roster, who)
    _refuse_stranger(roster, member)
    secret = new_secret()
    entry = entry_of(
        member.name, today, by or roster.workspace.studio.author, make_link(secret), link=True
    )
    save(roster, member.links, entry)
    return Linked(member, secret, bool(member.links))


def _passphrase(roster: Roster) -> str:
    studio, portal = roster.workspace.studio, roster.portal
    language = (portal.client.language if portal else None) or studio.language
    return generate(load_words(language), CLIENT_WORDS if portal else STUDIO_WORDS)


def _refuse_stranger(roster: Roster, member: Member) -> None:
    """Somebody may still stand on a client's list who is no contact any more."""
    if roster.portal and member.contact is None:
        message = f'"{member.name}" is not a contact of {roster.portal.folder} any more'
        hint = f"put them back into client.yaml, or run: {roster.command('revoke', member.name)}"
        raise AccessError(message, hint)


def _refuse_client(roster: Roster, member: Member) -> None:
    """Whoever forgets a word beside `--studio` would let a client into every portal."""
    if roster.portal or is_owner(roster.workspace.studio, member.name):
        return
    wanted = folded(member.name)
    for portal in portals_of(roster):
        if wanted == folded(portal.folder):
            raise _for_a_client(member, "a client", portal.folder, "PERSON")
        for contact in portal.client.contacts:
            if wanted in (folded(contact.id), folded(contact.name)):
                what = f"a contact of {portal.folder}"
                raise _for_a_client(member, what, portal.folder, contact.id)


def _for_a_client(member: Member, what: str, folder: str, person: str) -> AccessError:
    message = f'"{member.name}" is {what}, and --studio opens every portal'
    command = shlex.join(["portalgen", "access", "grant", folder, person])
    return AccessError(message, f"write: {command}")
