"""Numbers that carry their own proof: SIREN, SIRET, VAT number, IBAN, BIC; the home of stdnum.

Each function says in plain words what is wrong with a number as an author wrote it, or returns
None. Spaces, full stops and hyphens between signs never count. A right number is one that could
exist: nobody is asked whether it was ever given out.
"""

import re

# The library takes as long to import as the rest of a small command, and few commands need it:
# each function imports what it uses.
# ruff: noqa: PLC0415

SIREN = 9
"""Digits of a SIREN."""

_SIRET, _BIC = 14, (8, 11)
_MISTYPED = "has a wrong check digit: one sign was mistyped"
_FRENCH_KEY = 4
"""Signs of a French VAT number before the SIREN in it: FR and the key."""
_GREEK = "EL"


def siren_fault(text: str) -> str | None:
    """What is wrong with a SIREN (BT-30, BT-47)."""
    from stdnum.fr import siren

    number = bare(text)
    return _digits_fault(number, SIREN) or (None if siren.is_valid(number) else _MISTYPED)


def siret_fault(text: str, siren: str | None = None) -> str | None:
    """What is wrong with a SIRET, which begins with the SIREN of its company if that is known.

    Those of La Poste have a rule of their own.
    """
    from stdnum.fr import siret

    number = bare(text)
    fault = _digits_fault(number, _SIRET) or (None if siret.is_valid(number) else _MISTYPED)
    if fault is None and siren and not number.startswith(bare(siren)):
        return "does not begin with the SIREN"
    return fault


def vat_fault(text: str, siren: str | None = None) -> str | None:
    """What is wrong with a VAT number (BT-31, BT-48) of a country in the European Union, or of
    Northern Ireland; those of other countries are not known here.

    A French one ends with the SIREN of its company.
    """
    from stdnum.eu import vat
    from stdnum.exceptions import InvalidChecksum

    number = bare(text)
    country = number[:2]
    if not re.fullmatch(r"[A-Z]{2}", country):
        return "does not begin with the two letters of its country, such as FR"
    if country == "GR":
        return f"begins with {_GREEK} for Greece, not with GR"
    if country.lower() not in {*vat.MEMBER_STATES, _GREEK.lower(), "xi"}:
        return None
    try:
        vat.validate(number)
    except InvalidChecksum:
        return _MISTYPED
    except ValueError:
        return f"has not the form of a VAT number of {country}"
    if country == "FR" and siren and number[_FRENCH_KEY:] != bare(siren):
        return "does not end with the SIREN"
    return None


def iban_fault(text: str) -> str | None:
    """What is wrong with an IBAN (BT-84, ISO 13616)."""
    from stdnum import iban

    number = bare(text)
    expected = _iban_length(number)
    if expected is None:
        return "does not begin with the two letters of a country that has IBANs, such as FR"
    if len(number) != expected:
        return f"has {len(number)} signs, and one of {number[:2]} has {expected}"
    return None if iban.is_valid(number) else _MISTYPED


def bic_fault(text: str) -> str | None:
    """What is wrong with a BIC (BT-86, ISO 9362), which has no check digit."""
    from stdnum import bic

    number = bare(text)
    if len(number) not in _BIC:
        return f"has {len(number)} signs, and a BIC has 8 or 11"
    return None if bic.is_valid(number) else "has not the form of a BIC, such as AGRIFRPP"


def bare(text: str) -> str:
    """The signs that count, letters in capitals."""
    return re.sub(r"[\s.\-]", "", text).upper()


def _digits_fault(number: str, length: int) -> str | None:
    if not re.fullmatch(r"[0-9]+", number):
        return "has signs that are no digits"
    if len(number) != length:
        return f"has {len(number)} digit{'s' * (len(number) > 1)}, and needs {length}"
    return None


def _iban_length(number: str) -> int | None:
    """Signs of an IBAN of that country, by the registry; None when it has none."""
    from stdnum import numdb

    country = number[:2]
    if not re.fullmatch(r"[A-Z]{2}", country):
        return None
    facts = numdb.get("iban").info(country)[0][1]
    parts = re.findall(r"(\d+)!", facts.get("bban", ""))
    return len("FR76") + sum(map(int, parts)) if parts else None
