"""Loads a theme: everything that pages are made with, ready."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from portalgen.model.theme import DASHBOARD, LOCK
from portalgen.problem import Place, Problem
from portalgen.theme.css import Sheet, compact, read_sheet
from portalgen.theme.grounds import Grounds, check_colours, grounds_of
from portalgen.theme.lineage import read_lineage
from portalgen.theme.sheets import (
    Layer,
    Listed,
    check_variables,
    listed_sheets,
    published_sheet,
)
from portalgen.theme.structure import check_structure
from portalgen.theme.templates import (
    Line,
    Templates,
    check_syntax,
    compiled,
)

_SEPARATORS = re.compile(r"""[\s/\\"'()]""")

JOINED = "theme.css"
"""The one style sheet that all listed ones become."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load. Its published name changes whenever its content does."""

    name: str
    hashed_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, compiled.

    Attributes:
        assets: what is published, by name: the joined style sheet, those of the lock page and the
            dashboard, fonts and pictures.
        styles: hashed names of the style sheets that portal pages load.
        grounds: what a client's colour stands on.
        own_rules: the style sheet of one client, which travels inside the pages.
        sheets: what the style sheets of portal pages say.
        templates: everything that can be rendered.
    """

    name: str
    assets: tuple[Asset, ...]
    styles: tuple[str, ...]
    grounds: Grounds
    sheets: tuple[Sheet, ...] = field(repr=False)
    templates: Templates = field(repr=False)
    own_rules: str = field(default="", repr=False)

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """Render a template of the theme, or the one that it inherits.

        Raises:
            ThemeError: the template is missing, or fails on this context.
        """
        return self.templates.render(template, context)


def load_theme(
    name: str, root: Path, asked: Place | None = None
) -> tuple[Theme | None, list[Problem]]:
    """Read and compile the theme of that name from the workspace at `root`, or from the package.

    Args:
        asked: where the theme is named, for messages.

    Returns:
        The theme (None when it cannot be used), and what is wrong with it.
    """
    layers, problems = read_lineage(name, root, asked)
    if not layers:
        return None, problems
    listed, found = listed_sheets(layers)
    problems += found
    bundles = _bundles(layers, listed)
    problems += _style_problems(layers, bundles)
    assets, found = _assets(layers, bundles)
    problems += found
    templates = compiled(_line(layers))
    problems += check_syntax(templates, range(len(layers)))
    problems += check_structure(templates, range(1, len(layers)))
    joined = next(asset for asset in assets if asset.name == JOINED)
    sheets = tuple(bundles[JOINED].values())
    theme = Theme(name, assets, (joined.hashed_name,), grounds_of(sheets), sheets, templates)
    return (None if any(p.blocks_portal for p in problems) else theme), problems


def _line(layers: Sequence[Layer]) -> Line:
    names = tuple(layer.name for layer in layers)
    return Line(names, tuple(layer.files.templates for layer in layers))


def _bundles(layers: Sequence[Layer], listed: Listed) -> dict[str, dict[str, Sheet]]:
    """What becomes one published style sheet each, by the name of that."""
    known = {name: source for layer in layers for name, source in layer.files.sheets.items()}
    alone = {name: known[name] for name in (DASHBOARD,) if name in known}
    return {
        name: {path: read_sheet(source) for path, source in sources.items()}
        for name, sources in ((JOINED, listed.pages), (LOCK, listed.lock), (DASHBOARD, alone))
    }


def _style_problems(
    layers: Sequence[Layer], bundles: Mapping[str, Mapping[str, Sheet]]
) -> list[Problem]:
    """What is wrong in the style sheets of the workspace; ours are tested."""
    own = [source for layer in layers[1:] for source in layer.files.sheets.values()]
    templates = [source for layer in layers for source in layer.files.templates.values()]
    everything = [sheet for sheets in bundles.values() for sheet in sheets.values()]
    pages = tuple(bundles[JOINED].values())
    return [*check_variables(everything, own, templates), *check_colours(pages, own)]


def _assets(
    layers: Sequence[Layer], bundles: Mapping[str, Mapping[str, Sheet]]
) -> tuple[tuple[Asset, ...], list[Problem]]:
    """Everything to publish: assets first, since style sheets name them by what they hold."""
    contents = {path: data for layer in layers for path, data in layer.files.assets.items()}
    assets = {path: _asset(path, contents[path]) for path in sorted(contents)}
    problems: list[Problem] = []

    def hashed(path: str) -> str | None:
        return assets[path].hashed_name if path in assets else None

    for bundle, sheets in bundles.items():
        texts = []
        for name, sheet in sheets.items():
            text, found = published_sheet(sheet, name, hashed, contents)
            texts.append(text)
            problems += found
        assets[bundle] = _asset(bundle, "\n".join(map(compact, texts)).encode())
    return tuple(assets[name] for name in sorted(assets)), problems


def _asset(name: str, content: bytes) -> Asset:
    """Assets lie side by side once published, so a folder's slash becomes a hyphen; so does what
    would end an address in a style sheet."""
    stem, dot, ending = _SEPARATORS.sub("-", name).rpartition(".")
    digest = sha256(content).hexdigest()[:12]
    return Asset(name, f"{stem or ending}-{digest}{dot and stem and dot + ending}", content)
