"""A page that needs no script: what the reader's script would do with it, done once and for all.

The attributes are those of docs/lock-format.md, "Showing". What no script can follow, such as the
reader's own day, stays as the page says it before any script runs.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

CSP = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self' data:",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""Content Security Policy: what stands in the archive, and nothing from elsewhere."""

_DEAD = {"data-copy", "data-forget", "data-lock", "data-print", "data-seen"}
"""Attributes of buttons for which there is nothing left to do."""
_UNKNOWN = {"data-device", "data-news", "data-news-status"}
"""Attributes of elements that only a reader's own device can fill."""
_KEPT = ("class", "id", "aria-label", "lang", "dir", "title")
"""Attributes that a button hands on to the link in its place."""
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
_GONE = "\x00"
"""Stands where something was taken out; no page holds this sign."""
_HOLLOW = re.compile(r"<(li|p|span|div)(?: [^<>]*)?>\s*\x00\s*</\1>\n?")
"""An element that held nothing but what was taken out."""

Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Still:
    """A document as it stands in the archive.

    Attributes:
        saved: texts that a button would have saved, by the names of their files.
    """

    html: str
    saved: Mapping[str, str] = field(default_factory=dict)


def still(html: str, root: str, find: Callable[[str], str | None], sealed: str) -> Still:
    """Make a document, or a part of one, that needs no script.

    Args:
        root: the way from it up to the archive's folder.
        find: from the path of a client's file to its path in the archive.
        sealed: what stands in the place of an access code.
    """
    rewriter = _Rewriter(root, find, sealed)
    rewriter.feed(html)
    rewriter.close()
    text = "".join(rewriter.parts)
    while (shorter := _HOLLOW.sub(_GONE, text)) != text:
        text = shorter
    return Still(text.replace(_GONE, ""), rewriter.saved)


class _Rewriter(HTMLParser):
    """Hands on what it reads, but for the elements that a script works on."""

    def __init__(self, root: str, find: Callable[[str], str | None], sealed: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.saved: dict[str, str] = {}
        self._root, self._find, self._sealed = root, find, sealed
        self._skipped: list[str] = []
        """The element that is left out, and those of its kind inside it."""
        self._links = 0
        """Buttons that became links and are still open."""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        said = {name: value or "" for name, value in attrs}
        raw = self.get_starttag_text() or ""
        if self._skipped:
            if tag == self._skipped[0]:
                self._skipped.append(tag)
        elif _is_left_out(tag, said):
            self.parts.append(_GONE)
            self._skip(tag)
        elif "data-seal" in said:
            self.parts.append(f"<span>{escape(self._sealed)}</span>")
            self._skip(tag)
        elif tag == "button" and ("data-file" in said or "data-save" in said):
            self.parts.append(self._link(said))
        elif tag == "img" and "data-file" in said:
            self.parts.append(self._picture(raw, said["data-file"]))
        else:
            self.parts.append(raw)
            if tag == "head":
                meta = f'<meta http-equiv="Content-Security-Policy" content="{CSP}">'
                self.parts.append(f"\n{meta}")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)
        else:
            self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[0]:
                self._skipped.pop()
        elif tag == "button" and self._links:
            self._links -= 1
            self.parts.append("</a>")
        else:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._add(f"<!{decl}>")

    def _add(self, text: str) -> None:
        if not self._skipped:
            self.parts.append(text)

    def _skip(self, tag: str) -> None:
        if tag not in _VOID:
            self._skipped.append(tag)

    def _link(self, said: Mapping[str, str]) -> str:
        """The link in place of a button that shows a file or hands it over."""
        self._links += 1
        if "data-save" in said:
            path: str | None = said["data-save"]
            self.saved[said["data-save"]] = said.get("data-text", "").replace("\n", "\r\n")
        else:
            path = self._find(said["data-file"])
        own = {name: said[name] for name in _KEPT if name in said}
        if path is not None:
            own["href"] = quote(f"{self._root}{path}")
        if "data-view" not in said:
            own["download"] = (path or "").rpartition("/")[2]
        return "<a" + "".join(f' {name}="{escape(value)}"' for name, value in own.items()) + ">"

    def _picture(self, raw: str, file: str) -> str:
        path = self._find(file)
        return f'<img src="{quote(f"{self._root}{path}")}"{raw[len("<img") :]}' if path else raw


def _is_left_out(tag: str, said: Mapping[str, str]) -> bool:
    """Whether an element is for a script alone, or for one reader among others."""
    names = said.keys()
    return (
        tag == "script"
        or (tag == "button" and not _DEAD.isdisjoint(names))
        or not _UNKNOWN.isdisjoint(names)
        or bool(said.get("data-reader"))
    )
