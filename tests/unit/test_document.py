"""A document as JSON: one form, the same bytes anywhere, and nothing else is read."""

import json
from datetime import date
from decimal import Decimal, getcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.invoice import Vat
from portalgen.invoice.document import (
    Document,
    DocumentLine,
    DocumentTotals,
    Mention,
    Party,
    VatRow,
)

ZERO = Decimal("0.00")


def document(price: Decimal = Decimal("12.5"), text: str = "Création") -> Document:
    return Document(
        kind="invoice",
        number="2026-001",
        issued=date(2026, 11, 23),
        currency="EUR",
        language="fr",
        seller=Party(name="Atelier Lumen", siren="123456782"),
        buyer=Party(name="Salon Martin", kind="business"),
        lines=(
            DocumentLine(
                text=text,
                quantity=Decimal(1),
                price=price,
                vat=Vat(category="O", rate=None, reason="Hors champ"),
                gross=Decimal("12.50"),
                net=Decimal("12.50"),
            ),
        ),
        vat=(VatRow(category="O", base=Decimal("12.50"), tax=ZERO, reason="Hors champ"),),
        totals=DocumentTotals(
            lines=Decimal("12.50"),
            discounts=ZERO,
            charges=ZERO,
            without_vat=Decimal("12.50"),
            vat=ZERO,
            with_vat=Decimal("12.50"),
            prepaid=ZERO,
            rounding=ZERO,
            due=Decimal("12.50"),
        ),
        delivered=(date(2026, 11, 1), date(2026, 11, 2)),
        mentions=(Mention(code="x", text="Ligne\u2028et « guillemets »", source="CGI"),),
    )


TEXT = document().to_json()


def test_what_is_written() -> None:
    assert TEXT.startswith('{\n  "buyer": {\n    "kind": "business",\n')
    assert TEXT.endswith("  ]\n}\n")
    assert '"price": "12.5"' in TEXT
    assert '"rate": null' in TEXT
    assert '"delivered": [\n    "2026-11-01",\n    "2026-11-02"\n  ]' in TEXT
    assert "null" not in TEXT.replace('"rate": null', "")
    assert json.loads(TEXT)["seller"] == {"name": "Atelier Lumen", "siren": "123456782"}


def test_what_is_read_is_what_was_written() -> None:
    assert Document.from_json(TEXT) == document()


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-9999, max_value=9999),
    st.text(),
)
def test_any_amount_and_any_text_come_back(price: Decimal, text: str) -> None:
    made = document(price, text)
    assert Document.from_json(made.to_json()) == made


def test_numbers_are_written_out_whatever_the_context() -> None:
    getcontext().prec = 3
    assert '"price": "1234567.891"' in document(Decimal("1234567.891")).to_json()
    assert '"price": "100"' in document(Decimal("1E+2")).to_json()
    assert '"price": "0.00"' in document(Decimal("-0.00")).to_json()
    getcontext().prec = 28


SPOILT = {
    "nothing": ("{", "", "Extra data"),
    "no line end": ("]\n}\n", "]\n}", "canonical"),
    "another order": ('"currency": "EUR",\n  ', "", "currency is missing"),
    "white space": ('"currency": "EUR"', '"currency":  "EUR"', "canonical"),
    "a number": ('"price": "12.5"', '"price": 12.5', "price is not a text"),
    "an amount by exponent": ('"price": "12.5"', '"price": "125E-1"', "price is not a number"),
    "an amount with a sign": ('"price": "12.5"', '"price": "+12.5"', "price is not a number"),
    "an amount in other digits": ('"price": "12.5"', '"price": "१२"', "price is not a number"),
    "no amount": ('"price": "12.5"', '"price": "NaN"', "price is not a number"),
    "a day that is none": ('"issued": "2026-11-23"', '"issued": "2026-11-31"', "day"),
    "a day in another form": ('"issued": "2026-11-23"', '"issued": "20261123"', "canonical"),
    "an unknown kind": ('"kind": "invoice"', '"kind": "proforma"', "kind is not one of"),
    "an unknown key": ('"currency"', '"added": "x",\n  "currency"', "added is not known"),
    "a key twice": ('"currency"', '"currency": "EUR",\n  "currency"', "canonical"),
    "an escape": ("Création", "Cr\\u00e9ation", "canonical"),
    "half a sign": ("Création", "\\ud800", "canonical"),
    "a null": ('"currency"', '"corrects": null,\n  "currency"', "canonical"),
    "a text for an object": ('"buyer": {', '"buyer": "x", "b": {', "is not"),
    "three days": ('"2026-11-02"\n', '"2026-11-02",\n    "2026-11-03"\n', "list of 2"),
    "a float": ('"number": "2026-001"', '"number": 1e5', "number is not a text"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_anything_else_is_refused(name: str) -> None:
    old, new, reason = SPOILT[name]
    assert old in TEXT
    with pytest.raises(ValueError, match=reason):
        Document.from_json(TEXT.replace(old, new, 1))


@pytest.mark.parametrize("text", ["", "[]", "null", "[" * 100_000, "1" * 5000])
def test_what_is_no_document(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Document.from_json(text)
