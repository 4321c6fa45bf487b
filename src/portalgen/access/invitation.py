"""What the author sends to somebody who is let in: a letter, in the reader's own language.

The passphrase is not in it: that is sent another way.
"""

from urllib.parse import quote

from portalgen.language import Words
from portalgen.model.client import Contact
from portalgen.model.portal import Portal
from portalgen.model.studio import Studio

NO_ADDRESS = "https://ADDRESS-OF-YOUR-PORTALS"
"""Stands for `portals` of studio.yaml while nothing is written there."""


def portal_address(studio: Studio, portal: Portal) -> str:
    """Where a portal is published; begins with `NO_ADDRESS` when the studio does not say."""
    return f"{_base(studio)}{quote(portal.path)}/"


def letter_to_contact(
    studio: Studio, portal: Portal, contact: Contact, *, renewed: bool = False
) -> str:
    """The letter to one of a client's people; `renewed` when only their passphrase is new."""
    words = Words(portal.client.language or studio.language, portal.client.address_form)
    title = portal.client.project.title
    if renewed:
        opening = words.text(
            "You have a new passphrase for your private space “{title}”. It will reach you another "
            "way, and the old one no longer works.",
            title=title,
        )
    else:
        opening = words.text(
            "Your private space for “{title}” is open. It shows what we agreed, where the work "
            "stands, and all that you receive.",
            title=title,
        )
    name, address = called(contact, words), portal_address(studio, portal)
    return letter(words, studio, name, (opening, address, *_advice(words, renewed=renewed)))


def called(contact: Contact, words: Words) -> str:
    """How a letter greets somebody; informally, a whole name is shortened to the first one."""
    if contact.greeting:
        return contact.greeting
    return contact.name.split()[0] if words.form == "informal" else contact.name


def letter_to_colleague(studio: Studio, name: str, *, renewed: bool = False) -> str:
    """The letter to one of the studio's people, who open its dashboard and every portal."""
    words = Words(studio.language)
    if renewed:
        opening = words.text(
            "You have a new passphrase for our dashboard and the private spaces of our clients. "
            "It will reach you another way, and the old one no longer works."
        )
    else:
        opening = words.text(
            "You can now open our dashboard, and from there the private spaces of all our clients."
        )
    address = f"{_base(studio)}{studio.dashboard}/"
    return letter(words, studio, name, (opening, address, *_advice(words, renewed=renewed)))


def _advice(words: Words, *, renewed: bool) -> tuple[str, ...]:
    """How to get in and keep the passphrase, for somebody who does not know yet."""
    if renewed:
        return ()
    return (
        words.text(
            "You will need a passphrase: a few words, which will reach you another way. They are "
            "for you alone; keep them in a safe place."
        ),
        words.text("If anything is unclear, just answer this message."),
    )


def letter(words: Words, studio: Studio, name: str, paragraphs: tuple[str, ...]) -> str:
    """A letter from the studio; `name` is how it greets its reader."""
    greeting = words.text("Hello {name},", name=name)
    informal = words.form == "informal"
    closing = words.text("See you soon,") if informal else words.text("Kind regards,")
    signature = "\n".join(dict.fromkeys((studio.author, studio.name)))
    return "\n\n".join((greeting, *paragraphs, closing, signature))


def _base(studio: Studio) -> str:
    """The folder of all portals in the web, with a slash at its end."""
    return (studio.portals or NO_ADDRESS).rstrip("/") + "/"
