"""HTML that a page shows as text for a file without any marks."""

import re
from html.parser import HTMLParser

_BLOCKS = {"blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS |= {"hr", "ol", "p", "pre", "section", "table", "tr", "ul"}
_BLANKS = re.compile(r"[ \n\t]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """The words of a part of a page, a paragraph to each block and a dash before each item."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.rstrip() for line in "".join(reader.parts).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._as_written = 0
        """How many elements are open in which line ends count."""
        self._targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("  ")
        elif tag == "img":
            self.parts.append(said.get("alt") or "")
        elif tag == "a":
            self._targets.append(said.get("href") or "")
        self._as_written += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._as_written -= tag == "pre"
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a" and self._targets:
            target = self._targets.pop()
            if not target.startswith("#"):
                self.parts.append(f" ({target})")

    def handle_data(self, data: str) -> None:
        self.parts.append(data if self._as_written else _BLANKS.sub(" ", data))
