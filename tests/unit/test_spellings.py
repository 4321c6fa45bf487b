"""The fixed values of the content in every language, and their table in the documentation."""

import os
from itertools import chain
from pathlib import Path

import pytest

from portalgen.language import LANGUAGES
from portalgen.model import fixed_values
from portalgen.model.spellings import MONTHS, Spellings, folded, meant, nearest

CONTENT = Path(__file__).parents[2] / "docs/content.md"
BEGIN, END = "<!-- spellings: written by make accept -->\n", "<!-- end of spellings -->\n"
FIELDS: dict[str, Spellings] = {
    "`yes` and `no`": fixed_values.YES_NO,
    "`status` of a step": fixed_values.STATUS,
    "`health.state` of a project": fixed_values.HEALTH,
    "`address_form` of a client": fixed_values.ADDRESS_FORM,
    "`language`": fixed_values.LANGUAGE,
    "`kind` of an invoice": fixed_values.INVOICE_KIND,
    "`billing.kind` of a client": fixed_values.CUSTOMER,
    "`approval.waived` of an invoice": fixed_values.ALL,
    "`legal.vat_regime` of the studio": fixed_values.VAT_REGIME,
    "`legal.size` of the studio": fixed_values.SIZE,
    "`lock_page` of the studio": fixed_values.LOCK_PAGE,
    "`reach` of the studio": fixed_values.REACH,
}
SPELLED = [(spellings, value) for spellings in FIELDS.values() for value in spellings.others]


@pytest.mark.parametrize("spellings", FIELDS.values(), ids=list(FIELDS))
def test_no_word_means_two_values(spellings: Spellings) -> None:
    owners: dict[str, str] = {}
    for value, others in spellings.others.items():
        for word in (value, *chain.from_iterable(others.values())):
            assert owners.setdefault(folded(word), value) == value, word


@pytest.mark.parametrize(("spellings", "value"), SPELLED)
def test_every_value_is_said_in_every_language(spellings: Spellings, value: str) -> None:
    names = {"whatsapp"}
    assert spellings.others[value].keys() - {"en"} == (
        set() if value in names else {*LANGUAGES} - {"en"}
    )


@pytest.mark.parametrize(
    ("text", "spellings", "value"),
    [
        ("FERTIG", fixed_values.STATUS, "done"),
        ("In Arbeit", fixed_values.STATUS, "in progress"),
        ("por hacer", fixed_values.STATUS, "to do"),
        ("sì", fixed_values.YES_NO, "yes"),
        ("nee", fixed_values.YES_NO, "no"),
        ("Facture d’acompte", fixed_values.INVOICE_KIND, "deposit"),
        ("creditnota", fixed_values.INVOICE_KIND, "credit note"),
        ("tú", fixed_values.ADDRESS_FORM, "informal"),
        ("portugues", fixed_values.LANGUAGE, "pt"),
        ("presque", fixed_values.STATUS, None),
    ],
)
def test_a_value_is_understood_as_it_is_said(
    text: str, spellings: Spellings, value: str | None
) -> None:
    assert meant(text, spellings) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("finsihed", "done"), ("fertg", "done"), ("encurso", "in progress"), ("zzz", None)],
)
def test_a_near_miss_finds_its_value(text: str, value: str | None) -> None:
    assert nearest(text, fixed_values.STATUS) == value


def test_no_month_is_two() -> None:
    names = [name for month in MONTHS for name in month]
    assert len(names) == len(set(names))
    assert all(name == folded(name) for name in names)


def test_the_documentation_lists_every_spelling() -> None:
    text = CONTENT.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    right = f"{before}{BEGIN}{_tables()}{END}{after}"
    if os.environ.get("ACCEPT") and begin and end:
        CONTENT.write_text(right, "utf-8")
    assert CONTENT.read_text("utf-8") == right


def _tables() -> str:
    return "".join(_table(title, spellings) for title, spellings in FIELDS.items())


def _table(title: str, spellings: Spellings) -> str:
    head = f"| {title} | {' | '.join(LANGUAGES)} |\n|{'---|' * (len(LANGUAGES) + 1)}\n"
    rows = (
        f"| `{value}` | {' | '.join(', '.join(others.get(name, ())) for name in LANGUAGES)} |\n"
        for value, others in spellings.others.items()
    )
    return f"\n{head}{''.join(rows)}"
