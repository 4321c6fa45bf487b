"""Values as they are written into a YAML file, so that they are read back as they were meant."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from portalgen.problem import Source
from portalgen.yaml_source import Mapping, Node, Scalar, Sequence, quote, quote_if_needed, read_yaml

Value = str | MappingOf[str, "Value"] | tuple["str | Keys", ...]
"""A single value; keys with a value each; or a list of either."""

Keys = MappingOf[str, Value]

Plain = str | dict[str, "Plain"] | list["Plain"] | None
"""What a node says, wherever it stands and however it is quoted."""

_FULL_LINE = 72
"""Signs up to which a group of keys stands on one line, between braces."""
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = "\u00a0\u202f\u2009\u200c\u200d"
"""Spaces that do not break, and what joins letters and emoji: they stand in texts as they are."""


@dataclass(frozen=True, slots=True)
class Written:
    """A group of keys as YAML, with its comments, without indent; its lines end with \\n."""

    text: str


def read(text: str) -> tuple[Node | None, bool]:
    """The document, and whether it can be read without any problem."""
    node, problems = read_yaml(Source("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return node, not problems


def plain(node: Node | None) -> Plain:
    """What a node says. Empty lines at the end of a text in lines of its own say nothing."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if node is None or node.is_null:
        return None
    return node.text.rstrip("\n") if node.first_line > node.place.line else node.text


def plain_of(value: Value | Written) -> Plain:
    """What a value will say once it is written and read again."""
    if isinstance(value, Written):
        return plain(read(value.text)[0])
    if isinstance(value, str):
        return value.rstrip("\n") if "\n" in value else value
    if isinstance(value, tuple):
        return [plain_of(item) for item in value]
    return {key: plain_of(item) for key, item in value.items()}


def block(key: str, value: Value, indent: str) -> list[str]:
    """The lines, without their ends, in which a key and its value stand by themselves."""
    if isinstance(value, str):
        return _text(f"{indent}{key}:", value, indent)
    if isinstance(value, tuple):
        if all(isinstance(item, str) for item in value):
            return [f"{indent}{key}: {inline(value)}"]
        items = (item_lines(item, f"{indent}  ", wide=False) for item in value)
        return [f"{indent}{key}:", *(line for lines in items for line in lines)]
    inner = (line for k, v in value.items() for line in block(k, v, f"{indent}  "))
    return [f"{indent}{key}:", *inner]


def item_lines(item: str | Keys | Written, indent: str, *, wide: bool, gap: int = 1) -> list[str]:
    """The lines of one more item of a list.

    Args:
        wide: whether its keys stand on lines of their own, however short they are.
        gap: spaces behind the hyphen.
    """
    lead = f"{indent}-{' ' * gap}"
    if isinstance(item, str):
        return _text(lead.rstrip(" "), item, indent, lead)
    if isinstance(item, Written):
        lines = item.text.rstrip("\n").split("\n")
    else:
        whole = inline(item)
        is_short = len(whole) <= _FULL_LINE and "\\n" not in whole
        if not wide and is_short:
            return [f"{lead}{whole}"]
        lines = [line for key, value in item.items() for line in block(key, value, "")]
    below = f"{indent} {' ' * gap}"
    return [f"{lead}{lines[0]}", *(f"{below}{line}" if line else "" for line in lines[1:])]


def _text(lead: str, value: str, indent: str, item: str = "") -> list[str]:
    """A single value behind its key or hyphen; one of several lines stands below, as it is."""
    lines = value.rstrip("\n").split("\n")
    is_simple = all(line == line.rstrip() and _is_text(line) for line in lines)
    if len(lines) == 1 or not is_simple or lines[0][:1] in ("", " "):
        return [f"{item or f'{lead} '}{scalar(value)}"]
    mark = "|" if value.endswith("\n") else "|-"
    return [f"{lead} {mark}", *(f"{indent}  {line}" if line else "" for line in lines)]


def inline(value: Value) -> str:
    """The value as it stands on one line, and inside `{…}` and `[…]`."""
    if isinstance(value, str):
        return _in_flow(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(inline, value))}]"
    return f"{{{', '.join(f'{key}: {inline(item)}' for key, item in value.items())}}}"


def scalar(value: str, quoted: str = "") -> str:
    """One value behind its key, bare when it can be; in its author's quotes when it had some.

    Empty lines at its end go: they say nothing.
    """
    value = value.rstrip("\n")
    if quoted == "'" and _is_text(value):
        escaped = value.replace("'", "''")
        return f"'{escaped}'"
    if quoted or not _is_read(f"a: {value}", value):
        return _quoted(value)
    return value


def _in_flow(value: str) -> str:
    value = value.rstrip("\n")
    bare = quote_if_needed(value)
    return bare if _is_read(f"{{a: {bare}}}", value) else _quoted(value)


def _is_read(text: str, value: str) -> bool:
    """Whether `a` is read back as that value, and nothing else is read."""
    if not _is_text(value):
        return False
    node, is_right = read(text)
    found = node.get("a") if isinstance(node, Mapping) and is_right else None
    return isinstance(found, Scalar) and found.text == value and not found.is_null


def _is_text(value: str) -> bool:
    return all(sign.isprintable() or sign in _UNSEEN for sign in value)


def _quoted(value: str) -> str:
    written = quote(value)
    return "".join(_ESCAPES.get(sign) or _printable(sign) for sign in written)


def _printable(sign: str) -> str:
    code = ord(sign)
    if _is_text(sign):
        return sign
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - \u has four
