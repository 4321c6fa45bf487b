"""`schema`: what editors need to complete, explain and mark the content."""

import os
from pathlib import Path

import click

from portalgen.cli.common import disk_errors, terminal, workspace_option
from portalgen.model.folder import CONTENT
from portalgen.schema import FOLDER, NAMES, modeline, schemas
from portalgen.schema.files import bring_in_step, out_of_step
from portalgen.terminal import clean


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when one is out of date.")
@click.option(
    "--stdout",
    "name",
    type=click.Choice(NAMES),
    metavar="NAME",
    help=f"Print one of them instead: {', '.join(NAMES)}.",
)
@workspace_option
@click.pass_context
def schema(
    context: click.Context, *, folder: Path | None, check: bool, name: str | None, root: Path
) -> None:
    """Write the JSON Schemas of all YAML files into FOLDER, content/.schemas by default.

    With them, an editor completes keys and values, explains them, and marks slips while you type.
    A YAML file names its own in its first line; what portalgen writes has that line.

    \b
    Examples:
      portalgen schema                     write them, and say which changed
      portalgen schema --check             for CI: are they those of this portalgen?
      portalgen schema --stdout steps      one of them, for another tool
    """
    if name:
        if folder or check:
            raise click.UsageError("--stdout prints one schema, and takes no FOLDER nor --check.")
        click.echo(schemas()[f"{name}.json"], nl=False)
        return
    target = folder or root / CONTENT / FOLDER
    with disk_errors():
        changed = out_of_step(target) if check else bring_in_step(target)
    for file in changed:
        click.echo(clean(os.path.relpath(target / file, root)))
    _say(changed, check=check, is_default=folder is None)
    context.exit(1 if check and changed else 0)


def _say(changed: tuple[str, ...], *, check: bool, is_default: bool) -> None:
    screen = terminal()
    if not changed:
        screen.say("the schemas are up to date")
    elif check:
        screen.say("these are not the schemas of this portalgen: run portalgen schema")
    elif is_default:
        screen.say("commit them; an editor with a YAML server finds them by a file's first line:")
        screen.say(f"  {modeline(1, 'client')}")
        screen.say("docs/editor.md says which editors, and what to write into each file")
