"""What templates are handed, as docs/themes.md tells it: read from the views themselves."""

import ast
import dataclasses
import inspect
import re
import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from markupsafe import Markup

from portalgen.render.agreed import agreement
from portalgen.render.bill import bill_view
from portalgen.render.calendar import CalendarFile
from portalgen.render.corrections import corrections
from portalgen.render.dashboard import Dashboard
from portalgen.render.frame import Frame
from portalgen.render.glossary import terms_explained
from portalgen.render.handover import deliverables
from portalgen.render.in_force import in_force
from portalgen.render.journal import journal
from portalgen.render.news import News
from portalgen.render.overview import overview
from portalgen.render.plan import plan

TEMPLATES = Path(__file__).parents[1] / "src/portalgen/themes/default/templates"

PAGES: Mapping[str, Any] = {
    "agreement.html": in_force,
    "corrections.html": corrections,
    "dashboard.html": Dashboard,
    "deliverables.html": deliverables,
    "glossary.html": terms_explained,
    "index.html": overview,
    "invoice.html": bill_view,
    "journal.html": journal,
    "plan.html": plan,
    "spec.html": agreement,
}
"""Every template of a page, and what makes its `view`."""

EVERYWHERE: Mapping[str, type] = {"frame": Frame, "news": News, "calendar": CalendarFile}
"""What every page of a client has beside its view; the calendar only when there are dates."""

_WORDS: Mapping[Any, str] = {
    str: "text",
    int: "a number",
    bool: "yes or no",
    Markup: "HTML",
    date: "a date",
    Decimal: "an amount",
    type(None): "nothing",
}
_BLOCK = re.compile(r"{%-? block (\w+)")


def view_of(page: str) -> Any:
    """The type of a page's view."""
    made = PAGES[page]
    return made if isinstance(made, type) else get_type_hints(made)["return"]


def told() -> str:
    """The part of docs/themes.md that is written by `make accept`."""
    lines = ["\n| template | its `view` | its blocks |\n|---|---|---|\n"]
    lines += [
        f"| `{page}` | {_in_words(view_of(page))} | {_blocks(page)} |\n" for page in sorted(PAGES)
    ]
    lines.append("\nBeside its view, every page of a client has ")
    given = [f"`{name}`: {_in_words(kind)}" for name, kind in EVERYWHERE.items()]
    lines.append(f"{'; '.join(given)}. The blocks of every page are {_blocks('base.html')}.\n")
    for kind in sorted(_all_kinds(), key=_title):
        lines.append(f"\n### {_title(kind)}\n\n{_first(kind)}\n\n| field | it is |\n|---|---|\n")
        about = _about(kind)
        for name, hint in get_type_hints(kind).items():
            words = ": ".join(filter(None, (_in_words(hint), about.get(name, ""))))
            lines.append(f"| `{name}` | {words} |\n")
    return "".join(lines) + "\n"


def _blocks(template: str) -> str:
    found = _BLOCK.findall((TEMPLATES / template).read_text("utf-8"))
    return ", ".join(f"`{name}`" for name in dict.fromkeys(found))


def _title(kind: Any) -> str:
    """The class's name; with its room, where two rooms have one of that name."""
    same = [each for each in _all_kinds() if each.__name__ == kind.__name__]
    room = f" in {kind.__module__.rpartition('.')[2]}" if len(same) > 1 else ""
    return f"{kind.__name__}{room}"


def _all_kinds() -> Iterator[type]:
    return (kind for kind in handed() if dataclasses.is_dataclass(kind))


@cache
def handed() -> frozenset[type]:
    """Every class that a template of a page can meet."""
    waiting = [view_of(page) for page in PAGES] + list(EVERYWHERE.values())
    found: set[type] = set()
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and kind not in found:
            found.add(kind)
            waiting += get_type_hints(kind).values() if dataclasses.is_dataclass(kind) else ()
    return frozenset(found)


def _in_words(hint: Any) -> str:
    origin, given = get_origin(hint), [arg for arg in get_args(hint) if arg is not ...]
    if hint in _WORDS:
        return _WORDS[hint]
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in given)
    if origin in (Union, types.UnionType):
        return " or ".join(_in_words(arg) for arg in given)
    if origin is tuple and Ellipsis not in get_args(hint):
        return " and ".join(_in_words(arg) for arg in given)
    if origin is not None and issubclass(origin, Mapping):
        return f"{_in_words(given[1])} by {_in_words(given[0])}"
    if origin is not None:
        return f"a list of {_in_words(given[0])}"
    if not dataclasses.is_dataclass(hint):
        return str(hint.__name__)
    title = _title(hint)
    return f"[{title}](#{title.lower().replace(' ', '-')})"


def _first(kind: type) -> str:
    """The first paragraph of a class's docstring, in one line."""
    return " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())


def _about(kind: type) -> dict[str, str]:
    """What the class says of its fields: under `Attributes:`, or in a text below one."""
    _, _, listed = (inspect.getdoc(kind) or "").partition("Attributes:\n")
    found = dict(_listed(listed))
    body = ast.parse(inspect.cleandoc(inspect.getsource(kind))).body[0]
    fields: list[ast.stmt] = getattr(body, "body", [])
    for field, below in pairwise(fields):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            name, text = field.target, below.value
            if isinstance(name, ast.Name) and isinstance(text, ast.Constant):
                found[name.id] = _sentence(str(text.value))
    return found


def _listed(text: str) -> Iterator[tuple[str, str]]:
    for entry in re.split(r"\n(?=    \w)", f"\n{text}"):
        name, colon, about = entry.strip().partition(": ")
        if colon:
            yield name, _sentence(about)


def _sentence(text: str) -> str:
    return " ".join(text.split()).rstrip(".").replace("|", "\\|")
