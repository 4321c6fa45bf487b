"""Adds a person to an `access.yaml` in place: what stands in it already is kept to the letter."""

from collections.abc import Mapping
from datetime import date

from portalgen.envelope import PersonKeys
from portalgen.model.access import Access
from portalgen.parse.records import record_of
from portalgen.problem import Source
from portalgen.yaml_source import Mapping as YamlMapping
from portalgen.yaml_source import Sequence, filled, quote, read_yaml

_HEAD = """\
# Who may open {what}. Written by portalgen; commit it.
# Every private key in it is locked under a passphrase that stands nowhere.
"""


def new_file(what: str, keys: Mapping[str, str]) -> str:
    """An access file without people; `what` they may open stands in its comment."""
    lines = "".join(f"{name}: {quote(value)}\n" for name, value in keys.items())
    return f"{_HEAD.format(what=what)}{lines}people:\n"


def entry_of(name: str, granted: date, keys: PersonKeys) -> str:
    """A person as an entry of the list."""
    return (
        f"- name: {quote(name)}\n"
        f"  kid: {quote(keys.kid)}\n"
        f"  granted: {granted.isoformat()}\n"
        f"  read: {_key(keys.read)}\n"
        f"  sign: {_key(keys.sign)}\n"
        f"  locked: {keys.locked}\n"
    )


def with_person(text: str, entry: str) -> str | None:
    """The text of a file with one more person; None when its layout leaves no safe place for them.

    The result is read again: it says what it said before, and one person more.
    """
    before = read_access(text)
    after = _spliced(text, entry) if before else None
    reread = read_access(after) if after is not None else None
    if before is None or reread is None:
        return None
    same = (reread.portal, reread.salt) == (before.portal, before.salt)
    kept = [person.kid for person in before.people]
    return after if same and [person.kid for person in reread.people][:-1] == kept else None


def _spliced(text: str, entry: str) -> str | None:
    """The entry after the last one, or where the first one belongs."""
    node, _ = read_yaml(Source("", text))
    assert isinstance(node, YamlMapping)  # noqa: S101 - it was read as a record before
    end = "\r\n" if "\r\n" in text else "\n"
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
    dash = people.items[0].place.column - len("- ") - 1
    indented = "".join(f"{' ' * dash}{line}\n" for line in entry.splitlines())
    return _ended(text, end) + _lines(indented, end)


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
