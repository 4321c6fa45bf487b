"""What a theme is made of: a workspace's own, or what a client's folder changes for one portal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portalgen.problem import Source

FOLDER = "theme"
"""The folder of a client's own theme, in that client's folder."""

SETTINGS = "theme.yaml"
TEMPLATES = "templates/"
ASSETS = "assets/"

PUBLIC_TEMPLATES = ("locked.html", "lock-form.html", "front.html")
"""What anyone can read: made for all portals at once, so it knows no client."""

LOCK, DASHBOARD = "lock.css", "dashboard.css"

PUBLIC_SHEETS = (LOCK, DASHBOARD)
"""Style sheets that the pages of a client never load."""


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """The files of one theme, as they were read.

    Attributes:
        path: its folder, from the workspace.
        settings: theme.yaml; an empty text when there is none.
        templates: by their path in `templates/`.
        sheets: style sheets, by their path in `assets/`.
        assets: everything else, by its path in `assets/`.
    """

    path: str
    settings: Source
    templates: Mapping[str, Source]
    sheets: Mapping[str, Source]
    assets: Mapping[str, bytes] = field(repr=False)
