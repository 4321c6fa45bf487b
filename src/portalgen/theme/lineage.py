"""Which themes a theme comes from: what it extends, down to the one inside the package."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from portalgen.model import spellings
from portalgen.problem import Place, Problem, Source
from portalgen.theme.folder import is_link, read_theme
from portalgen.theme.settings import KEYS, read_settings
from portalgen.theme.sheets import Layer
from portalgen.theme.templates import PARENT

DEFAULT = "default"

_FOLDER = "themes"
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def read_lineage(
    name: str, root: Path, asked: Place | None
) -> tuple[tuple[Layer, ...], list[Problem]]:
    """Read a theme of the workspace at `root` and all that it comes from, the oldest first.

    Args:
        asked: where the theme is named, for messages.

    Returns:
        No theme at all when one of the line is missing, or extends itself.
    """
    layers: list[Layer] = []
    problems: list[Problem] = []
    wanted, place = name, asked or Place(Source(f"{_FOLDER}/{name}"))
    while True:
        if wanted in (layer.name for layer in layers) and wanted != DEFAULT:
            line = " → ".join([*(layer.name for layer in layers), wanted])
            hint = f"the line is {line}: end it with extends: {DEFAULT}"
            return (), [*problems, Problem("theme-cycle", "a theme extends itself", place, hint)]
        layer, found = _layer(wanted, root, place, is_met=wanted in (one.name for one in layers))
        problems += found
        if layer is None:
            return (), problems
        layers.append(layer)
        if layer.is_packaged:
            return tuple(reversed(layers)), problems
        extends = layer.settings.extends
        wanted, place = (
            (extends.text, extends.place) if extends else (DEFAULT, Place(layer.files.settings))
        )


def _layer(
    name: str, root: Path, place: Place, *, is_met: bool
) -> tuple[Layer | None, list[Problem]]:
    """One theme of the line; a workspace's own theme "default" comes before the package's."""
    folder, shown = root / _FOLDER / name, f"{_FOLDER}/{name}"
    if is_link(folder) or is_link(folder.parent):
        hint = "put the folder itself here"
        where = Place(Source(shown))
        return None, [Problem("outside-folder", "a theme cannot be a link", where, hint)]
    is_own = bool(_NAME.fullmatch(name)) and folder.is_dir() and not is_met and name != PARENT
    if not is_own and name != DEFAULT:
        return None, [_unknown(name, root, place)]
    packaged = files("portalgen") / _FOLDER / DEFAULT
    read, problems = (
        read_theme(folder, shown) if is_own else read_theme(packaged, f"portalgen/{shown}")
    )
    settings, found = read_settings(read.settings, tuple(KEYS))
    return Layer(name, read, settings, is_packaged=not is_own), [*problems, *found]


def _unknown(name: str, root: Path, place: Place) -> Problem:
    known = [DEFAULT, *sorted(set(_names(root / _FOLDER)) - {DEFAULT, PARENT})]
    near = spellings.closest(name, known)
    hint = f'did you mean "{near}"?' if near else f"the themes here are: {', '.join(known)}"
    return Problem("unknown-theme", f'there is no theme "{name}"', place, hint)


def _names(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        yield from (path.name for path in folder.iterdir() if path.is_dir())
