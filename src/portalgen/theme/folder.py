"""Reads the folder of a theme: the workspace's, or the one inside the package."""

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from portalgen.model.theme import ASSETS, SETTINGS, TEMPLATES, ThemeFiles
from portalgen.problem import Place, Problem, Source


def read_theme(folder: Traversable, shown: str) -> tuple[ThemeFiles, list[Problem]]:
    """Read a theme.

    Args:
        shown: how messages call the folder.
    """
    problems: list[Problem] = []
    settings = folder / SETTINGS
    is_there = settings.is_file() and not is_link(settings)
    assets = dict(_files(folder / "assets"))
    sheets = {path: file for path, file in assets.items() if path.endswith(".css")}
    read = ThemeFiles(
        path=shown,
        settings=_text(settings, f"{shown}/{SETTINGS}", problems)
        if is_there
        else Source(f"{shown}/{SETTINGS}"),
        templates={
            path: _text(file, f"{shown}/{TEMPLATES}{path}", problems)
            for path, file in _files(folder / "templates")
            if path.endswith(".html")
        },
        sheets={
            path: _text(file, f"{shown}/{ASSETS}{path}", problems) for path, file in sheets.items()
        },
        assets={path: file.read_bytes() for path, file in assets.items() if path not in sheets},
    )
    return read, problems


def is_link(entry: Traversable) -> bool:
    """A link could lead to any file of the machine, and assets are published in clear."""
    return isinstance(entry, Path) and entry.is_symlink()


def _text(file: Traversable, shown: str, problems: list[Problem]) -> Source:
    try:
        return Source(shown, file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        source = Source(shown)
        hint = "save the file with the encoding UTF-8"
        problems.append(Problem("not-utf8", "this file is not UTF-8", Place(source), hint))
        return source


def _files(folder: Traversable, inside: str = "") -> Iterator[tuple[str, Traversable]]:
    entries = folder.iterdir() if folder.is_dir() and not is_link(folder) else ()
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.name.startswith(".") or is_link(entry):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{inside}{entry.name}/")
        else:
            yield f"{inside}{entry.name}", entry
