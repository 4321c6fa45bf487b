"""Sets values in a YAML file in place: comments, order, quoting and line ends stay as they are.

The file is spliced, not written anew, and the result is read again: it has to say what it said
before, and what was asked, or there is no result.
"""

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

from portalgen.problem import Source
from portalgen.yaml_source import Mapping, Node, Scalar, quote, quote_if_needed, read_yaml
from portalgen.yaml_source import Sequence as NodeSequence

Value = str | MappingOf[str, str | tuple[str, ...]]
"""A single value; or keys with a single value, or a list, each."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BETWEEN = re.compile(r"\s*(#.*|\.\.\.\s*)?")
_EMPTY_KEYS = re.compile(r"\{\s*\}")
_BOM = "\ufeff"


def with_values(text: str, values: MappingOf[str, Value], after: str) -> str | None:
    """The text of a file with those values of its top level set.

    A value that is there, on one line, or empty, is replaced. A key that is missing is added after
    the one before it in `values`, the first one after the key `after`, or at the top.

    Returns:
        None when the file cannot be read, or its layout leaves no safe way.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    before, edited = _top(text.removeprefix(_BOM)), text.removeprefix(_BOM)
    for key, value in values.items():
        done = _set(edited, key, value, after)
        if done is None:
            return None
        edited, after = done, key
    reread = _top(edited)
    if before is None or reread is None or not _is_asked(before, reread, values):
        return None
    return mark + edited


@dataclass(frozen=True, slots=True)
class _Layout:
    """A file, line by line, and what it says."""

    lines: SequenceOf[str]
    node: Mapping

    @property
    def end(self) -> str:
        """The line end that most lines of the file have."""
        ends = [line[len(line.rstrip("\r\n")) :] for line in self.lines]
        return max(("\n", "\r\n", "\r"), key=ends.count)

    @property
    def is_flow(self) -> bool:
        """Whether its keys stand between braces."""
        place = self.node.place
        return self.lines[place.line - 1][place.column - 1 :].startswith("{")

    def spliced(self, line: int, start: int, width: int, new: str, below: str = "") -> str:
        """The text with a stretch of one line replaced (from 0), and more lines below it."""
        whole = self.lines[line]
        bare = whole.rstrip("\r\n")
        end = whole[len(bare) :] or (self.end if below else "")
        changed = f"{bare[:start]}{new}{bare[start + width :]}".rstrip()
        return "".join((*self.lines[:line], changed, end, below, *self.lines[line + 1 :]))

    def inserted(self, line: int, new: str) -> str:
        """The text with new lines before that one, counted from 0."""
        head = "".join(self.lines[:line])
        if head and not head.endswith(("\r", "\n")):
            head += self.end
        return "".join((head, new, *self.lines[line:]))


def _top(text: str) -> Mapping | None:
    node, problems = read_yaml(Source("", re.sub(r"\r\n?", "\n", text)))
    return node if isinstance(node, Mapping) and not problems else None


def _set(text: str, key: str, value: Value, after: str) -> str | None:
    node = _top(text)
    if node is None:
        return None
    layout = _Layout(_LINE.findall(text), node)
    known = node.key(key)
    if known is None:
        return _added(layout, key, value, after)
    return _replaced(layout, known, value)


def _added(layout: _Layout, key: str, value: Value, after: str) -> str | None:
    place = layout.node.place
    if layout.is_flow:
        rest = ", " if layout.node.entries else ""
        return layout.spliced(place.line - 1, place.column, 0, f"{key}: {_inline(value)}{rest}")
    first = layout.node.entries[0][0].place
    indent = layout.lines[first.line - 1][: first.column - 1]
    if indent.strip():
        return None
    anchor = layout.node.key(after)
    line = _end_of(layout, anchor) if anchor else first.line - 1
    return layout.inserted(line, _block(key, value, indent, layout.end))


def _replaced(layout: _Layout, key: Scalar, value: Value) -> str | None:
    old = layout.node.get(key.text)
    stretch = _stretch(layout, key, old)
    if stretch is None:
        return None
    line, start, width = stretch
    space = "" if width else " "
    if layout.is_flow or isinstance(value, str):
        return layout.spliced(line, start, width, space + _inline(value))
    indent = " " * (key.place.column - 1)
    below = _block(key.text, value, indent, layout.end).split(layout.end, 1)[1]
    return layout.spliced(line, start, width, "", below)


def _stretch(layout: _Layout, key: Scalar, old: Node | None) -> tuple[int, int, int] | None:
    """Where a value stands: its line and column from 0, and its width; None when not on one line.

    For a key without a value, that is behind its colon.
    """
    if isinstance(old, Scalar) and old.text == "" and old.plain:
        line = layout.lines[key.place.line - 1]
        colon = line.find(":", key.place.column - 1 + key.place.width)
        return None if colon < 0 else (key.place.line - 1, colon + 1, 0)
    if old is None or old.place.line != key.place.line:
        return None
    start = old.place.column - 1
    if isinstance(old, Mapping) and not old.entries:
        found = _EMPTY_KEYS.match(layout.lines[old.place.line - 1], start)
        return (old.place.line - 1, start, len(found[0])) if found else None
    is_single = isinstance(old, Scalar) and old.first_line == old.place.line
    return (old.place.line - 1, start, old.place.width) if is_single else None


def _end_of(layout: _Layout, key: Scalar) -> int:
    """The line after the value of a key, without the empty lines and comments that follow."""
    below = [k.place.line for k, _ in layout.node.entries if k.place.line > key.place.line]
    end = min(below) - 1 if below else len(layout.lines)
    while end > key.place.line and _BETWEEN.fullmatch(layout.lines[end - 1].rstrip("\r\n")):
        end -= 1
    return end


def _block(key: str, value: Value, indent: str, end: str) -> str:
    if isinstance(value, str):
        return f"{indent}{key}: {_scalar(value)}{end}"
    lines = [f"{indent}{key}:", *(f"{indent}  {k}: {_item(v)}" for k, v in value.items())]
    return "".join(f"{line}{end}" for line in lines)


def _inline(value: Value) -> str:
    if isinstance(value, str):
        return _scalar(value)
    return f"{{{', '.join(f'{key}: {_item(item)}' for key, item in value.items())}}}"


def _item(value: str | tuple[str, ...]) -> str:
    return _scalar(value) if isinstance(value, str) else f"[{', '.join(map(_scalar, value))}]"


def _scalar(value: str) -> str:
    """The value as YAML reads it back, bare when it can be."""
    bare = quote_if_needed(value)
    node, problems = read_yaml(Source("", f"{{a: {bare}}}"))
    read = node.get("a") if isinstance(node, Mapping) and not problems else None
    is_read = isinstance(read, Scalar) and read.text == value and not read.is_null
    return bare if is_read else quote(value)


def _is_asked(before: Mapping, after: Mapping, values: MappingOf[str, Value]) -> bool:
    """Whether nothing changed but the values that were asked for."""
    kept = [(key.text, _plain(value)) for key, value in before.entries if key.text not in values]
    found = [(key.text, _plain(value)) for key, value in after.entries]
    wanted = {key: _wanted(value) for key, value in values.items()}
    return {key: value for key, value in found if key in values} == wanted and kept == [
        pair for pair in found if pair[0] not in values
    ]


def _plain(node: Node) -> object:
    """What a node says, wherever it stands."""
    if isinstance(node, Mapping):
        return tuple((key.text, _plain(value)) for key, value in node.entries)
    if isinstance(node, NodeSequence):
        return [_plain(item) for item in node.items]
    return None if node.is_null else node.text


def _wanted(value: Value) -> object:
    if isinstance(value, str):
        return value
    return tuple((k, v if isinstance(v, str) else list(v)) for k, v in value.items())
