"""What the scan finds."""

from dataclasses import dataclass

LINK = "a link that opens the portal"
PASSPHRASE = "a passphrase"  # noqa: S105 - what it is called, not one
"""The names of what portalgen itself makes: it is taken back, not put under seal."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What looks like a secret: its name in messages, and where it stands in the text."""

    name: str
    start: int
    end: int
