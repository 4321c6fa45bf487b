"""The one function over the tables: what an invoice has to say, and what is lacking for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from portalgen.invoice.document import Mention
from portalgen.invoice.mentions.begun import BELGIUM, ELSEWHERE, GERMANY
from portalgen.invoice.mentions.facts import Facts, Lacking
from portalgen.invoice.mentions.france import FRANCE, HOME
from portalgen.invoice.mentions.limits import LIMITS
from portalgen.invoice.mentions.row import Need, Row

Completeness = Literal["complete", "begun", "unknown"]
"""How far a country's law is known here."""

_SIZE = "studio.legal.size"
_SIZES = "micro, small, medium or large"


@dataclass(frozen=True, slots=True)
class _Law:
    completeness: Completeness
    rows: tuple[Row, ...]
    limits: tuple[Callable[[Facts], Iterator[Lacking]], ...] = ()


_FRENCH = _Law("complete", FRANCE, LIMITS)
_LAWS = {
    **dict.fromkeys(HOME, _FRENCH),
    "BE": _Law("begun", BELGIUM),
    "DE": _Law("begun", GERMANY),
}
_ELSEWHERE = _Law("unknown", ELSEWHERE)


def completeness(country: str | None) -> Completeness:
    """How far the law of that country (ISO 3166-1 alpha-2) is known here."""
    return _LAWS.get(country or "", _ELSEWHERE).completeness


def mentions(facts: Facts) -> tuple[tuple[Mention, ...], tuple[Lacking, ...]]:
    """What an invoice has to say in words, in the order of the tables, and what is lacking.

    A mention that lacks something is not among the first, so that nothing half said is printed.
    """
    if facts.country is None:
        return (), (_no_country(facts),)
    law = _LAWS.get(facts.country, _ELSEWHERE)
    said: list[Mention] = []
    lacking: list[Lacking] = []
    for row in law.rows:
        if not row.concerns(facts):
            continue
        missing = [need for need in row.needs if _value(row, need, facts) is None]
        if not missing and (row.early or _is_needed(row, facts)):
            said += _said(row, facts)
        lacking += _lacking(row, missing, facts)
    lacking += [fault for limit in law.limits for fault in limit(facts)]
    first = {found.field: found for found in reversed(lacking)}
    return tuple(dict.fromkeys(said)), tuple(sorted(first.values(), key=lacking.index))


def _no_country(facts: Facts) -> Lacking:
    """Without the seller's country, nobody knows whose law holds."""
    field, source = "studio.address.country", "Directive 2006/112/EC, art. 226 (5)"
    written = facts.said.get(field)
    fault = f'"{written}" is no country that is known here' if written else ""
    return Lacking(field, source, "its whole name, or its two letters such as FR", fault)


def _is_needed(row: Row, facts: Facts) -> bool:
    starts = row.starts(facts)
    return starts is not None and facts.day >= starts


def _said(row: Row, facts: Facts) -> Iterator[Mention]:
    for group in facts.vat:
        if group.category in row.reasons and group.reason:
            yield Mention(code=row.code, text=group.reason, source=row.source)
    if row.text:
        words = row.text.get(facts.language) or next(iter(row.text.values()))
        names = [*row.needs, *([(row.given,)] if row.given else [])]
        values = {need[0].rpartition(".")[2]: _spelled(row, need, facts) for need in names}
        yield Mention(code=row.code, text=words.format(**values), source=row.source)


def _spelled(row: Row, need: Need, facts: Facts) -> str:
    value, spell = _value(row, need, facts) or "", row.spelled.get(need[0])
    return spell(value) if spell else value


def _value(row: Row, need: Need, facts: Facts) -> str | None:
    return facts.say(need) or row.defaults.get(need[0])


def _lacking(row: Row, missing: list[Need], facts: Facts) -> Iterator[Lacking]:
    if not missing:
        return
    if row.starts(facts) is None:
        yield Lacking(_SIZE, row.source, _SIZES)
    elif _is_needed(row, facts):
        for need in missing:
            yield Lacking(need[0], row.source, HOW.get(need[0], ""))


HOW = {
    "studio.owner": "your own first and last name",
    "studio.legal.form": "EI, SARL, SAS or another",
    "studio.legal.siret": "14 digits; or siren, 9 digits",
    "studio.legal.register": "RCS and the town, such as RCS Nantes",
    "studio.legal.capital": "your company’s capital, such as 10000",
    "studio.legal.mediator": "the name, address and site of your mediator",
    "studio.terms.days": "30, or another number of days",
    "client.billing.kind": "business or consumer",
    "invoice.nature": "goods, services or both; or once for all, legal.nature in studio.yaml",
    "invoice.delivered_on": "year-month-day",
    "invoice.performed_at": "the place where the work was done",
}
"""What to write where the name of the field does not say enough."""
