"""The code to pay by: what a banking app reads from it, and when there is none."""

from decimal import Decimal
from typing import Any

import pytest
from codes import code_in

from portalgen.payment_qr import payment_qr

GIVEN: dict[str, Any] = {
    "name": "Maëlle Guérin EI",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "bic": None,
    "amount": Decimal("805.41"),
    "text": "2026-021",
}


def _read(**changed: object) -> list[str] | None:
    code = payment_qr(**{**GIVEN, **changed})
    if code is None:
        return None
    said = code_in(code)
    assert said is not None
    return said.split("\n")


def test_an_app_reads_who_where_how_much_and_what_for() -> None:
    assert _read() == [
        *("BCD", "002", "1", "SCT", ""),
        "Maëlle Guérin EI",
        "FR7630006000011234567890189",
        *("EUR805.41", "", ""),
        "2026-021",
    ]


@pytest.mark.parametrize(
    ("field", "given", "place", "read"),
    [
        ("amount", "1440", 7, "EUR1440"),
        ("amount", "1440.00", 7, "EUR1440"),
        ("amount", "1440.50", 7, "EUR1440.5"),
        ("amount", "0.01", 7, "EUR0.01"),
        ("amount", "999999999.99", 7, "EUR999999999.99"),
        ("amount", "100", 7, "EUR100"),
        ("bic", "AGRI FR PP", 4, "AGRIFRPP"),
        ("iban", "be68 5390 0754 7034", 6, "BE68539007547034"),
        ("name", "  Ćevapi\n& Söhne  ", 5, "Ćevapi & Söhne"),
        ("name", "é" * 71, 5, "é" * 70),
        ("text", "FA/2026 - 1\n", 10, "FA/2026 - 1"),
    ],
)
def test_each_field_is_written_as_the_standard_wants_it(
    field: str, given: str, place: int, read: str
) -> None:
    said = _read(**{field: Decimal(given) if field == "amount" else given})
    assert said is not None
    assert said[place] == read


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("amount", Decimal(0)),
        ("amount", Decimal(-1)),
        ("amount", Decimal(1000000000)),
        ("iban", "FR76 3000 6000 0112 3456 7890 188"),
        ("iban", "FR76 3000 6000 0112 3456 7890 1"),
        ("iban", "write to us"),
        ("iban", ""),
        ("bic", "AGRIFR"),
        ("name", "  "),
        ("text", ""),
        ("text", "9" * 141),
    ],
)
def test_there_is_no_code_for_what_the_standard_does_not_know(field: str, given: object) -> None:
    assert _read(**{field: given}) is None
