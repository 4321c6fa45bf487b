"""The code that fills in a transfer in a banking app: EPC069-12, version 2. The home of segno."""

import re
from decimal import Decimal

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_LONGEST_NAME = 70
_MODULUS = 97


def payment_qr(*, name: str, iban: str, bic: str | None, amount: Decimal, text: str) -> str | None:
    """The code as an SVG element with its white margin, black on white whatever the page is.

    Args:
        name: whose account it is; what is longer than the standard allows is cut.
        amount: in euro, the only currency that such a transfer knows.
        text: what the transfer says, such as the number of the invoice.

    Returns:
        None where the standard knows no code: without a valid IBAN, for nothing or less, for a
        thousand million or more, without a text.
    """
    # The pages that need it are few, and it is half as slow to import as all the rest.
    from segno.helpers import make_epc_qr  # noqa: PLC0415

    account = "".join(iban.split()).upper()
    if not _is_iban(account):
        return None
    try:
        code = make_epc_qr(
            name=_one_line(name)[:_LONGEST_NAME],
            iban=account,
            bic="".join(bic.split()) if bic else None,
            amount=amount,
            text=_one_line(text),
            encoding="utf-8",
        )
    except ValueError:
        return None
    return code.svg_inline(omitsize=True, light="#fff", svgclass="qr", lineclass=None)


def _is_iban(account: str) -> bool:
    """Whether an account has the form and the check digits of ISO 13616."""
    if not _IBAN.fullmatch(account):
        return False
    turned = account[4:] + account[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % _MODULUS == 1


def _one_line(text: str) -> str:
    """Each field of the code is one line."""
    return " ".join(text.split())
