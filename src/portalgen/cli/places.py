"""Where a command may write what is meant for one client alone."""

from pathlib import Path

import click

from portalgen.model.folder import CONTENT
from portalgen.terminal import clean
from portalgen.write import is_published

_WHY = {CONTENT: "is your clients' content", "output": "is published"}


def refuse_place(target: Path, root: Path, *, force: bool) -> None:
    """Refuse a file in the content or in what is published, and one that is there already.

    Args:
        root: the workspace.
        force: whether a file that is there may be lost.

    Raises:
        click.UsageError
    """
    folder = target.parent.resolve()
    for name, why in _WHY.items():
        if folder.is_relative_to((root / name).resolve()):
            raise click.UsageError(f"What lies in {name}/ {why}: name another place with -o.")
    for place in (folder, *folder.parents):
        if is_published(place):
            name = clean(place.name)
            raise click.UsageError(
                f"What lies in {name}/ is published: name another place with -o."
            )
    if target.exists() and not target.is_file():
        raise click.UsageError(f"{clean(str(target))} is no file: name another with -o.")
    if target.exists() and not force:
        raise click.UsageError(
            f"{clean(str(target))} is there already: add --force, or name another with -o."
        )
