"""The language that a mention is written in: that of the law, whatever the invoice's is."""

from collections.abc import Iterator, Mapping

from portalgen.invoice.document import Mention
from portalgen.invoice.mentions.begun import BELGIUM, GERMANY
from portalgen.invoice.mentions.france import FRANCE, HOME
from portalgen.invoice.mentions.franchise import WORDINGS

_ROWS = {**dict.fromkeys(HOME, FRANCE), "BE": BELGIUM, "DE": GERMANY}


def language_of(mention: Mention, country: str | None) -> str | None:
    """The language (ISO 639-1) of words that are the law's; None for those of the author.

    Args:
        country: of the seller, ISO 3166-1 alpha-2.
    """
    for texts in _texts(mention.code, country or ""):
        for language, words in texts.items():
            if mention.text.startswith(words.partition("{")[0]):
                return language
    return None


def _texts(code: str, country: str) -> Iterator[Mapping[str, str]]:
    yield from (row.text for row in _ROWS.get(country, ()) if row.code == code)
    if code == "franchise":
        yield from (wording.text for wording in WORDINGS.get(country, ()))
