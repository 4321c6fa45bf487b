"""Invoices that cannot be reckoned, or lack what their kind needs. They alone are withheld."""

from collections.abc import Iterable, Iterator

from portalgen.gate import open_invoices
from portalgen.invoice import Flaw, minor_unit_digits, problems
from portalgen.invoice.exact import has_decimals_beyond
from portalgen.invoicing import bill_of, deposits_of
from portalgen.model.billing import Invoice
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Problem, warning, withholding


def no_thanks(portal: Portal) -> Iterator[Problem]:
    """An approved invoice without a word of thanks."""
    for invoice in portal.unissued:
        if invoice.approval and not invoice.thanks and invoice.kind != "credit note":
            hint = "add thanks: … with a word to the client"
            message = "this invoice does not thank the client"
            yield warning("no-thanks", message, invoice.place(), hint)


def deposit_before_agreement(portal: Portal) -> Iterator[Problem]:
    """A deposit on a specification that nobody agreed to yet."""
    for invoice in portal.unissued:
        if invoice.kind == "deposit" and invoice.approval and not portal.spec.agreed:
            message = "a deposit needs a specification that was agreed to"
            hint = f"add agreed: {{by: …, on: …, via: …}} to content/{portal.folder}/spec.md"
            problem = Problem("deposit-before-agreement", message, invoice.place("kind"), hint)
            yield withholding(invoice.id, problem)


def leaning_on_shut_invoices(portal: Portal, found: Iterable[Problem]) -> Iterator[Problem]:
    """An invoice that deducts or corrects another one which is not out. It waits for that one."""
    problems = list(found)
    while True:
        out = {invoice.id for invoice in open_invoices(portal, problems)}
        leaning = [
            problem
            for invoice in portal.unissued
            if invoice.id in out
            for problem in (
                _deposit_not_billed(invoice, portal, out),
                _no_original(invoice, portal, out),
            )
            if problem
        ]
        if not leaning:
            return
        yield from leaning
        problems += leaning


def _deposit_not_billed(invoice: Invoice, portal: Portal, out: set[str]) -> Problem | None:
    shut = [deposit.id for deposit in deposits_of(invoice, portal) if deposit.id not in out]
    if not shut:
        return None
    message = f"the deposit {shut[0]} is deducted, and was never billed"
    hint = "give it its approval and its number, or remove it from deposits"
    place = invoice.place("deposits")
    return withholding(invoice.id, Problem("deposit-not-billed", message, place, hint))


def _no_original(invoice: Invoice, portal: Portal, out: set[str]) -> Problem | None:
    originals = {
        name
        for other in portal.invoices
        if other.id in out and other.kind != "credit note"
        for name in (other.id, other.number)
    }
    if invoice.kind != "credit note" or invoice.corrects in originals:
        return None
    message = "a credit note needs the invoice that it corrects, approved and numbered"
    place = invoice.place("corrects" if invoice.corrects else "kind")
    hint = "add corrects: … with its id or its number"
    return withholding(invoice.id, Problem("credit-note-without-original", message, place, hint))


def broken_arithmetic(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """Everything that keeps an invoice from being reckoned."""
    if not workspace.is_read:
        return
    for invoice in portal.unissued:
        found = list(_vat_flaws(invoice, workspace)) or _flaws(invoice, portal, workspace)
        for flaw in found:
            place = invoice.place() if flaw.line is None else invoice.place("lines", flaw.line)
            hint = _HINTS.get(flaw.code, "")
            yield withholding(invoice.id, Problem(flaw.code, flaw.message, place, hint))


def unpayable_payments(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """Money that came in is stated, not computed: rounding it would hide a mistake."""
    for invoice in portal.invoices:
        issued = portal.issued.get(invoice.number or "")
        usual = invoice.currency or workspace.studio.currency
        currency = issued.document.currency if issued else usual
        digits = minor_unit_digits(currency)
        for position, payment in enumerate(invoice.payments):
            if not has_decimals_beyond(payment.amount, digits):
                continue
            message = f"{payment.amount} has more than the {digits} decimals of {currency}"
            place = invoice.place("payments", position, "amount")
            hint = "write what came in, as the bank says it"
            yield withholding(invoice.id, Problem("too-precise", message, place, hint))


def deposits_in_another_currency(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """A deposit that cannot be taken off: nobody says at which rate."""
    usual = workspace.studio.currency
    for invoice in portal.unissued:
        currency = invoice.currency or usual
        for deposit in deposits_of(invoice, portal):
            other = deposit.currency or usual
            if other == currency:
                continue
            message = f"the deposit {deposit.id} is in {other}, and this invoice in {currency}"
            place = invoice.place("deposits", invoice.deposits.index(deposit.id))
            hint = "bill both in one currency"
            problem = Problem("deposit-in-another-currency", message, place, hint)
            yield withholding(invoice.id, problem)


def _flaws(invoice: Invoice, portal: Portal, workspace: Workspace) -> list[Flaw]:
    """What the engine says. Deposits with flaws of their own are reported at their place."""
    others = deposits_of(invoice, portal)
    if any(_flaws(other, portal, workspace) for other in others):
        return []
    return list(problems(bill_of(invoice, portal, workspace)))


def _vat_flaws(invoice: Invoice, workspace: Workspace) -> Iterator[Flaw]:
    franchise = workspace.studio.legal.vat_regime == "franchise"
    for position, line in enumerate(invoice.lines):
        if line.vat is None:
            if not franchise:
                yield Flaw("vat-missing", "this line has no VAT rate", position)
        elif franchise and line.vat.rate:
            message = "a studio under franchise may not charge VAT"
            yield Flaw("vat-under-franchise", message, position)
        elif line.vat.category is None and not line.vat.rate:
            yield Flaw("vat-category-missing", "a VAT rate of 0 needs its category", position)


_HINTS = {
    "vat-missing": "add vat: 20, or another rate",
    "vat-under-franchise": "remove vat from the line, or change legal.vat_regime in studio.yaml",
    "vat-category-missing": "write vat: {category: E, rate: 0, why: …}; E, AE, Z, K or G",
    "vat-reason-missing": "add why: … to vat",
    "adjustment-without-vat": "add vat: … to it, since the lines have several rates",
}
