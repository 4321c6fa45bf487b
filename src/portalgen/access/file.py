"""Changes an `access.yaml` in place: whatever else stands in it is kept to the letter."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from portalgen.envelope import PersonKeys
from portalgen.model.access import Access
from portalgen.parse.records import record_of
from portalgen.problem import Source
from portalgen.yaml_source import Mapping as YamlMapping
from portalgen.yaml_source import Node, Sequence, filled, quote, read_yaml

_HEAD = """\
# Who may open {what}. Written by portalgen; commit it.
# Every private key in it is locked under a passphrase that stands nowhere.
"""
_DASH = re.compile(r"(?P<indent> *)- +")


def new_file(what: str, keys: Mapping[str, str]) -> str:
    """An access file without people; `what` they may open stands in its comment."""
    lines = "".join(f"{name}: {quote(value)}\n" for name, value in keys.items())
    return f"{_HEAD.format(what=what)}{lines}people:\n"


def entry_of(
    name: str, granted: date, by: str | None, keys: PersonKeys, *, link: bool = False
) -> str:
    """A person, or a link of theirs, as an entry of the list."""
    return (
        f"- name: {quote(name)}\n"
        f"  kid: {quote(keys.kid)}\n"
        f"  granted: {granted.isoformat()}\n"
        + (f"  by: {quote(by)}\n" if by else "")
        + ("  link: yes\n" if link else "")
        + f"  read: {_key(keys.read)}\n"
        f"  sign: {_key(keys.sign)}\n"
        f"  locked: {keys.locked}\n"
    )


def edited(text: str, taken: Collection[str] = (), entry: str = "") -> str | None:
    """The text of a file without the entries of some kids, and with a new one if there is one.

    The new entry takes the place of the first that is taken, or stands at the end of the list.
    The result is read again: it says what it said before, and what was asked.

    Returns:
        None when the file cannot be read, or its layout leaves no safe way.
    """
    before = read_access(text)
    if before is None:
        return None
    after = _without(text, taken, entry) if taken else _with_last(text, entry)
    reread = read_access(after) if after is not None else None
    return after if reread and _is_asked(before, reread, taken, bool(entry)) else None


def _is_asked(before: Access, after: Access, taken: Collection[str], adds: bool) -> bool:
    """Whether nothing changed but those taken, and one more person in the right place."""
    people = [person.model_dump() for person in after.people]
    kids = [person.kid for person in before.people]
    if adds:
        place = min((kids.index(kid) for kid in taken), default=len(kids))
        added = people[place : place + 1]
        if not added or added[0]["kid"] in kids:
            return False
        people.remove(added[0])
    kept = [person.model_dump() for person in before.people if person.kid not in taken]
    return (after.portal, after.salt, people) == (before.portal, before.salt, kept)


def _with_last(text: str, entry: str) -> str | None:
    """The entry after the last one, or where the first one belongs."""
    node, end = _top(text), _line_end(text)
    people, key = node.get("people"), node.key("people")
    if key is None:
        return _ended(text, end) + _lines(f"people:\n{entry}", end)
    lines = text.split("\n")
    if filled(people) is None or people == Sequence((), people.place if people else key.place):
        line = key.place.line
        head = lines[line - 1].replace(" []", "", 1)
        rest = lines[line:] if any(lines[line:]) else [""]
        return "\n".join([*lines[: line - 1], head]) + "\n" + _lines(entry, end) + "\n".join(rest)
    if not isinstance(people, Sequence) or node.entries[-1][0] is not key:
        return None
    indent = _indent(lines, people.items[-1])
    return None if indent is None else _ended(text, end) + _lines(_indented(entry, indent), end)


def _without(text: str, taken: Collection[str], entry: str) -> str | None:
    """The text without the lines of some entries; comments between entries stay."""
    lines, end = text.split("\n"), _line_end(text)
    spans = list(_spans(_top(text), lines, taken))
    indents = [_indent(lines, item) for item, _ in spans]
    if not indents or None in indents:
        return None
    new = _lines(_indented(entry, indents[0] or ""), end).split("\n")[:-1]
    for item, last in reversed(spans):
        first = item.place.line - 1
        lines[first:last] = new if item is spans[0][0] else []
    return "\n".join(lines)


def _spans(
    node: YamlMapping, lines: list[str], taken: Collection[str]
) -> Iterator[tuple[Node, int]]:
    """The entries of those kids, each with the line after its last one, counted from 0."""
    people = node.get("people")
    items = people.items if isinstance(people, Sequence) else ()
    keys = [key.place.line for key, value in node.entries if value is not people]
    last_line = items[-1].place.line if items else 0
    after = min((line - 1 for line in keys if line > last_line), default=len(lines))
    ends = [*(item.place.line - 1 for item in items[1:]), after]
    for item, end in zip(items, ends, strict=True):
        kid = item.get("kid") if isinstance(item, YamlMapping) else None
        if getattr(kid, "text", None) in taken:
            yield item, _trimmed(lines, item.place.line, end)


def _trimmed(lines: list[str], least: int, end: int) -> int:
    """The end of an entry, without the empty lines, comments and marks that follow it."""
    while end > least and re.fullmatch(r"\s*(#.*|\.\.\.\s*)?", lines[end - 1]):
        end -= 1
    return end


def _top(text: str) -> YamlMapping:
    node, _ = read_yaml(Source("", text))
    assert isinstance(node, YamlMapping)  # noqa: S101 - it was read as a record before
    return node


def _indent(lines: list[str], item: Node) -> str | None:
    """What stands before the hyphen of an entry; None when it does not begin its line."""
    found = _DASH.fullmatch(lines[item.place.line - 1][: item.place.column - 1])
    return found["indent"] if found else None


def _indented(entry: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in entry.splitlines())


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _ended(text: str, end: str) -> str:
    """The text with an end to its last line."""
    return text if text.endswith("\n") else text + end


def _lines(text: str, end: str) -> str:
    return text.replace("\n", end)


def read_access(text: str) -> Access | None:
    """The access that a text holds; None when it has errors."""
    source = Source("access.yaml", text)
    node, problems = read_yaml(source)
    access, _ = record_of(Access, node, source)
    return None if problems else access


def _key(jwk: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{part}: {quote(value)}" for part, value in jwk.items()) + "}"
