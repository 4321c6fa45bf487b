"""`invoice pdf`: issued invoices as Factur-X files."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from portalgen.cli.common import (
    disk_errors,
    known_clients,
    terminal,
    today_option,
    workspace_option,
)
from portalgen.cli.places import refuse_place
from portalgen.einvoice import FacturX, facturx_files
from portalgen.terminal import clean
from portalgen.write import write_file

_LAW = """\
In France an invoice to a business has to go through an approved platform: from large and mid-sized
companies since 1 September 2026, from small ones and micro-enterprises from 1 September 2027 on.
Sent by e-mail it does not count; this is the file to upload there."""


@click.command()
@click.argument("client")
@click.argument("invoice", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, or folder to write into; the current folder by default.",
)
@workspace_option
@today_option
def pdf(client: str, invoice: str | None, output: Path | None, root: Path, today: date) -> None:
    """Write the issued invoices of CLIENT, or INVOICE alone, as Factur-X files.

    INVOICE is an id or a number. The file is a PDF/A-3 of the invoice's page, with the electronic
    invoice (EN 16931) inside. It needs the extra: pip install "portalgen[facturx]"

    \b
    Examples:
      portalgen invoice pdf salon-martin
      portalgen invoice pdf salon-martin solde -o invoices/
    """
    client = known_clients(root, (client,))[0]
    with disk_errors():
        made, problems = facturx_files(root, client, invoice, today)
    screen = terminal()
    if made:
        paths = _paths(made, output)
        for path in paths:
            refuse_place(path, root, force=True)
        with disk_errors():
            for path, file in zip(paths, made, strict=True):
                write_file(path, file.content)
                click.echo(clean(str(path)))
        if any(file.is_french for file in made):
            for line in _LAW.splitlines():
                screen.say(line)
    screen.problems(problems)
    screen.summary(problems)
    sys.exit(1 if problems else 0)


def _paths(made: Sequence[FacturX], output: Path | None) -> list[Path]:
    """Where each file goes."""
    if output is None or output.is_dir():
        return [(output or Path()) / file.name for file in made]
    if len(made) > 1:
        raise click.UsageError(
            f"{clean(str(output))} is no folder, and there are {len(made)} invoices: "
            "name one of them, or make the folder first."
        )
    return [output]
