"""What `access` says: messages and lists to hand on go to stdout, what to do next to stderr."""

import sys
from collections.abc import Iterable, Sequence

import click

from portalgen.access.grant import Granted, Linked
from portalgen.access.invitation import (
    NO_ADDRESS,
    letter_to_colleague,
    letter_to_contact,
    portal_address,
)
from portalgen.access.openers import Opener
from portalgen.access.revoke import KnownCode, Revoked
from portalgen.access.roster import Member, Roster, is_owner, portals_of
from portalgen.cli.common import terminal
from portalgen.model.client import Contact
from portalgen.model.spellings import folded
from portalgen.terminal import clean, table

_SHOWN_ONCE = "it is shown once, and stands nowhere"
_HEAD = ("portal", "person", "access", "since", "granted by")


def tell_granted(roster: Roster, made: Granted, *, renewed: bool) -> None:
    """Show the letter and the passphrase, and say how to send them and what comes next."""
    screen, contact = terminal(), made.member.contact
    letter = _letter(roster, made.member, renewed=renewed)
    lost = _lost_passphrase(roster, made)
    if letter:
        _show(f"send this by email{_to(contact.email if contact else None)}:", f"{letter}\n", lost)
    if made.passphrase:
        what = _how(contact) if letter else "your passphrase"
        _show(f"{what}; {_SHOWN_ONCE}:", made.passphrase, lost)
        screen.say("")
    elif letter:
        screen.say("and the passphrase that you chose another way, such as by SMS or by phone")
    if renewed:
        _say_what_still_opens(roster, made.member)
    _say_what_to_seal(roster, made.member, renewed=renewed)
    _say_next(roster, letter or "")


def show_once(heading: str, message: str, lost: str) -> None:
    """A secret under a line that says what it is for; `lost` as for `print_or_say`."""
    _show(f"{heading}; {_SHOWN_ONCE}:", message, lost)
    terminal().say("")


def tell_linked(roster: Roster, made: Linked) -> None:
    """Show the link, and say what it is worth."""
    assert roster.portal  # noqa: S101 - the studio's people have no links
    screen, name = terminal(), made.member.called
    address = f"{portal_address(roster.workspace.studio, roster.portal)}#k={made.secret}"
    lost = f"the link could not be shown: run {roster.command('link', made.member.name)}"
    _show(
        f"this link opens {roster.portal.folder} for {name}; {_SHOWN_ONCE}:", clean(address), lost
    )
    screen.say("")
    screen.say(
        "whoever has it gets in, and the browser's history keeps it; it opens no sealed code"
    )
    if made.replaced:
        screen.say(f"the link that {name} had before ends with the next build")
    screen.say(f"to take it back: {roster.command('revoke', made.member.name, '--link')}")
    _say_next(roster, address)


def tell_revoked(roster: Roster, made: Revoked) -> None:
    """Say what was taken, and what that leaves to do; list the codes that have to change."""
    screen = terminal()
    screen.say(f"{_what_is_gone(made)} taken off {roster.shown}")
    screen.say(
        "commit it, build and deploy: everything gets a new key, and all others keep their "
        "passphrases"
    )
    screen.say(
        "what they saw or saved stays theirs, and an earlier deploy that stays online still opens "
        "for them: delete it at your host"
    )
    if made.codes:
        screen.say("change these codes, which they could read, and seal the new ones:")
        _list_codes(made.codes)
    if made.earlier:
        screen.say("these codes open for keys that were taken away earlier; change them as well:")
        _list_codes(made.earlier)
    for folder in made.shut:
        screen.say(
            f"nobody can open {folder} now, so no build replaces the copy in the output, which "
            "still opens for them: let somebody in, or remove it"
        )


def _list_codes(codes: Sequence[KnownCode]) -> None:
    lost = "the codes that have to change could not be shown: run portalgen check"
    print_or_say(table((clean(code.what), clean(code.path)) for code in codes), lost)


def _what_is_gone(made: Revoked) -> str:
    name, links = made.member.called, [way for way in made.taken if way.link]
    if len(links) == len(made.taken):
        return f"the link of {name} is"
    return f"{name} and their link are" if links else f"{name} is"


def list_openers(found: Iterable[Opener]) -> None:
    """Print a table of who gets in."""
    rows = [tuple(clean(cell) for cell in _row(opener)) for opener in found]
    print_or_say(table((_HEAD, *rows)), "the list could not be shown")


def _row(opener: Opener) -> tuple[str, ...]:
    name = f"{opener.name} (no contact)" if opener.is_stranger else opener.name
    since = opener.since.isoformat() if opener.since else ""
    folder = opener.folder or "every portal"
    return folder, name, opener.way or "no access yet", since, opener.by or ""


def _show(heading: str, message: str, lost: str) -> None:
    """A message to hand on, under a line that says what to do with it."""
    terminal().say(heading)
    terminal().say("")
    print_or_say(f"{message}\n", lost)


def print_or_say(text: str, lost: str) -> None:
    """Write to stdout; `lost` says what to do when that cannot be written to."""
    try:
        click.echo(text, nl=False)
    except (OSError, UnicodeError):
        sys.stdout = None  # Python would flush what is left in it as it ends, and fail again
        raise click.ClickException(lost) from None


def _lost_passphrase(roster: Roster, made: Granted) -> str:
    """What to say when the messages cannot be shown: the keys are written by then."""
    if made.passphrase is None:
        return f"the letter could not be shown; {roster.shown} is written"
    return f"the passphrase could not be shown: run {roster.command('rotate', made.member.name)}"


def _letter(roster: Roster, member: Member, *, renewed: bool) -> str | None:
    """What to send; None when the author lets themselves in."""
    studio = roster.workspace.studio
    if roster.portal and member.contact:
        text = letter_to_contact(studio, roster.portal, member.contact, renewed=renewed)
    elif is_owner(studio, member.name) or folded(member.name) == folded(studio.name):
        return None
    else:
        text = letter_to_colleague(studio, member.name, renewed=renewed)
    return "\n".join(clean(line) for line in text.split("\n"))


def _to(address: str | None) -> str:
    return f", to {address}" if address else ""


def _how(contact: Contact | None) -> str:
    return f"and this another way, by SMS or by phone{_to(contact.phone if contact else None)}"


def _say_what_still_opens(roster: Roster, member: Member) -> None:
    screen = terminal()
    screen.say(
        "the old passphrase opens nothing that is built from now on; an earlier deploy that stays "
        "online still opens with it: delete it at your host"
    )
    if member.links:
        command = roster.command("revoke", member.name, "--link")
        screen.say(f"the link of {member.called} still opens; to take it back: {command}")


def _say_what_to_seal(roster: Roster, member: Member, *, renewed: bool) -> None:
    """The codes sealed so far, for none of which the new keys are good."""
    screen = terminal()
    pairs = [(portal, code) for portal in portals_of(roster) for code in portal.seals.values()]
    if pairs:
        screen.say(f"{member.called} cannot read these codes until you seal them again:")
    for portal, code in pairs:
        screen.say(f"  portalgen seal {portal.folder} {code.seal.name}")
    if pairs and renewed:
        screen.say("if somebody else had the passphrase, change the codes before you seal them")


def _say_next(roster: Roster, message: str) -> None:
    screen = terminal()
    if NO_ADDRESS in message:
        screen.say("the address is not known: write it into content/studio.yaml, such as")
        screen.say("  portals: https://portals.example.org/")
    if roster.portal and roster.portal.client.draft:
        screen.say(f"{roster.portal.folder} is a draft: take draft out of its client.yaml first")
    screen.say(f"commit {roster.shown}, build and deploy: then it opens")
