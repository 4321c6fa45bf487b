"""What an invoice is called where other pages speak of it."""

from portalgen.language import Words
from portalgen.render.bill import KINDS


def invoice_title(words: Words, kind: str, number: str | None) -> str:
    """Its kind, and its number where it has one: "Invoice 2026-021"."""
    said = words.text(KINDS[kind])
    return f"{said} {number}" if number else said
