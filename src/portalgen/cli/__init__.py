"""The commands. Only this package knows click."""

import click

from portalgen.cli.access import access
from portalgen.cli.approve import approve
from portalgen.cli.build import build, check, verify
from portalgen.cli.invoice import invoice
from portalgen.cli.seal import seal

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="portalgen", message="%(prog)s %(version)s")
def main() -> None:
    """Build one password-protected portal per client from a folder of text.

    \b
    Run it in your workspace, the folder that holds content/:
      portalgen check                      find what is wrong, write nothing
      portalgen build                      build every portal into output/
      portalgen access grant CLIENT WHO    let a person open a portal
      portalgen seal CLIENT NAME           seal a code that only they can read
      portalgen approve CLIENT --by WHO    note their approval, and issue the invoice
      portalgen invoice list               what every invoice comes to
      portalgen invoice pdf CLIENT         issued invoices as Factur-X files
    """


for command in (build, check, verify, access, seal, approve, invoice):
    main.add_command(command)
