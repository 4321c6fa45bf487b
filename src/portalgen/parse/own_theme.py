"""A client's own theme: its files, and those among them that nothing reads."""

from collections.abc import Mapping
from typing import TypeVar

from portalgen.model import spellings
from portalgen.model.folder import Folder
from portalgen.model.theme import ASSETS, FOLDER, SETTINGS, TEMPLATES, ThemeFiles
from portalgen.parse.records import Problems
from portalgen.problem import Place, Problem, Source, warning

Read = TypeVar("Read")


def own_theme_of(folder: Folder) -> tuple[ThemeFiles | None, Problems]:
    """The theme in a client's folder; None when there is none."""
    inside = f"{FOLDER}/"
    texts = _below(folder.texts, inside)
    found = (*texts, *_below(folder.files, inside))
    strays = [path for path in found if not _is_read(path) and not _is_readme(path)]
    problems = [_stray(f"{folder.path}/{inside}", path) for path in sorted(strays)]
    assets = _below(folder.theme, f"{inside}{ASSETS}")
    if not texts and not assets:
        return None, problems
    shown = f"{folder.path}/{FOLDER}"
    styles = _below(texts, ASSETS)
    read = ThemeFiles(
        path=shown,
        settings=texts.get(SETTINGS, Source(f"{shown}/{SETTINGS}")),
        templates=_below(texts, TEMPLATES),
        sheets={path: source for path, source in styles.items() if path.endswith(".css")},
        assets=assets,
    )
    return read, problems


def _below(files: Mapping[str, Read], start: str) -> dict[str, Read]:
    """What stands below a folder, by its path from there."""
    return {
        path.removeprefix(start): file for path, file in files.items() if path.startswith(start)
    }


def _is_read(path: str) -> bool:
    if path.startswith(TEMPLATES):
        return path.endswith(".html")
    return path == SETTINGS or path.startswith(ASSETS)


def _is_readme(path: str) -> bool:
    return path.rpartition("/")[2].upper().startswith("README")


def _stray(shown: str, path: str) -> Problem:
    """A file that lies beside where it would be read."""
    place = Place(Source(f"{shown}{path}"))
    name = path.rpartition("/")[2]
    folder = TEMPLATES if name.endswith(".html") else ASSETS
    right = SETTINGS if spellings.closest(name, [SETTINGS]) else f"{folder}{name}"
    hint = f"move it to {shown}{right}"
    return warning("unread-file", "nothing reads this file", place, hint)
