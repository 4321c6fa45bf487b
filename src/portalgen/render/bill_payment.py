"""How an invoice is paid: whether it is, by when, and the transfer that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from portalgen.invoice.document import Document
from portalgen.invoicing import left_to_pay
from portalgen.language import message
from portalgen.model.billing import Payment
from portalgen.payment_qr import payment_qr
from portalgen.render.scope import Scope


@dataclass(frozen=True, slots=True)
class Settlement:
    """Whether an invoice is paid.

    Attributes:
        label: the same in words.
        late_after: the day after which it is late (ISO 8601); None when it is paid.
    """

    state: Literal["unpaid", "partly-paid", "paid"]
    label: str
    late_after: str | None


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a transfer is filled in with.

    Attributes:
        iban: in groups of four, as printed.
        account: the IBAN without spaces, as banks take it.
        amount: what is left to pay.
        reference: the number of the invoice; None in a draft.
        code: an SVG that banking apps read; None where there is no such code.
    """

    holder: str
    iban: str
    account: str
    bic: str | None
    amount: str
    reference: str | None
    code: Markup | None


_STATES = {
    "unpaid": message("Awaiting your payment"),
    "partly-paid": message("Paid in part"),
    "paid": message("Paid"),
}


def settlement(scope: Scope, document: Document, payments: Sequence[Payment]) -> Settlement | None:
    """How far an invoice is paid; None for a credit note, which nobody pays."""
    if document.kind == "credit note":
        return None
    state: Literal["unpaid", "partly-paid", "paid"] = "paid"
    if left_to_pay(document, payments) > 0:
        state = "partly-paid" if payments else "unpaid"
    late_after = document.due.isoformat() if document.due and state != "paid" else None
    return Settlement(state, scope.words.text(_STATES[state]), late_after)


def transfer(scope: Scope, document: Document, payments: Sequence[Payment]) -> Transfer | None:
    """The transfer that pays what is left; None when nothing is, and without an account."""
    left, account = left_to_pay(document, payments), document.account
    if document.kind == "credit note" or account is None or left <= 0:
        return None
    return Transfer(
        holder=account.holder,
        iban=grouped(account.iban),
        account="".join(account.iban.split()),
        bic=account.bic,
        amount=scope.words.money(left, document.currency),
        reference=document.number,
        code=_code(document, left),
    )


def _code(document: Document, left: Decimal) -> Markup | None:
    """A draft has no number to pay under, and the code knows the euro only."""
    account = document.account
    if account is None or document.number is None or document.currency != "EUR":
        return None
    code = payment_qr(
        name=account.holder,
        iban=account.iban,
        bic=account.bic,
        amount=left,
        text=document.number,
    )
    return Markup(code) if code else None  # noqa: S704 (the drawing holds no text)


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as printed (ISO 13616)."""
    bare = "".join(iban.split())
    return " ".join(bare[at : at + 4] for at in range(0, len(bare), 4))
