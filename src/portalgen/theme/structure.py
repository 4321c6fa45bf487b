"""How templates build on each other: what they name, and the blocks that they replace.

Jinja2 passes over a block that no parent has, and a template that nobody asks for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from portalgen.model import spellings
from portalgen.problem import Place, Problem, Source, warning
from portalgen.theme.templates import (
    PARENT,
    Line,
    Templates,
    missing_template,
    nearest_template,
    syntax_of,
)

_NAMES_OTHERS = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What a template names and has.

    Attributes:
        names: other templates, with the line; an include that may be missing is left out.
        extends: the template that it extends, if that is a plain text.
        blocks: every block, with its line.
        outer: those of them that stand in no other block.
    """

    names: tuple[tuple[str, int], ...]
    extends: tuple[str, int] | None
    blocks: frozenset[str]
    outer: tuple[tuple[str, int], ...]


def check_structure(templates: Templates, numbers: range) -> Iterator[Problem]:
    """What is wrong between the templates of some themes of the line and those they build on."""
    if not numbers:
        return
    parsed = _all_parsed(templates)
    named = _named(templates.line, parsed)
    for (number, path), found in parsed.items():
        if number in numbers:
            source = templates.line.source(number, path)
            yield from _missing(templates.line, number, source, found)
            yield from _unread(templates.line, (number, path), named, source)
            yield from _chain(templates.line, (number, path), parsed)


Key = tuple[int, str]


def _all_parsed(templates: Templates) -> dict[Key, _Parsed]:
    """Every template that can be parsed, by the number of its theme and its path."""
    parsed = {}
    for number, sources in enumerate(templates.line.templates):
        for path, source in sources.items():
            try:
                parsed[number, path] = _parse(source)
            except (TemplateSyntaxError, RecursionError):
                continue  # told as such
    return parsed


@lru_cache(maxsize=256)
def _parse(source: Source) -> _Parsed:
    tree = syntax_of(source)
    found: Iterator[Any] = tree.find_all(_NAMES_OTHERS)
    named = [node for node in found if _is_plain(node)]
    names = [(node.template.value, node.lineno) for node in named]
    extends = [
        name for name, node in zip(names, named, strict=True) if isinstance(node, nodes.Extends)
    ]
    blocks = [(node.name, node.lineno) for node in tree.find_all(nodes.Block)]
    inner = {
        inside.name for node in tree.find_all(nodes.Block) for inside in node.find_all(nodes.Block)
    }
    outer = [(name, line) for name, line in blocks if name not in inner]
    return _Parsed(
        tuple(names), next(iter(extends), None), frozenset(name for name, _ in blocks), tuple(outer)
    )


def _is_plain(node: Any) -> bool:
    """Whether a template is named by a text, and has to be there."""
    is_text = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
    return is_text and not getattr(node, "ignore_missing", False)


def _named(line: Line, parsed: dict[Key, _Parsed]) -> set[Key]:
    """The templates that others name."""
    found = (line.find(name, key[0]) for key, each in parsed.items() for name, _ in each.names)
    return {key for key in found if key}


def _missing(line: Line, number: int, source: Source, found: _Parsed) -> Iterator[Problem]:
    for name, at in found.names:
        if line.find(name, number) is None:
            yield missing_template(name, Place(source, at), line.all_names())


def _unread(line: Line, key: Key, named: set[Key], source: Source) -> Iterator[Problem]:
    """A template that has no page, and that nobody names: its name is probably misspelt."""
    number, path = key
    older = sorted({name for each in line.templates[:number] for name in each})
    if path in older or key in named:
        return
    near = nearest_template(path, older)
    if near:
        hint = f"did you mean {near}?"
        yield Problem("unknown-template", "no page is made of this template", Place(source), hint)
    else:
        hint = "remove it, or name it in another"
        yield warning("unread-template", "no page is made of this template", Place(source), hint)


def _chain(line: Line, key: Key, parsed: dict[Key, _Parsed]) -> Iterator[Problem]:
    """A template that extends itself, or fills blocks that none of its parents has."""
    own = parsed[key]
    if own.extends is None:
        return
    source, inherited, seen = line.source(*key), set[str](), [key]
    extends: tuple[str, int] | None = own.extends
    while extends:
        found = line.find(extends[0], seen[-1][0])
        if found in seen:
            hint = f'write {{% extends "{PARENT}/{key[1]}" %}} for the one that it replaces'
            place = Place(source, own.extends[1])
            yield Problem("template-cycle", "this template extends itself", place, hint)
            return
        if found is None or found not in parsed:
            return  # told already
        seen.append(found)
        inherited |= parsed[found].blocks
        extends = parsed[found].extends
    for name, at in own.outer:
        if name not in inherited:
            yield _unknown_block(name, Place(source, at), inherited)


def _unknown_block(name: str, place: Place, known: set[str]) -> Problem:
    near = spellings.closest(name, sorted(known))
    hint = f'did you mean "{near}"?' if near else f"the blocks are: {', '.join(sorted(known))}"
    message = f'the template that this one extends has no block "{name}"'
    return Problem("unknown-block", message, place, hint)
