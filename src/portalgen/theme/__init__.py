"""Themes: the templates and assets that pages are made with.

A theme is a folder with `theme.yaml`, `templates/` and `assets/`. It holds only what it changes:
the rest comes from the theme that it extends, and in the end from the one inside the package. A
client's folder can change the theme once more, for that client's portal alone; docs/themes.md
describes all of it.
"""

from portalgen.theme.grounds import Ground, Grounds
from portalgen.theme.lineage import DEFAULT
from portalgen.theme.load import Asset, Theme, load_theme
from portalgen.theme.own import own_theme
from portalgen.theme.templates import ThemeError

__all__ = [
    "DEFAULT",
    "Asset",
    "Ground",
    "Grounds",
    "Theme",
    "ThemeError",
    "load_theme",
    "own_theme",
]
