"""The tables of mentions: every field that a row names exists, and every row has a source."""

import re
from datetime import date
from itertools import pairwise

import pytest
from examples import fields_of

from portalgen.invoice.mentions import franchise_wording
from portalgen.invoice.mentions.begun import BELGIUM, ELSEWHERE, GERMANY
from portalgen.invoice.mentions.choose import HOW
from portalgen.invoice.mentions.france import FRANCE
from portalgen.invoice.mentions.franchise import WORDINGS
from portalgen.invoice.mentions.limits import is_bare_figure, is_on_legal_rate, multiple_of
from portalgen.invoice.mentions.row import Row
from portalgen.invoicing.facts import issuer_of
from portalgen.model.billing import Invoice
from portalgen.model.client import Client
from portalgen.model.studio import Studio

FIELDS = {
    f"{file}.{path}"
    for file, model in (("studio", Studio), ("client", Client), ("invoice", Invoice))
    for path, _ in fields_of(model)
}
TABLES = (FRANCE, BELGIUM, GERMANY, ELSEWHERE)
ROWS = [pytest.param(row, id=row.code) for table in TABLES for row in table]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_names_fields_that_exist_and_its_source(row: Row) -> None:
    named = {name for need in row.needs for name in need}
    named |= {*row.defaults, *row.spelled, *([row.given] if row.given else [])}
    assert named <= FIELDS
    assert re.search(r"\d", row.source)


@pytest.mark.parametrize("row", ROWS)
def test_a_text_is_made_of_what_the_row_names(row: Row) -> None:
    named = {need[0].rpartition(".")[2] for need in row.needs}
    named |= {row.given.rpartition(".")[2]} if row.given else set()
    for text in row.text.values():
        assert set(re.findall(r"{(\w+)}", text)) <= named


def test_codes_are_unique_in_each_table_and_hints_are_about_fields() -> None:
    for table in TABLES:
        codes = [row.code for row in table]
        assert len(set(codes)) == len(codes)
    assert HOW.keys() <= FIELDS


def test_wordings_follow_each_other_without_overlap() -> None:
    for rows in WORDINGS.values():
        days = [((row.from_ or date.min), (row.until or date.max)) for row in rows]
        assert all(first <= last for first, last in days)
        assert all(before[1] < after[0] for before, after in pairwise(days))


@pytest.mark.parametrize(
    ("country", "language", "issued", "words"),
    [
        ("FR", "fr", None, "TVA non applicable, article 293 B du CGI"),
        ("FR", "en", date(2027, 1, 1), "TVA non applicable, article 293 B du CGI"),
        ("FR", "fr", date(2028, 6, 30), "TVA non applicable, article 293 B du CGI"),
        ("FR", "fr", date(2028, 7, 1), None),
        ("BE", "nl", None, "Bijzondere vrijstellingsregeling kleine ondernemingen"),
        ("BE", "de", None, "Régime particulier de franchise des petites entreprises"),
        ("IT", "it", None, "Exempt from VAT: article 284 of Directive 2006/112/EC"),
        ("CH", "fr", None, None),
        (None, "fr", None, None),
    ],
)
def test_the_words_of_a_franchise(
    country: str | None, language: str, issued: date | None, words: str | None
) -> None:
    assert franchise_wording(country, language, issued) == words


@pytest.mark.parametrize(
    ("form", "issuer"),
    [
        ("EI", "sole trader"),
        ("E.I.", "sole trader"),
        ("Entrepreneur individuel", "sole trader"),
        ("micro-entrepreneur", "sole trader"),
        ("Auto-entrepreneur", "sole trader"),
        ("EURL", "company"),
        ("SARL", "company"),
        ("Association loi 1901", "other"),
        (None, None),
    ],
)
def test_the_issuer_by_its_legal_form(form: str | None, issuer: str | None) -> None:
    assert issuer_of(form) == issuer


@pytest.mark.parametrize(
    ("rate", "on_legal_rate", "multiple", "bare"),
    [
        ("trois fois le taux d’intérêt légal", True, 3, False),
        ("3 fois le taux légal", True, 3, False),
        ("three times the legal interest rate", True, 3, False),
        ("taux d’intérêt légal", True, 1, False),
        ("deux fois le taux légal", True, 2, False),
        ("taux BCE majoré de 10 points", False, 10, False),
        ("taux de refinancement de la BCE + 10 %", False, 10, False),
        ("12 %", False, 12, True),
        ("12,5 % l’an", False, 12, True),
    ],
)
def test_a_late_rate(rate: str, on_legal_rate: bool, multiple: int, bare: bool) -> None:
    assert is_on_legal_rate(rate) is on_legal_rate
    assert multiple_of(rate) == multiple
    assert is_bare_figure(rate) is bare
