"""What stands around the content of every page."""

from dataclasses import dataclass

from markupsafe import Markup

from portalgen.markdown import Attachment
from portalgen.render.scope import Link

ASSETS = "assets/"


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the portal, in its navigation."""

    text: str
    href: str
    is_current: bool
    events: str = ""
    """The events that the page tells: `ID#ANCHOR`, a space between."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says of itself, and the ways from it to others."""

    title: str
    studio: str
    project: str
    home: str
    tabs: tuple[Tab, ...]
    styles: tuple[str, ...]
    own_rules: Markup
    """CSS of this portal alone, which travels inside its pages."""
    logo: Attachment | None
    talk_to: tuple[Link, ...]
    glossary: Link | None = None
    """The way to the page of the terms, where one occurs in this portal."""
