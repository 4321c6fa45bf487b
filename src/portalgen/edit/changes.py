"""The changes that can be made to a file, and the proof that nothing else was changed."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from portalgen.edit.items import Item, in_place_of_brackets, with_first, with_last
from portalgen.edit.keys import with_key, without_key
from portalgen.edit.layout import Layout, Path, laid_out
from portalgen.edit.values import Plain, Value, Written, plain, plain_of
from portalgen.yaml_source import Mapping, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Set:
    """A value at a path. A missing key is added behind the last of `after` that is there."""

    path: Path
    value: Value
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Add:
    """One more item at the end of the list at a path; the list is made when there is none."""

    path: Path
    item: Item
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """A key of a group of keys, with its value."""

    path: Path


Change = Set | Add | Remove


def changed(text: str, changes: Iterable[Change], end: str = "") -> str | None:
    """The text of a YAML file, without a BOM, with those changes made one after the other.

    Args:
        end: the line end of new lines; that of most lines by default.
    """
    for change in changes:
        layout = laid_out(text, end)
        edited = _spliced(layout, change) if layout else None
        reread = laid_out(edited) if edited is not None else None
        if layout is None or edited is None or reread is None:
            return None
        if plain(reread.root) != _applied(plain(layout.root), change):
            return None
        text = edited
    return text


def _spliced(layout: Layout, change: Change) -> str | None:
    if isinstance(change, Add):
        return _with_item(layout, change)
    keys, name = layout.at(change.path[:-1]), change.path[-1]
    is_whole_file = len(change.path) == 1 and layout.root is None
    if not isinstance(name, str) or not (isinstance(keys, Mapping) or is_whole_file):
        return None
    known = keys if isinstance(keys, Mapping) else None
    if isinstance(change, Set):
        return with_key(layout, known, name, change.value, change.after)
    return without_key(layout, known, name) if known else None


def _with_item(layout: Layout, change: Add) -> str | None:
    known = layout.at(change.path)
    is_new = isinstance(known, Sequence) and not known.items
    if not change.path:
        if layout.root is None:
            return with_first(layout, change.item)
        if isinstance(known, Sequence) and is_new:
            return in_place_of_brackets(layout, known, change.item)
    elif known is None or is_new or (isinstance(known, Scalar) and known.is_null):
        if isinstance(change.item, Written):
            return None
        return _spliced(layout, Set(change.path, (change.item,), change.after))
    return with_last(layout, known, change.item) if isinstance(known, Sequence) else None


def _applied(before: Plain, change: Change) -> Plain:
    """What a file has to say after a change."""
    if isinstance(change, Add) and not change.path:
        return [*(before if isinstance(before, list) else []), plain_of(change.item)]
    after: Plain = deepcopy(before) if before is not None else {}
    within: Any = after  # a path that was walked before
    for step in change.path[:-1]:
        within = within[step]
    name = change.path[-1]
    if isinstance(change, Remove):
        del within[name]
    elif isinstance(change, Set):
        within[name] = plain_of(change.value)
    else:
        known = within.get(name)
        within[name] = [*(known if isinstance(known, list) else []), plain_of(change.item)]
    return after
