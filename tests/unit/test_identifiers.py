"""Numbers of companies and accounts: what is told of a wrong one, and that a right one passes."""

import pytest

from portalgen.identifiers import bic_fault, iban_fault, siren_fault, siret_fault, vat_fault

MISTYPED = "has a wrong check digit: one sign was mistyped"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("123456782", None),
        ("123 456 782", None),
        ("123456783", MISTYPED),
        ("213456782", MISTYPED),
        ("12345678", "has 8 digits, and needs 9"),
        ("1", "has 1 digit, and needs 9"),
        ("12345678200010", "has 14 digits, and needs 9"),
        ("12345678A", "has signs that are no digits"),
        ("１２３４５６７８２", "has signs that are no digits"),
    ],
)
def test_a_siren(text: str, fault: str | None) -> None:
    assert siren_fault(text) == fault


@pytest.mark.parametrize(
    ("text", "siren", "fault"),
    [
        ("12345678200010", None, None),
        ("123 456 782 00010", "123456782", None),
        ("12345678200010", "123 456 782", None),
        ("12345678200011", "123456782", MISTYPED),
        ("12345678200010", "987654324", "does not begin with the SIREN"),
        ("123456782", "123456782", "has 9 digits, and needs 14"),
        # La Poste: the digits add up to a multiple of 5, whatever Luhn says.
        ("35600000049837", "356000000", None),
        ("35600000049838", "356000000", MISTYPED),
    ],
)
def test_a_siret(text: str, siren: str | None, fault: str | None) -> None:
    assert siret_fault(text, siren) == fault


@pytest.mark.parametrize(
    ("text", "siren", "fault"),
    [
        ("FR11123456782", None, None),
        ("fr 11 123 456 782", "123456782", None),
        ("FR12123456782", None, MISTYPED),
        ("FR11123456782", "987654324", "does not end with the SIREN"),
        ("FR1112345678", None, "has not the form of a VAT number of FR"),
        ("11123456782", None, "does not begin with the two letters of its country, such as FR"),
        ("DE136695976", None, None),
        ("DE136695975", None, MISTYPED),
        ("BE 0403.170.701", None, None),
        ("EL094259216", None, None),
        ("GR094259216", None, "begins with EL for Greece, not with GR"),
        ("XI980780684", None, None),
        ("XI980780685", None, MISTYPED),
        # Outside the Union nobody is judged.
        ("CHE-107.787.577 IVA", None, None),
        ("GB1", None, None),
    ],
)
def test_a_vat_number(text: str, siren: str | None, fault: str | None) -> None:
    assert vat_fault(text, siren) == fault


IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (IBAN, None),
        ("DE89 3704 0044 0532 0130 00", None),
        ("GB82-WEST-1234-5698-7654-32", None),
        ("FR76 3000 6000 0112 3456 7890 188", MISTYPED),
        ("FR76 3000 6000 0112 3456 7809 189", MISTYPED),
        ("FR76 3000 6000 0112 3456 7890 18", "has 26 signs, and one of FR has 27"),
        ("FR76 3000 6000 0112 3456 7890 1899", "has 28 signs, and one of FR has 27"),
        (
            "7630006000011234567890189",
            "does not begin with the two letters of a country that has IBANs, such as FR",
        ),
        (
            "US76 3000 6000",
            "does not begin with the two letters of a country that has IBANs, such as FR",
        ),
    ],
)
def test_an_iban(text: str, fault: str | None) -> None:
    assert iban_fault(text) == fault


def test_any_other_digit_in_an_iban_is_noticed() -> None:
    others = [
        f"{IBAN[:at]}{digit}{IBAN[at + 1 :]}"
        for at, sign in enumerate(IBAN)
        if sign.isdigit()
        for digit in "0123456789"
        if digit != sign
    ]
    assert len(others) == 225
    assert {iban_fault(text) for text in others} == {MISTYPED}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("AGRIFRPP", None),
        ("AGRI FR PP XXX", None),
        ("AGRIFRP", "has 7 signs, and a BIC has 8 or 11"),
        ("AGR1FRPP", "has not the form of a BIC, such as AGRIFRPP"),
    ],
)
def test_a_bic(text: str, fault: str | None) -> None:
    assert bic_fault(text) == fault
