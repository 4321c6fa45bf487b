"""Sets or removes one key of a group of keys, in place."""

import re

from portalgen.edit.layout import Layout
from portalgen.edit.values import Value, block, inline, scalar
from portalgen.yaml_source import Mapping, Node, Scalar

_LEAD = re.compile(r"(?: |- +)*")


def with_key(
    layout: Layout, keys: Mapping | None, key: str, value: Value, after: tuple[str, ...]
) -> str | None:
    """The text with a key set: replaced where it stands, or added behind the last of `after`."""
    if keys is None:
        return layout.inserted(len(layout.lines) + 1, block(key, value, ""))
    known = keys.key(key)
    old = keys.get(key)
    if known is None or old is None:
        return _added(layout, keys, key, value, after)
    if keys.flow:
        return _replaced_in_braces(layout, known, old, value)
    if not _begins_line(layout, keys, known):
        return None
    return _replaced(layout, known, old, value)


def without_key(layout: Layout, keys: Mapping, key: str) -> str | None:
    """The text without a key and its value; None when a comment would go with them."""
    names = [name.text for name, _ in keys.entries]
    if key not in names or len(names) == 1:
        return None
    position = names.index(key)
    known, old = keys.entries[position]
    if keys.flow:
        start, end = _pair(layout, keys, position)
        return None if layout.has_comment(keys, start, end) else layout.spliced(start, end, "")
    first, last = known.place.line, max(known.place.line, layout.last_line(old))
    start, end = layout.offset(first, 1), layout.offset(last + 1, 1)
    if layout.bare(first)[: known.place.column - 1].strip() or _hides_comment(layout, old, start):
        return None
    return layout.spliced(start, end, "")


def _hides_comment(layout: Layout, old: Node, start: int) -> bool:
    """Whether a comment stands beside a key, or inside its value."""
    last = layout.last_line(old)
    if layout.is_block(old):
        return layout.has_comment(old, start, layout.offset(last + 1, 1))
    behind = layout.bare(last)[old.end[1] - 1 :]
    return "#" in behind or layout.has_comment(old, start, layout.offset(*old.end))


def _pair(layout: Layout, keys: Mapping, position: int) -> tuple[int, int]:
    """A key, its value and one comma, between braces."""
    known, old = keys.entries[position]
    if position:
        before, value = keys.entries[position - 1]
        return layout.offset(*_end(before, value)), layout.offset(*_end(known, old))
    following = keys.entries[1][0].place
    return (
        layout.offset(known.place.line, known.place.column),
        layout.offset(following.line, following.column),
    )


def _end(key: Scalar, value: Node) -> tuple[int, int]:
    """Where a pair ends; without a value, right behind its colon."""
    if _is_left_out(value):
        return key.end[0], key.end[1] + 1
    return value.end


def _added(
    layout: Layout, keys: Mapping, key: str, value: Value, after: tuple[str, ...]
) -> str | None:
    anchor = next((pair for pair in reversed(keys.entries) if pair[0].text in after), None)
    if keys.flow:
        return _added_in_braces(layout, keys, f"{key}: {inline(value)}", anchor)
    first = keys.entries[0][0]
    lead = layout.bare(first.place.line)[: first.place.column - 1]
    if not _LEAD.fullmatch(lead):
        return None
    lines = block(key, value, " " * len(lead))
    if anchor is None and not lead.strip():
        return layout.inserted(first.place.line, lines)
    known, old = anchor or keys.entries[-1]
    return layout.inserted(max(known.place.line, layout.last_line(old)) + 1, lines)


def _added_in_braces(
    layout: Layout, keys: Mapping, pair: str, anchor: tuple[Scalar, Node] | None
) -> str:
    if anchor is None:
        rest = ", " if keys.entries else ""
        start = layout.offset(keys.place.line, keys.place.column) + 1
        return layout.spliced(start, start, f"{pair}{rest}")
    start = layout.offset(*_end(*anchor))
    return layout.spliced(start, start, f", {pair}")


def _replaced_in_braces(layout: Layout, key: Scalar, old: Node, value: Value) -> str | None:
    if _is_left_out(old):
        return _behind_colon(layout, key, f" {inline(value)}")
    start, end = layout.stretch(old)
    if layout.has_comment(old, start, end):
        return None
    return layout.spliced(start, end, inline(value))


def _replaced(layout: Layout, key: Scalar, old: Node, value: Value) -> str | None:
    """A key's value replaced, where the key has lines of its own."""
    indent = " " * (key.place.column - 1)
    first, *below = block(key.text, value, indent)
    if below:
        return _replaced_by_lines(layout, key, old, below, first[len(f"{indent}{key.text}:") :])
    if _is_left_out(old):
        return _behind_colon(layout, key, first[len(f"{indent}{key.text}:") :])
    new = scalar(value, _quotes(layout, old)) if isinstance(value, str) else inline(value)
    if not layout.is_block(old):
        start, end = layout.stretch(old)
        return None if layout.has_comment(old, start, end) else layout.spliced(start, end, new)
    return _in_place_of_block(layout, key, old, f" {new}")


def _replaced_by_lines(
    layout: Layout, key: Scalar, old: Node, below: list[str], mark: str
) -> str | None:
    """The value replaced by lines of its own; `mark` is what stands behind the colon."""
    lines = "".join(f"{layout.end}{line}" for line in below)
    if layout.is_block(old):
        return _in_place_of_block(layout, key, old, f"{mark}{lines}")
    stretch = _on_the_line(layout, key, old)
    if stretch is None:
        return None
    # a comment beside the key stays there, above the new lines
    start, stop = layout.offset(key.place.line, 1), layout.end_of(key.place.line)
    head, tail = layout.text[start : stretch[0]], layout.text[stretch[1] : stop]
    line = f"{head.rstrip()}{mark}{tail}" if mark else f"{head}{tail}"
    last = "" if stop < len(layout.text) else layout.end
    return layout.spliced(start, stop, f"{line.rstrip()}{lines}{last}")


def _on_the_line(layout: Layout, key: Scalar, old: Node) -> tuple[int, int] | None:
    """Where a value stands on the line of its key; None when it is not all there."""
    if _is_left_out(old):
        behind = layout.behind_colon(key)
        return None if behind is None else (behind, behind)
    start, end = layout.stretch(old)
    is_there = old.place.line == key.place.line == old.end[0]
    return (start, end) if is_there and not layout.has_comment(old, start, end) else None


def _in_place_of_block(layout: Layout, key: Scalar, old: Node, new: str) -> str | None:
    start, last = layout.behind_colon(key), layout.last_line(old)
    end = layout.end_of(last)
    if start is None or layout.has_comment(old, start, end):
        return None
    return layout.spliced(start, end, new)


def _is_left_out(value: Node) -> bool:
    """Whether nothing stands behind a key."""
    return isinstance(value, Scalar) and value.plain and not value.text


def _behind_colon(layout: Layout, key: Scalar, new: str) -> str | None:
    at = layout.behind_colon(key)
    return None if at is None else layout.spliced(at, at, new)


def _begins_line(layout: Layout, keys: Mapping, key: Scalar) -> bool:
    """Whether nothing but hyphens stands before a key, which `? key` would."""
    lead = layout.bare(key.place.line)[: key.place.column - 1]
    return bool(_LEAD.fullmatch(lead)) and (not lead.strip() or key is keys.entries[0][0])


def _quotes(layout: Layout, old: Node) -> str:
    """The quotes that a value stood in; none for one that was empty."""
    if not isinstance(old, Scalar) or old.plain or not old.text or layout.is_block(old):
        return ""
    return layout.text[layout.stretch(old)[0]]
