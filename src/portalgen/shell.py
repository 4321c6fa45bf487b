"""All of the output that is readable without a key: lock pages less their envelope, and assets.

It is made from the studio and the theme alone. Nothing about any client can be in it, because
nothing about any client is handed in.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from portalgen.headers import CSP, FILE, headers_file
from portalgen.language import Words, lock_words, message
from portalgen.model.page import INDEX
from portalgen.model.studio import Studio
from portalgen.problem import Place, Problem, Source
from portalgen.theme import Theme, ThemeError

ASSETS = "assets/"
_ENVELOPE = "{envelope}"
_LOCK_STYLESHEET = "lock.css"
_UNPACK = message(
    "Please unpack the whole archive first, then open this page there, in a current browser with "
    "JavaScript."
)
_BLANKS = re.compile(r"[ \n]+")
"""What a browser reads as one blank; a no-break space is none."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What every portal of a studio shares, by path inside the portal's folder."""

    assets: dict[str, bytes]
    front_page: dict[str, bytes]
    """What stands at the root of the output, above all portals."""
    told: Mapping[str, object]
    """What the script of the lock page is told of the studio and its theme, as `SHELL`."""
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
    return _shell(studio, theme, _scripts(studio, theme, "page"), "")


def make_archive_shell(studio: Studio, theme: Theme) -> Shell:
    """The shell of portals that are opened from the disk: their script has files beside it, and a
    page that was not unpacked with the others says so.

    Raises:
        ThemeError: the theme's lock page cannot be rendered.
    """
    notice = Words(studio.language).text(_UNPACK)
    shell = _shell(studio, theme, _scripts(studio, theme, "archive"), notice)
    assets = {path: content for path, content in shell.assets.items() if path != FILE}
    return replace(shell, assets=assets, front_page={})


def _shell(studio: Studio, theme: Theme, scripts: "_Scripts", notice: str) -> Shell:
    assets = {asset.hashed_name: asset.content for asset in theme.assets} | scripts.all
    published = {ASSETS + name: content for name, content in assets.items()}
    files = {**published, FILE: headers_file()}
    index = _lock_page(studio, theme, scripts.lock, ASSETS, notice)
    below = _lock_page(studio, theme, scripts.lock, f"../{ASSETS}", notice)
    front = _front_page(studio, theme)
    root = {"index.html": front, FILE: headers_file(), **named_in(front, published)}
    return Shell(files, root, scripts.told, _split(index), _split(below))


# --- scripts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scripts:
    """The scripts of a portal, by published name, and which of them the lock page loads."""

    all: dict[str, bytes]
    lock: str
    told: Mapping[str, object]


def _scripts(studio: Studio, theme: Theme, opened: str) -> _Scripts:
    """What opens a page, what works on it once it is open, and the words of each language.

    The lock page speaks the studio's language at once; the others are loaded by who needs them.
    `opened` is the bundle that works on an open page.
    """
    messages, spoken = _spoken()
    languages = {
        language: _hashed(f"words-{language}", _words_script(language, translations))
        for language, translations in spoken.items()
        if language != studio.language
    }
    page = _hashed("page", _minified(opened))
    told = {
        "form": _BLANKS.sub(" ", theme.render("lock-form.html", _public(studio))),
        "languages": {language: name for language, (name, _) in languages.items()},
        "messages": messages,
        "page": page[0],
        "styles": theme.styles,
        "words": {name: words for name, words in spoken.items() if name == studio.language},
    }
    lock = _hashed("lock", f"const SHELL={_json(told)};\n".encode() + _minified("lock"))
    return _Scripts(dict([lock, page, *languages.values()]), lock[0], told)


def _words_script(language: str, translations: Sequence[str]) -> bytes:
    return f"portalgen.words.learn({_json(language)},{_json(translations)});\n".encode()


def _spoken() -> tuple[list[str], dict[str, list[str]]]:
    """The messages in English, and for each other language its own in the same order."""
    words = lock_words()
    messages = list(next(iter(words.values())))
    translated = {language: [of[msgid] for msgid in messages] for language, of in words.items()}
    return messages, {name: texts for name, texts in translated.items() if texts != messages}


def _minified(bundle: str) -> bytes:
    """A script as `make script` made it."""
    return (files("portalgen") / "browser" / f"{bundle}.min.js").read_bytes()


def _hashed(stem: str, content: bytes) -> tuple[str, bytes]:
    """A script's published name, which changes with its content, and the content."""
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.js", content


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- pages ---------------------------------------------------------------------------------------


def named_in(text: bytes, published: dict[str, bytes]) -> dict[str, bytes]:
    """The assets that a page loads, and those that its style sheets do."""
    named = {path for path in published if path.rpartition("/")[2].encode() in text}
    sheets = b"".join(published[path] for path in named if path.endswith(".css"))
    named |= {path for path in published if path.rpartition("/")[2].encode() in sheets}
    return {path: content for path, content in published.items() if path in named}


def _lock_page(studio: Studio, theme: Theme, script: str, assets: str, notice: str) -> str:
    """A lock page less its envelope; `notice` is what it says where its script does not run."""
    return theme.render(
        "locked.html",
        {
            **_public(studio),
            "assets": assets,
            "script": script,
            "stylesheets": _lock_stylesheets(theme),
            "envelope": _ENVELOPE,
            "notice": notice,
        },
    )


def _front_page(studio: Studio, theme: Theme) -> bytes:
    context = {**_public(studio), "assets": ASSETS, "stylesheets": _lock_stylesheets(theme)}
    return theme.render("front.html", context).encode()


def _lock_stylesheets(theme: Theme) -> list[str]:
    return [asset.hashed_name for asset in theme.assets if asset.name == _LOCK_STYLESHEET]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a stranger may know of a studio. Templates never get a record: it can do too much."""

    name: str
    phone: str | None


def _public(studio: Studio) -> dict[str, object]:
    """What a stranger may know: the studio's language, and its name unless it says otherwise."""
    words = lock_words()[studio.language]
    return {
        "language": studio.language,
        "studio": _Known(studio.name, studio.phone) if studio.lock_page == "studio" else None,
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
