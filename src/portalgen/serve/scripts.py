"""The scripts of the preview: the portals' own, less the lock, and what keeps pages current.

A page in clear is shown by the very scripts that show a page once it is unlocked. Only the files
that decrypt have others in their place. None of this is ever part of a portal that is built.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from portalgen.shell import Shell

_OPENING = ("20-shape.js", "50-words.js", "60-show.js")
"""What shows a page, of the scripts that open one."""
_OWN = ("list.js", "list.css")
_LIVE = "live.js"


@dataclass(frozen=True, slots=True)
class Scripts:
    """What shows a page in clear; `all` of it by name, among the assets of a portal."""

    show: str
    all: Mapping[str, bytes]


def scripts_for(shell: Shell) -> Scripts:
    """The scripts of a portal in clear, whose names change with their contents."""
    page, page_script = _hashed("page", _page_script())
    told = json.dumps({**shell.told, "page": page}, ensure_ascii=False)
    show, show_script = _hashed("show", f"const SHELL={told};\n{_show_script()}")
    return Scripts(show, {show: show_script, page: page_script})


@cache
def own_files() -> Mapping[str, tuple[str, bytes]]:
    """Scripts and style sheets of the preview itself: their published names and their contents."""
    texts = {name: _read(_folder("serve") / name) for name in _OWN} | {_LIVE: _live_script()}
    return {name: _hashed(name, text) for name, text in texts.items()}


def own_file(published: str) -> bytes | None:
    """What is published under that name."""
    return next((content for name, content in own_files().values() if name == published), None)


@cache
def _show_script() -> str:
    parts = {name: _read(_folder("lock") / name) for name in _OPENING}
    return _joined({**parts, "90-start.js": _read(_folder("serve") / "90-start.js")})


def _live_script() -> str:
    style = json.dumps(_read(_folder("serve") / "bar.css"))
    return (
        f"(() => {{\nconst BAR_STYLE={style};\n{_joined(_parts(_folder('serve') / 'live'))}}})();\n"
    )


def _parts(folder: Traversable) -> dict[str, str]:
    return {each.name: _read(each) for each in folder.iterdir() if each.name.endswith(".js")}


@cache
def _page_script() -> str:
    parts = _parts(_folder("page"))
    return _joined({**parts, "35-files.js": _read(_folder("serve") / "35-files.js")})


def _hashed(name: str, text: str) -> tuple[str, bytes]:
    stem, _, ending = name.partition(".")
    content = text.encode()
    return f"preview-{stem}-{sha256(content).hexdigest()[:12]}.{ending or 'js'}", content


def _joined(parts: Mapping[str, str]) -> str:
    """Scripts in the order of their names, as one; no name gets out (see tools/minify.mjs)."""
    return "(() => {\n" + "\n".join(parts[name] for name in sorted(parts)) + "\n})();\n"


def _folder(name: str) -> Traversable:
    root = files("portalgen")
    return root / "serve" / "browser" if name == "serve" else root / "browser" / name


def _read(file: Traversable) -> str:
    return file.read_text("utf-8")
