"""The words of the VAT exemption of small businesses, by country and by date of issue.

They are never computed: a wording without a source does not stand here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portalgen.invoice.mentions.facts import UNION


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Attributes:
    text: by language of the law.
    from_: first day of issue.
    until: last day of issue.
    """

    source: str
    text: Mapping[str, str]
    from_: date | None = None
    until: date | None = None


WORDINGS: Mapping[str, Sequence[Wording]] = {
    "FR": (
        # The CIBS takes the place of the CGI on 2027-01-01 (ordonnances 2025-1247 and 2026-671).
        # The article is known (L. 223-3), the words to print are left to a decree that was not out
        # on 2026-11-23; until then, and up to the day below, those of the CGI stay allowed.
        Wording(
            source="CGI, art. 293 E, II",
            text={"fr": "TVA non applicable, article 293 B du CGI"},
            until=date(2028, 6, 30),
        ),
    ),
    "BE": (
        Wording(
            source="Code de la TVA belge, art. 56bis ; AR n° 1, art. 5",
            text={
                "fr": "Régime particulier de franchise des petites entreprises",
                "nl": "Bijzondere vrijstellingsregeling kleine ondernemingen",
            },
        ),
    ),
    "DE": (
        Wording(
            source="UStG, § 19; UStDV, § 34a",
            text={"de": "Steuerfrei nach der Kleinunternehmerregelung (§ 19 UStG)"},
        ),
    ),
}

_UNION = Wording(
    source="Directive 2006/112/EC, art. 226 (11)",
    text={"en": "Exempt from VAT: article 284 of Directive 2006/112/EC"},
)


def franchise_wording(country: str | None, language: str, issued: date | None) -> str | None:
    """The words to print; None when none with a source is known.

    Args:
        country: of the seller, ISO 3166-1 alpha-2.
        language: of the invoice; the law's own first one when the law does not speak it.
        issued: None for a draft.
    """
    found = wording_of(country, issued)
    return found.text.get(language) or next(iter(found.text.values())) if found else None


def wording_of(country: str | None, issued: date | None) -> Wording | None:
    """The wording in force on the day of issue, with its source."""
    rows = WORDINGS.get(country or "", (_UNION,) if country in UNION else ())
    day = issued or date.min
    return next(
        (row for row in rows if (row.from_ or date.min) <= day <= (row.until or date.max)),
        None,
    )
