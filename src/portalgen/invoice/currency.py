"""How finely each currency counts."""

import re

_USUAL_DIGITS = 2

_UNUSUAL_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
"""The exceptions of ISO 4217, list one, column "minor unit"."""


def minor_unit_digits(currency: str) -> int:
    """Return the decimals of an amount in a currency (ISO 4217): 2 for EUR, 0 for JPY.

    A code that is not among the exceptions counts in hundredths, known or not.
    """
    for digits, codes in _UNUSUAL_DIGITS.items():
        if currency in codes.split():
            return digits
    return _USUAL_DIGITS


def is_currency_code(text: str) -> bool:
    """Return whether a text has the form of an ISO 4217 code: three capital letters."""
    return re.fullmatch("[A-Z]{3}", text) is not None
