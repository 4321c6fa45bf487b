"""The slips that a person makes in YAML, and the line as it was meant.

French puts a space before `:` and writes `1 800,00`; YAML gives `: `, ` #`, a comma inside
`{…}` and a leading quote or star a meaning of their own. This module knows the slips by their
text alone; the package asks it when libyaml gives up.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_PAIR = re.compile(r"^(?P<lead>\s*(?:- +)*[^\s#:\"'{\[][^:#\"]*?\s*:[ \t]+)(?P<value>\S.*?)\s*$")
_ITEM = re.compile(r"^(?P<lead>\s*- +)(?P<value>\S.*?)\s*$")
_HASH = re.compile(r"^\s*:?\s+(?=#[^\s#])")
_COLON = re.compile(r"\s?(?P<colon>:)(?=\s)")
_AMOUNT = re.compile(r"^[+-]?\d[\d\s.\u00a0\u202f]*,\s?\d+(\s?[%€$£])?$")
_FLOW_VALUE = re.compile(r"(?P<lead>[{,]\s*[\w ]+:\s+)(?P<value>[^{}\[\],\"']*?: [^{}\[\],\"']*)")

_FLOW_HASH = re.compile(r"(?P<lead>[{,]\s*[\w ]+:\s+)(?P<value>#[^\s,}\]]+)")
_CONFLICT = re.compile(
    r"^<{7} [^\n]*\n(?P<ours>.*?)^(?P<theirs>(?:\|{7}[^\n]*\n.*?)?={7}\r?\n.*?^>{7}[^\n]*)",
    re.MULTILINE | re.DOTALL,
)
_COLOUR = re.compile(r"(?P<colour>#(?:[0-9a-fA-F]{3}){1,2})(?:\s+#\s.*|\s*)$")
_CLOSED = re.compile(r"(?P<quote>[\"']).*?(?P=quote)(?:\s|$)")
"""A value whose first quote is closed further on."""
_LONGEST_LINE = 2000
"""Characters of a line that is looked at for slips; a longer one was not typed by hand."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A known slip: its place (line and column from 0) and the whole text without it."""

    code: str
    message: str
    line: int
    column: int
    width: int
    hint: str
    text: str
    is_sure: bool = False
    """Whether its line can only have been meant as it stands in that text."""


def quote(value: str) -> str:
    """The value between double quotes, as YAML reads it back."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def quote_if_needed(value: str) -> str:
    """The value as it may stand inside `{…}`: bare when nothing in it means anything to YAML."""
    return value if re.fullmatch(r"[\w.][\w .'’/()-]*", value) else quote(value)


def looks_like_amount(text: str) -> bool:
    """Whether a comma in the text is a decimal one."""
    return bool(_AMOUNT.match(text))


def colour_in(comment: str) -> str | None:
    """The colour that was taken for a comment, with nothing but a comment behind it."""
    found = _COLOUR.match(comment)
    return found["colour"] if found else None


def cut_by_hash(rest: str) -> int | None:
    """Where, in what follows a key or a value, a `#` glued to a word begins; None if nowhere."""
    found = _HASH.match(rest)
    return found.end() if found else None


def quoted_line(line: str) -> str:
    """The line `key: value` with its value in quotes, without its indentation."""
    return (_with_value_quoted(line) or line).strip()


def find(lines: Sequence[str], line: int, error_line: Callable[[str], int | None]) -> Slip | None:
    """The slip that explains why the text cannot be read past `line`.

    A correction counts only when the text can be read further with it: `error_line` gives the
    line at which a text fails, or None when it is fine.
    """
    conflict = _merge_conflict("\n".join(lines))
    if conflict:
        return conflict
    for number in (line, line - 1):
        if not 0 <= number < len(lines) or len(lines[number]) > _LONGEST_LINE:
            continue
        for mend, describe in _MENDS:
            mended = mend(lines[number])
            if mended is None or mended == lines[number]:
                continue
            text = "\n".join([*lines[:number], mended, *lines[number + 1 :]])
            failure = error_line(text)
            if failure is None or failure > line:
                return describe(lines[number], number, mended, text)
    return None


def _merge_conflict(text: str) -> Slip | None:
    """The marks of a merge that git could not finish; the text goes on with the first side."""
    found = _CONFLICT.search(text)
    if found is None:
        return None
    ours, line = found["ours"], text.count("\n", 0, found.start())
    # no line may go, so that what comes after stays where it is
    gone = "\n" * found["theirs"].count("\n")
    mended = f"{text[: found.start()]}\n{ours}{gone}{text[found.end() :]}"
    message = "a git merge left its marks here"
    hint = "keep one side, or both where they are entries of a list, and remove the three marks"
    return Slip("merge-conflict", message, line, 0, 7, hint, mended)


def _with_tabs_replaced(line: str) -> str | None:
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return indent.replace("\t", "  ") + line[len(indent) :] if "\t" in indent else None


def _without_tabs(line: str) -> str | None:
    """The line without its indentation, for a tab before a key of the outermost level."""
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return line[len(indent) :] if "\t" in indent else None


def _with_bracket_closed(line: str) -> str | None:
    found = _PAIR.match(line)
    if found is None or found["value"][0] not in "[{":
        return None
    return line.rstrip() + ("]" if found["value"][0] == "[" else "}")


def _indented(line: str) -> str | None:
    """A line without a key, as the continuation of the value above it."""
    return None if ":" in line or not line.strip() else "  " + line


def _with_value_quoted(line: str) -> str | None:
    found = _PAIR.match(line) or _ITEM.match(line)
    if found is None:
        return None
    value = found["value"]
    bare = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
    return found["lead"] + quote(bare)


def _with_flow_hash_quoted(line: str) -> str | None:
    """The line with each word of a `{…}` that begins with # put in quotes."""
    return _FLOW_HASH.sub(lambda m: m["lead"] + quote(m["value"]), line)


def _with_flow_quoted(line: str) -> str | None:
    """The line with each value of a `{…}` that holds a colon put in quotes."""
    return _FLOW_VALUE.sub(lambda m: m["lead"] + quote(m["value"].strip()), line)


def _describe_tab(line: str, number: int, _mended: str, text: str) -> Slip:
    message = "a tab indents this line; YAML wants spaces"
    hint = "replace the tab by two spaces, or by none for a key of its own"
    return Slip("tab-indent", message, number, line.index("\t"), 1, hint, text, is_sure=True)


def _describe_hash(line: str, number: int, mended: str, text: str) -> Slip:
    found = _FLOW_HASH.search(line)
    start, end = found.span("value") if found else (0, len(line))
    message = "what follows # is taken for a comment"
    hint = f"put the value in quotes:\n{mended.strip()}"
    is_sure = all(colour_in(word) for _, word in _FLOW_HASH.findall(line))
    return Slip("hash-in-value", message, number, start, end - start, hint, text, is_sure)


def _describe_bracket(line: str, number: int, mended: str, text: str) -> Slip:
    start = _value_start(line)
    message = f"the bracket {line[start]} is not closed"
    hint = f"close it:\n{mended.strip()}"
    is_sure = not line.rstrip().endswith((",", ":", "[", "{"))
    return Slip("open-bracket", message, number, start, 1, hint, text, is_sure)


def _describe_loose_line(line: str, number: int, _mended: str, text: str) -> Slip:
    start = len(line) - len(line.lstrip())
    message = "this line has no key"
    hint = "write key: value; to go on with the value above, indent the line by two spaces"
    return Slip("line-without-key", message, number, start, len(line.strip()), hint, text)


def _describe_value(line: str, number: int, mended: str, text: str) -> Slip:
    start = _value_start(line)
    value = line[start:].rstrip()
    hint = f"put the value in quotes:\n{mended.strip()}"
    colon = _COLON.search(value, value.find(":") + 1 if value[:1] == "{" else 0)
    if colon and value[0] not in "\"'":
        message = "a colon followed by a space begins a new key"
        column = start + colon.start("colon")
        return Slip("colon-in-value", message, number, column, 1, hint, text, is_sure=True)
    message = f"a value cannot begin with {value[:1]} and go on like this without quotes"
    is_sure = value[0] not in "\"'" or bool(_CLOSED.match(value))
    return Slip("value-to-quote", message, number, start, len(value), hint, text, is_sure)


def _value_start(line: str) -> int:
    found = _PAIR.match(line) or _ITEM.match(line)
    return len(found["lead"]) if found else 0


_MENDS: tuple[tuple[Callable[[str], str | None], Callable[[str, int, str, str], Slip]], ...] = (
    (_with_tabs_replaced, _describe_tab),
    (_without_tabs, _describe_tab),
    (_with_flow_hash_quoted, _describe_hash),
    (_with_bracket_closed, _describe_bracket),
    (_with_flow_quoted, _describe_value),
    (_with_value_quoted, _describe_value),
    (_indented, _describe_loose_line),
)
