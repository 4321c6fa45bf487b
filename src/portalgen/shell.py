"""All of the output that is readable without a key: lock pages less their envelope, and assets.

It is made from the studio and the theme alone. Nothing about any client can be in it, because
nothing about any client is handed in.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files

from portalgen.headers import CSP, FILE, headers_file
from portalgen.language import lock_words
from portalgen.model.page import INDEX
from portalgen.model.studio import Studio
from portalgen.problem import Place, Problem, Source
from portalgen.theme import Theme, ThemeError

ASSETS = "assets/"
_ENVELOPE = "{envelope}"
_LOCK_STYLESHEET = "lock.css"
_MINIFIED = "portal.min.js"


@dataclass(frozen=True, slots=True)
class Shell:
    """What every portal of a studio shares, by path inside the portal's folder."""

    assets: dict[str, bytes]
    front_page: dict[str, bytes]
    """What stands at the root of the output, above all portals."""
    _index: tuple[bytes, bytes]
    _below: tuple[bytes, bytes]

    def around(self, page: str) -> tuple[bytes, bytes]:
        """The bytes of a page's file before and after its envelope."""
        return self._index if page == INDEX else self._below

    def lock_page(self, page: str, envelope: str) -> bytes:
        """The whole file of a locked page."""
        before, after = self.around(page)
        return before + envelope.encode() + after


def make_shell(studio: Studio, theme: Theme) -> Shell:
    """Make the shell once for all portals.

    Raises:
        ThemeError: the theme's lock page cannot be rendered.
    """
    script = _script()
    script_name = f"portal-{hashlib.sha256(script).hexdigest()[:12]}.js"
    assets = {ASSETS + asset.hashed_name: asset.content for asset in theme.assets}
    assets[ASSETS + script_name] = script
    files = {**assets, FILE: headers_file()}
    index = _lock_page(studio, theme, script_name, ASSETS)
    below = _lock_page(studio, theme, script_name, f"../{ASSETS}")
    front = _front_page(studio, theme)
    lock_style = {path: content for path, content in assets.items() if path in front.decode()}
    root = {"index.html": front, FILE: headers_file(), **lock_style}
    return Shell(files, root, _split(index), _split(below))


def _script() -> bytes:
    """The reader: the words it speaks, then the script that `make script` minified."""
    words = json.dumps(_spoken(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    script = (files("portalgen") / "browser" / _MINIFIED).read_text("utf-8")
    return f"const WORDS={words};\n{script}".encode()


def _spoken() -> dict[str, dict[str, str]]:
    """The words of each language, less those that are the same as their id."""
    return {
        language: {msgid: text for msgid, text in words.items() if text != msgid}
        for language, words in lock_words().items()
    }


def _lock_page(studio: Studio, theme: Theme, script: str, assets: str) -> str:
    return theme.render(
        "locked.html",
        {
            **_public(studio),
            "assets": assets,
            "script": script,
            "stylesheets": _lock_stylesheets(theme),
            "envelope": _ENVELOPE,
        },
    )


def _front_page(studio: Studio, theme: Theme) -> bytes:
    context = {**_public(studio), "assets": ASSETS, "stylesheets": _lock_stylesheets(theme)}
    return theme.render("front.html", context).encode()


def _lock_stylesheets(theme: Theme) -> list[str]:
    return [asset.hashed_name for asset in theme.assets if asset.name == _LOCK_STYLESHEET]


def _public(studio: Studio) -> dict[str, object]:
    """What a stranger may know: the studio's language, and its name unless it says otherwise."""
    words = lock_words()[studio.language]
    return {
        "language": studio.language,
        "studio": studio if studio.lock_page == "studio" else None,
        "csp": CSP,
        "_": words.__getitem__,
    }


def _split(page: str) -> tuple[bytes, bytes]:
    before, _, after = page.partition(_ENVELOPE)
    if not before.endswith('id="portalgen-lock">') or _ENVELOPE in after:
        message = "the template locked.html needs the data block with the envelope, once"
        hint = "copy that line from the default theme's locked.html"
        place = Place(Source("templates/locked.html"))
        raise ThemeError(Problem("template-error", message, place, hint))
    return before.encode(), after.encode()
