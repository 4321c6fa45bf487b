"""What the law wants to read on an invoice, and the content does not say.

It keeps that invoice back, once it is approved; `portalgen check` tells it of drafts as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from portalgen.invoice.mentions import Completeness, Lacking, completeness
from portalgen.invoice.mentions.limits import is_bare_figure
from portalgen.invoicing import franchise_reason, lacking_for, law_of
from portalgen.model.billing import Invoice
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Place, Problem, warning, withholding

MAX_DAYS = 60
"""Between businesses, from the date of the invoice (C. com., art. L441-10, I)."""

_FRANCHISE = "CGI, art. 293 E, II; directive 2006/112/EC, art. 226 (11)"
_FRANCE = "complete"
_CHECKED = "then write mentions_checked: yes under legal"


def reckoned(portal: Portal, broken: Iterable[Problem]) -> tuple[Invoice, ...]:
    """The invoices that can be reckoned, and are not issued: what issued ones say is frozen."""
    flawed = {problem.invoice for problem in broken}
    return tuple(invoice for invoice in _open(portal) if invoice.id not in flawed)


def lacking_mentions(
    portal: Portal,
    workspace: Workspace,
    invoices: Iterable[Invoice],
    today: date,
    *,
    drafts: bool,
) -> Iterator[Problem]:
    """Every datum that the law misses, at the file that has to be mended.

    Args:
        invoices: those to look at.
        drafts: whether invoices that are not approved yet are told of, in one warning each.
    """
    if not workspace.is_read or "client.yaml" in portal.unread:
        return
    for invoice in invoices:
        found = _lacking(invoice, portal, workspace, today)
        if invoice.approval:
            for lacking in found:
                problem = _missing(lacking, invoice, portal, workspace)
                yield withholding(invoice.id, problem)
        elif found and drafts:
            yield _not_ready(invoice, found, portal)


def franchise_without_words(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """No VAT is charged, and no words with a source are known for the day of the invoice."""
    if workspace.studio.legal.vat_regime != "franchise":
        return
    for invoice in _open(portal):
        says_none = any(line.vat is None for line in invoice.lines)
        if says_none and franchise_reason(invoice, portal, workspace.studio) is None:
            write = "the words that the law wants on that day: ask your accountant"
            lacking = Lacking("studio.legal.franchise_wording", _FRANCHISE, write)
            yield withholding(invoice.id, _missing(lacking, invoice, portal, workspace))


def unknown_law(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """A studio in a country whose law is not, or not all, known here."""
    country, _ = law_of(portal, workspace.studio)
    known = completeness(country)
    if country is None or workspace.studio.legal.mentions_checked or not _open(portal):
        return
    if known != _FRANCE:
        yield _not_known(known, workspace)


def long_payment_terms(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """A business that is given more time to pay than the law allows."""
    studio = workspace.studio
    if portal.client.billing.kind != "business" or not _is_french(portal, workspace):
        return
    for invoice in _open(portal):
        days, place = studio.terms.days or 0, studio.place("terms", "days")
        if invoice.due and invoice.issued:
            days, place = (invoice.due - invoice.issued).days, invoice.place("due")
        if days > MAX_DAYS:
            message = f"{days} days are more than a business may be given (C. com., art. L441-10)"
            hint = "60 days at most; or, where it was agreed, 45 days and the end of the month"
            yield warning("long-payment-term", message, place, hint)


def vat_not_in_euro(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """An invoice in another currency, which has to tell its VAT in euro as well."""
    if not workspace.is_read or not _is_french(portal, workspace):
        return
    for invoice in _open(portal):
        currency = invoice.currency or workspace.studio.currency
        taxed = any(line.vat and line.vat.rate for line in invoice.lines)
        if currency != "EUR" and taxed and not invoice.notes:
            message = f"the VAT of an invoice in {currency} is told in euro too (CGI, art. 289, IV)"
            hint = "write it in notes, with the rate of the day"
            yield warning("vat-not-in-euro", message, invoice.place("currency"), hint)


def late_rate_unsure(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """A late payment rate that nobody can hold against the legal one, which changes."""
    studio = workspace.studio
    rate = studio.terms.late_rate
    if rate and is_bare_figure(rate) and _open(portal) and _is_french(portal, workspace):
        message = "a figure may fall below three times the legal interest rate, which changes"
        hint = "write the formula: trois fois le taux d’intérêt légal; or leave it out"
        yield warning("late-rate-unsure", message, studio.place("terms", "late_rate"), hint)


def _open(portal: Portal) -> tuple[Invoice, ...]:
    """The invoices that are not issued."""
    return tuple(i for i in portal.invoices if (i.number or "") not in portal.issued)


def _is_french(portal: Portal, workspace: Workspace) -> bool:
    country, _ = law_of(portal, workspace.studio)
    return completeness(country) == _FRANCE


def _lacking(
    invoice: Invoice, portal: Portal, workspace: Workspace, today: date
) -> tuple[Lacking, ...]:
    try:
        return lacking_for(invoice, portal, workspace, today)
    except ValueError:  # a deposit that it deducts cannot be reckoned, and `bills` says why
        return ()


def _missing(lacking: Lacking, invoice: Invoice, portal: Portal, workspace: Workspace) -> Problem:
    file, _, path = lacking.field.partition(".")
    keys = path.split(".")
    record = {"studio": workspace.studio, "client": portal.client}.get(file, invoice)
    place = record.place(*keys)
    if lacking.fault:
        message = f"{lacking.fault} ({lacking.source})"
        return Problem("unlawful-mention", message, place, f"write {keys[-1]}: {lacking.write}")
    name = f"invoice {invoice.number or invoice.id}"
    message = f"{name} needs {path} by law ({lacking.source})"
    return Problem("missing-mention", message, place, _mend(lacking, portal, place))


def _not_ready(invoice: Invoice, found: Sequence[Lacking], portal: Portal) -> Problem:
    listed = ", ".join(lacking.field.partition(".")[2] for lacking in found)
    message = f"before it can go out, this invoice needs by law: {listed}"
    mends = [_mend(lacking, portal, invoice.place()) for lacking in found]
    return warning("invoice-not-ready", message, invoice.place(), "\n".join(mends))


def _mend(lacking: Lacking, portal: Portal, invoice: Place) -> str:
    """The key to add, where, and what it is to say."""
    file, _, path = lacking.field.partition(".")
    parents, _, key = path.rpartition(".")
    files = {
        "studio": f"{CONTENT}/studio.yaml",
        "client": f"{CONTENT}/{portal.folder}/client.yaml",
        "invoice": invoice.source.path,
    }
    under = f" under {parents}" if parents else ""
    says = f" ({lacking.write})" if lacking.write else ""
    return f"add {key}: …{under} in {files[file]}{says}"


def _not_known(known: Completeness, workspace: Workspace) -> Problem:
    studio = workspace.studio
    name = studio.address.country if studio.address else ""
    place = studio.place("address", "country")
    if known == "begun":
        message = f"the mentions for {name} are not complete: check them with your accountant"
        hint = f"add what is missing as a list under legal.mentions; {_CHECKED}"
        return warning("mentions-incomplete", message, place, hint)
    message = f"the mentions for {name} are yours to check: its law is not known here"
    hint = f"write them as a list under legal.mentions; {_CHECKED}"
    return warning("mentions-unknown", message, place, hint)
