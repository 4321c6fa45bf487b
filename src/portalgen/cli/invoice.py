"""`invoice`: what is billed, for the studio's own use."""

import json
import sys
from pathlib import Path

import click

from portalgen.cli.common import clients_in, disk_errors, known_clients, terminal, workspace_option
from portalgen.cli.invoice_pdf import pdf
from portalgen.cli.invoice_table import table
from portalgen.invoice.document import DocumentTotals, VatRow
from portalgen.problem import Problem, in_reading_order
from portalgen.reckoning import Entry, NotReckoned, Reckoned, reckon


@click.group()
def invoice() -> None:
    """What you bill: its totals, and issued invoices as files."""


invoice.add_command(pdf)


@invoice.command("list")
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="A table to read, or JSON for your own tools.",
)
@workspace_option
def list_(clients: tuple[str, ...], form: str, root: Path) -> None:
    """List what every invoice of CLIENTS, or of all, comes to, approved or not.

    It is for yourself: nothing is published, and no legal fact is asked for. An invoice that
    cannot be reckoned is named with the reason, and the others stand.

    \b
    Examples:
      portalgen invoice list
      portalgen invoice list salon-martin --format json
    """
    names = known_clients(root, clients) or clients_in(root)
    with disk_errors():
        entries = tuple(reckon(root, names))
    problems = in_reading_order(_problems(entries))
    click.echo(_json(entries) if form == "json" else table(entries), nl=form == "json")
    screen = terminal()
    screen.problems(problems)
    screen.summary(problems)
    sys.exit(1 if problems else 0)


def _problems(entries: tuple[Entry, ...]) -> list[Problem]:
    lost = (entry for entry in entries if isinstance(entry, NotReckoned))
    return [problem for entry in lost for problem in entry.problems]


def _json(entries: tuple[Entry, ...]) -> str:
    """The list as docs/invoices.md describes it: amounts are texts, since a JSON number may be
    read as a float."""
    return json.dumps([_object(entry) for entry in entries], ensure_ascii=False, indent=2)


def _object(entry: Entry) -> dict[str, object]:
    head = {
        "client": entry.client,
        "number": entry.number,
        "kind": entry.kind,
        "currency": entry.currency,
    }
    if isinstance(entry, Reckoned):
        return {**head, "totals": _totals(entry.totals), "vat": [_vat(row) for row in entry.vat]}
    return {**head, "totals": None, "vat": None, "error": _error(entry.problems[0])}


def _totals(totals: DocumentTotals) -> dict[str, str]:
    amounts = {
        "BT-106": totals.lines,
        "BT-107": totals.discounts,
        "BT-108": totals.charges,
        "BT-109": totals.without_vat,
        "BT-110": totals.vat,
        "BT-112": totals.with_vat,
        "BT-113": totals.prepaid,
        "BT-114": totals.rounding,
        "BT-115": totals.due,
    }
    return {term: format(amount, "f") for term, amount in amounts.items()}


def _vat(row: VatRow) -> dict[str, str | None]:
    return {
        "category": row.category,
        "rate": None if row.rate is None else format(row.rate, "f"),
        "base": format(row.base, "f"),
        "tax": format(row.tax, "f"),
    }


def _error(problem: Problem) -> str:
    place = problem.place
    at = f":{place.line}:{place.column}" if place.line else ""
    return f"{place.source.path}{at}: {problem.message}"
