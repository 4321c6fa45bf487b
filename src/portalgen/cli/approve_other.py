"""What `approve` can mean beside an invoice: a deliverable, an amendment, the specification."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from portalgen.approving import Wish, invoice_named
from portalgen.cli.common import disk_errors
from portalgen.cli.gesture_words import Desk, make, refusals
from portalgen.gestures import Plan, Shelf, Yes, approved, exactly, found, near, open_shelf
from portalgen.model.client import Spec
from portalgen.model.entry import Amendment, Deliverable
from portalgen.model.portal import Portal
from portalgen.model.spellings import closest

_KINDS = ("deliverables", "amendments")
_SPEC = ("spec", "spec.md")


def is_other(root: Path, client: str, name: str, today: date) -> bool:
    """Whether a name is that of something else than an invoice.

    Raises:
        click.UsageError: it may be both.
        click.ClickException: the client's folder cannot be read.
    """
    with disk_errors(), refusals():
        portal = open_shelf(root, client, today).portal
    other = portal.spec if name in _SPEC else exactly(portal, name, _KINDS)
    invoice = invoice_named(name, portal)
    if other and invoice:
        file = invoice.place().source.path.rpartition("/")[2]
        kind = "amendments" if isinstance(other, Amendment) else "deliverables"
        raise click.UsageError(f'"{name}" is an invoice too. Write {file}, or {kind}/{name}.')
    if other or invoice:
        return other is not None
    if not portal.invoices and not portal.invoices_unread:
        return True
    return not _is_nearly_an_invoice(name, portal) and near(portal, name, _KINDS) is not None


def approve_other(desk: Desk, wish: Wish) -> None:
    """Write down the client's yes to something else than an invoice."""
    name = wish.invoice or ""
    _refuse_for_invoices(name, wish)
    yes = Yes(wish.by, wish.on, wish.via)

    def plan(shelf: Shelf) -> Plan:
        subject = shelf.portal.spec if name in _SPEC else found(shelf, name, _KINDS)
        assert isinstance(subject, Deliverable | Amendment | Spec)  # noqa: S101 - of these kinds
        return approved(shelf, subject, yes)

    make(desk, wish.client, plan)


def _is_nearly_an_invoice(name: str, portal: Portal) -> bool:
    ids: Sequence[str] = [invoice.id for invoice in portal.invoices]
    return closest(name, ids) is not None


def _refuse_for_invoices(name: str, wish: Wish) -> None:
    given = (("--waive", wish.waived), ("--number", wish.number), ("--renumber", wish.renumber))
    odd = [option for option, value in given if value]
    if odd:
        raise click.UsageError(f"{name} is no invoice: leave out {', '.join(odd)}.")
