"""What stands in the margins of an invoice on paper: CSS Paged Media Level 3, section 4."""

from portalgen.invoice.document import Document
from portalgen.render.scope import Scope


def paper_rules(scope: Scope, document: Document, title: str, *, draft: bool) -> str:
    """A style sheet for the page `invoice`: which invoice a sheet belongs to, which sheet it is,
    and on each that it is a draft, if so."""
    named = " ".join(filter(None, (title, document.number)))
    boxes = {
        "bottom-left": _quoted(f"{document.seller.name} – {named}"),
        "bottom-right": _counted(scope),
    }
    if draft:
        boxes["top-center"] = _quoted(scope.words.text("Draft: this is not an invoice"))
    rules = "".join(f"@{box}{{content:{content}}}" for box, content in boxes.items())
    return f"@page invoice{{{rules}}}"


def _counted(scope: Scope) -> str:
    """The text with its two counters in the order of the language."""
    text = scope.words.text("Page {page} of {pages}", page="\0page\0", pages="\0pages\0")
    parts = enumerate(text.split("\0"))
    return " ".join(f"counter({part})" if at % 2 else _quoted(part) for at, part in parts)


def _quoted(text: str) -> str:
    """A CSS string: all but letters, digits and spaces escaped, so that nothing ends it."""
    signs = (sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in text)
    return f'"{"".join(signs)}"'
