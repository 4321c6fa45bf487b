"""The commands. Only this package knows click."""

import click

from portalgen.cli.access import access
from portalgen.cli.approve import approve
from portalgen.cli.archive import archive
from portalgen.cli.build import build, verify
from portalgen.cli.check import check
from portalgen.cli.completion import completion
from portalgen.cli.digest import digest
from portalgen.cli.doctor import doctor
from portalgen.cli.gestures import done, move, received, start, wait
from portalgen.cli.handing_over import answer, deliver, given
from portalgen.cli.init import init
from portalgen.cli.invoice import invoice
from portalgen.cli.loudness import loudness_option
from portalgen.cli.new import new
from portalgen.cli.program import Program
from portalgen.cli.schema import schema
from portalgen.cli.seal import seal
from portalgen.cli.serve import serve

__all__ = ["main"]


@click.group(
    cls=Program,
    params=[loudness_option("quiet"), loudness_option("verbose")],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="portalgen", message="%(prog)s %(version)s")
def main() -> None:
    """Build one password-protected portal per client from a folder of text.

    \b
    Run it in your workspace, the folder that holds content/. A day with it:
      portalgen check                      find what is wrong, write nothing
      portalgen build                      build every portal into output/
      portalgen access grant CLIENT WHO    let a person open a portal
      portalgen approve CLIENT --by WHO    note their approval, and issue the invoice

    portalgen COMMAND --help shows examples of each.
    """


for command in (
    init,
    doctor,
    build,
    check,
    serve,
    verify,
    access,
    seal,
    approve,
    invoice,
    new,
    start,
    done,
    move,
    deliver,
    answer,
    wait,
    received,
    given,
    digest,
    schema,
    archive,
    completion,
):
    main.add_command(command)
