"""The style sheets of a theme: which of them pages load, what they name, what they become."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from portalgen.model import spellings
from portalgen.model.theme import LOCK, PUBLIC_SHEETS, ThemeFiles
from portalgen.problem import Place, Problem, Source, warning
from portalgen.theme.css import Address, Sheet
from portalgen.theme.grounds import GIVEN
from portalgen.theme.settings import Settings
from portalgen.yaml_source import Scalar

_REGISTERED = re.compile(r"@property\s+(--[\w-]+)")
_VAR_IN_TEMPLATE = re.compile(r"var\(\s*(--[\w-]+)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

Published = Callable[[str], str | None]
"""The address of an asset as it stands beside the published sheet; None when there is none."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A theme of a line of them: its files, and what its theme.yaml says."""

    name: str
    files: ThemeFiles
    settings: Settings
    is_packaged: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """Style sheets by name, in order: those of portal pages, and those of the lock page."""

    pages: Mapping[str, Source]
    lock: Mapping[str, Source]


def listed_sheets(layers: Sequence[Layer]) -> tuple[Listed, list[Problem]]:
    """The style sheets that pages load, in order.

    Args:
        layers: the oldest first. Its sheets come first, and a file of the same name in a younger
            one takes its place.
    """
    pages: dict[str, None] = {}
    lock: dict[str, None] = {}
    problems: list[Problem] = []
    known: dict[str, Source] = {}
    for layer in layers:
        known |= layer.files.sheets
        own = sorted(layer.files.sheets)
        settings = layer.settings
        locked, found = _named(settings.lock_styles, [LOCK] if LOCK in own else [], known)
        problems += found
        others = [name for name in own if name not in (*PUBLIC_SHEETS, *locked)]
        shown, found = _named(settings.styles, others, known)
        problems += found
        pages |= dict.fromkeys(shown)
        lock |= dict.fromkeys(locked)
        if not layer.is_packaged:
            problems += _unread(layer, (*pages, *lock))
    return Listed(
        {name: known[name] for name in pages}, {name: known[name] for name in lock}
    ), problems


def _named(
    items: Sequence[Scalar] | None, otherwise: list[str], known: Mapping[str, Source]
) -> tuple[list[str], list[Problem]]:
    """The sheets that a list names, or others where there is no list."""
    if items is None:
        return otherwise, []
    unknown = [_unknown_style(item, known) for item in items if item.text not in known]
    return [item.text for item in items if item.text in known], unknown


def _unread(layer: Layer, listed: Iterable[str]) -> Iterator[Problem]:
    """Sheets of a theme that it forgets to list."""
    for name, source in layer.files.sheets.items():
        if name not in (*listed, *PUBLIC_SHEETS):
            hint = f"add it to styles in {layer.files.settings.path}, or remove it"
            yield warning("unread-style", f"no page loads {name}", Place(source), hint)


def _unknown_style(item: Scalar, known: Iterable[str]) -> Problem:
    near = spellings.closest(item.text, list(known))
    hint = f'did you mean "{near}"?' if near else "put it in the theme's assets/"
    return Problem("unknown-style", f'there is no style sheet "{item.text}"', item.place, hint)


# --- what they name ------------------------------------------------------------------------------


def check_variables(
    sheets: Sequence[Sheet], own: Sequence[Source], templates: Iterable[Source]
) -> Iterator[Problem]:
    """Variables that the sheets of `own` use and nothing sets, or set and nothing uses."""
    declared = {variable.name for sheet in sheets for variable in sheet.variables}
    declared |= {name for sheet in sheets for name in _REGISTERED.findall(sheet.source.text)}
    used = {use.name for sheet in sheets for use in sheet.uses}
    used |= {name for source in templates for name in _VAR_IN_TEMPLATE.findall(source.text)}
    for sheet in (sheet for sheet in sheets if sheet.source in own):
        for use in sheet.uses:
            if use.name not in declared and not use.has_fallback:
                yield _unknown_variable(use.name, use.place, {*declared, *GIVEN})
        for variable in sheet.variables:
            if variable.name not in used:
                yield _unused_variable(variable.name, variable.place, used)


def _unknown_variable(name: str, place: Place, known: Iterable[str]) -> Problem:
    if name in GIVEN:
        hint = f"not every client has a colour: write var({name}, …)"
        return Problem("unknown-variable", f"{name} may be unset", place, hint)
    near = spellings.closest(name, sorted(known))
    hint = f"did you mean {near}?" if near else "set it in :root { … }"
    return Problem("unknown-variable", f"nothing sets {name}", place, hint)


def _unused_variable(name: str, place: Place, used: Iterable[str]) -> Problem:
    near = spellings.closest(name, sorted(used))
    hint = f"did you mean {near}?" if near else "docs/themes.md lists the variables"
    return warning("unused-variable", f"nothing uses {name}", place, hint)


# --- what they become ----------------------------------------------------------------------------


def published_sheet(
    sheet: Sheet, name: str, published: Published, known: Iterable[str]
) -> tuple[str, list[Problem]]:
    """The text of a sheet with the addresses of published assets.

    Args:
        name: its path in `assets/`, which its own addresses start from.
        known: paths of all assets, for suggestions.
    """
    text, problems = sheet.source.text, [_import(place) for place in sheet.imports]
    for address in reversed(sheet.addresses):
        target, found = _published(address, name, published, known)
        problems += found
        if target is not None:
            text = f"{text[: address.start]}url({target}){text[address.end :]}"
    return text, problems


def _published(
    address: Address, name: str, published: Published, known: Iterable[str]
) -> tuple[str | None, list[Problem]]:
    target = address.target
    if target.startswith(("data:", "#")):
        return None, []
    if _SCHEME.match(target) or target.startswith("/"):
        message = "nothing is loaded from outside the theme"
        hint = "put the file in the theme's assets/, and write its path there"
        return None, [Problem("outside-theme", message, address.place, hint)]
    path, mark, fragment = target.partition("#")
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(name), _plain(path)))
    found = published(inside)
    if found is not None:
        return f"{found}{mark}{fragment}", []
    near = spellings.closest(inside, sorted(known))
    hint = f'did you mean "{near}"?' if near else "put it in the theme's assets/"
    return None, [Problem("unknown-asset", f'there is no asset "{inside}"', address.place, hint)]


def _plain(path: str) -> str:
    return unquote(path).partition("?")[0]


def _import(place: Place) -> Problem:
    hint = "name the sheet under styles in theme.yaml"
    return Problem("style-import", "an imported style sheet is never loaded", place, hint)
