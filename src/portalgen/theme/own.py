"""What a client's folder changes in the theme, for that client's portal alone.

Whatever is in it travels inside the encrypted pages: style sheets as text, and pictures and fonts
as `data:` in them, since an asset beside the pages could be read by anyone.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from portalgen.model.theme import PUBLIC_SHEETS, PUBLIC_TEMPLATES, ThemeFiles
from portalgen.problem import Place, Problem, Source, warning
from portalgen.theme.css import Sheet, compact, read_sheet
from portalgen.theme.grounds import check_colours, grounds_of
from portalgen.theme.load import Theme
from portalgen.theme.settings import read_settings
from portalgen.theme.sheets import Layer, check_variables, listed_sheets, published_sheet
from portalgen.theme.structure import check_structure
from portalgen.theme.templates import Line, check_syntax, compiled

_KEYS = ("styles",)
_DASHBOARD = "dashboard.html"
_HEAVY = 64 * 1024
"""Bytes that are worth a warning: each page of the client carries them."""

_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "otf": "font/otf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
}


def own_theme(theme: Theme, files: ThemeFiles) -> tuple[Theme | None, list[Problem]]:
    """The theme with what one client's folder changes.

    Returns:
        None when it cannot be used; and what is wrong with it, which concerns that client alone.
    """
    settings, problems = read_settings(files.settings, _KEYS)
    listed, found = listed_sheets([Layer("", files, settings)])
    sheets = tuple(read_sheet(source) for source in listed.pages.values())
    problems += [*found, *_public(files), *_unread_assets(files, sheets)]
    together = (*theme.sheets, *sheets)
    own = [sheet.source for sheet in sheets]
    problems += [*check_variables(together, own, files.templates.values())]
    problems += check_colours(together, own)
    rules, found = _rules(listed.pages, sheets, files)
    problems += found
    line = theme.templates.line
    templates = compiled(Line((*line.names, ""), (*line.templates, files.templates)))
    number = len(line.names)
    problems += check_syntax(templates, [number])
    problems += check_structure(templates, range(number, number + 1))
    if any(problem.blocks_portal for problem in problems):
        return None, problems
    changed = replace(
        theme, templates=templates, sheets=together, grounds=grounds_of(together), own_rules=rules
    )
    return changed, problems


def _public(files: ThemeFiles) -> Iterator[Problem]:
    """What a client's folder cannot change."""
    message = "this page is the same for all clients: anyone can read it"
    for name in (*PUBLIC_TEMPLATES, _DASHBOARD):
        if name in files.templates:
            why = "the dashboard is yours, and no client's" if name == _DASHBOARD else message
            hint = "change it in a theme of the workspace, themes/NAME/"
            yield Problem("public-template", why, Place(files.templates[name]), hint)
    for name in PUBLIC_SHEETS:
        if name in files.sheets:
            hint = "change it in a theme of the workspace, themes/NAME/"
            why = "no page of a client loads this style sheet"
            yield Problem("public-template", why, Place(files.sheets[name]), hint)


def _unread_assets(files: ThemeFiles, sheets: tuple[Sheet, ...]) -> Iterator[Problem]:
    named = {address.target for sheet in sheets for address in sheet.addresses}
    for path in files.assets:
        if not any(target.partition("#")[0].endswith(path) for target in named):
            place = Place(Source(f"{files.path}/assets/{path}"))
            hint = "name it in a url() of a style sheet here, or remove it"
            yield warning("unread-asset", "no style sheet shows this file", place, hint)


def _rules(
    listed: Mapping[str, Source], sheets: tuple[Sheet, ...], files: ThemeFiles
) -> tuple[str, list[Problem]]:
    """All style sheets as one text, with pictures and fonts inside."""
    problems: list[Problem] = []
    texts = []
    for name, sheet in zip(listed, sheets, strict=True):
        text, found = published_sheet(sheet, name, partial(_inlined, files), files.assets)
        texts.append(text)
        problems += found
    rules = "\n".join(map(compact, texts))
    size = len(rules.encode())
    if size > _HEAVY:
        message = f"these styles add {size // 1024} kB to every page of this client"
        hint = "smaller pictures, or none: they travel inside the pages"
        problems.append(warning("heavy-theme", message, Place(files.settings), hint))
    return rules, problems


def _inlined(files: ThemeFiles, path: str) -> str | None:
    """An asset as a `data:` address."""
    content = files.assets.get(path)
    kind = _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
    return f"data:{kind};base64,{b64encode(content).decode()}" if content is not None else None
