"""`new invoice`: an invoice filled in from what was agreed."""

import re
import shlex
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import click

from portalgen.cli.common import known_clients, terminal, today_option, workspace_option
from portalgen.cli.new_input import edit_option, line_of, refusals
from portalgen.cli.new_words import open_in_editor
from portalgen.model.fixed_values import INVOICE_KIND
from portalgen.model.spellings import meant, nearest
from portalgen.scaffold.invoices import Drafted, InvoiceWish, Kind, add_invoice
from portalgen.terminal import clean

_HUNDRED = 100


def _number(context: click.Context, option: click.Parameter, given: str | None) -> Decimal | None:
    text = line_of(context, option, given)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text):
        right = text.rstrip(" %€").replace(",", ".").replace(" ", "")
        hint = f"write {right}" if re.fullmatch(r"\d+(\.\d+)?", right) else "write digits: 1800.00"
        raise click.BadParameter(f'"{clean(text)}" is not a number: {hint}', param=option)
    return Decimal(text)


def _kind(_context: click.Context, option: click.Parameter, given: str | None) -> Kind | None:
    """A kind of invoice as its author says it, in any of our languages."""
    if given is None:
        return None
    kind = meant(given, INVOICE_KIND)
    if kind is None:
        near = nearest(given, INVOICE_KIND)
        hint = f'did you mean "{near}"? ' if near else ""
        listed = "the kinds are: invoice, deposit, final, credit-note"
        raise click.BadParameter(f'"{clean(given)}" is none; {hint}{listed}', param=option)
    return cast("Kind", kind)


@click.command()
@click.argument("client")
@click.option(
    "--kind",
    metavar="[invoice|deposit|final|credit-note]",
    callback=_kind,
    help="An invoice by default; the final one when a deposit waits to be deducted.",
)
@click.option(
    "--percent", metavar="NUMBER", callback=_number, help="Of the price, for a deposit; 30."
)
@click.option(
    "--price", metavar="AMOUNT", callback=_number, help="Without VAT; that of spec.md by default."
)
@click.option("--vat", metavar="RATE", callback=_number, help="In percent; the usual one.")
@click.option(
    "--corrects", metavar="NUMBER", callback=line_of, help="The invoice of a credit note."
)
@edit_option
@workspace_option
@today_option
def invoice(
    *,
    client: str,
    kind: Kind | None,
    percent: Decimal | None,
    price: Decimal | None,
    vat: Decimal | None,
    corrects: str,
    edit: bool,
    root: Path,
    today: date,
) -> None:
    """Prepare an invoice for CLIENT, from the agreed price and its amendments.

    Nothing of it goes out before portalgen approve. The balance deducts the deposits billed before
    it; a credit note gives back an issued invoice.

    \b
    Examples:
      portalgen new invoice bakery --kind deposit --percent 40
      portalgen new invoice bakery
      portalgen new invoice bakery --kind credit-note --corrects 2026-015
    """
    client = known_clients(root, (client,))[0]
    _refuse_odd(kind, percent, price, corrects)
    wish = InvoiceWish(
        kind=kind,
        percent=percent,
        price=price,
        vat=vat,
        corrects=corrects or None,
    )
    with refusals():
        drafted = add_invoice(root, client, wish, today)
    _tell(client, drafted)
    if edit:
        open_in_editor(root / drafted.path)


def _refuse_odd(
    kind: Kind | None, percent: Decimal | None, price: Decimal | None, corrects: str
) -> None:
    if percent is not None and kind != "deposit":
        raise click.UsageError("--percent is for a deposit: add --kind deposit.")
    if percent is not None and not 0 < percent <= _HUNDRED:
        raise click.UsageError("--percent is more than 0, and 100 at most.")
    if corrects and kind != "credit note":
        raise click.UsageError("--corrects is for a credit note: add --kind credit-note.")
    if price is not None and kind == "credit note":
        raise click.UsageError("A credit note has the lines of the invoice that it corrects.")


def _tell(client: str, drafted: Drafted) -> None:
    click.echo(clean(drafted.path))
    if drafted.moved_to:
        click.echo(clean(drafted.moved_to))
    screen = terminal()
    if drafted.moved_to:
        screen.say(f"{drafted.moved_from} is {drafted.moved_to} now: several stand in a folder")
    screen.problems(drafted.problems)
    screen.say("read it through: the lines and the thanks are yours to change")
    if drafted.is_abroad:
        screen.say("this client is billed in another country: see which VAT is due")
    if drafted.needs_agreement:
        screen.say(f"a deposit goes out once content/{client}/spec.md says who agreed to it")
    command = shlex.join(["portalgen", "approve", client, drafted.id, "--by"])
    screen.say(f"once it is approved: {command} NAME")
