"""Approves and issues: the approval, the number, the frozen document and the ledger's line, all
together or none of them."""

from portalgen.approving.choice import ApproveError, Wish, contact_meant, invoice_named
from portalgen.approving.prepare import Prepared, prepare
from portalgen.approving.transaction import (
    Change,
    Recovery,
    apply,
    cut_off,
    interrupted,
    only_one,
    recover,
)

__all__ = [
    "ApproveError",
    "Change",
    "Prepared",
    "Recovery",
    "Wish",
    "apply",
    "contact_meant",
    "cut_off",
    "interrupted",
    "invoice_named",
    "only_one",
    "prepare",
    "recover",
]
