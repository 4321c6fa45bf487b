"""What was written, read again: it says what was asked, or it is not written."""

from collections.abc import Mapping

from portalgen.parse.front_matter import front_matter
from portalgen.problem import Source
from portalgen.scaffold.opening import NewError
from portalgen.scaffold.texts import Value
from portalgen.yaml_source import Mapping as YamlMapping
from portalgen.yaml_source import Node, Scalar, read_yaml
from portalgen.yaml_source import Sequence as YamlSequence

_TEXT = "text"


def refuse_other_entry(text: str, asked: Mapping[str, Value], body: str) -> None:
    """See that a Markdown file has those keys with a value, that body, and nothing else.

    Raises:
        NewError: a sign in it cannot stand in such a file.
    """
    node, problems = front_matter(Source("", text))
    wanted = {**asked, _TEXT: body} if body else asked
    _refuse_other(None if problems else node, wanted)


def refuse_other_item(text: str, asked: Mapping[str, Value]) -> None:
    """The same for the last entry of a list."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    node, problems = read_yaml(Source("", plain))
    items = node.items if isinstance(node, YamlSequence) and not problems else ()
    last = items[-1] if items else None
    _refuse_other(last if isinstance(last, YamlMapping) else None, asked)


def _refuse_other(node: YamlMapping | None, asked: Mapping[str, Value]) -> None:
    if node is None:
        raise _cannot_hold("this")
    said = {key.text: plain for key, value in node.entries if (plain := _plain(value))}
    wanted = {key: _wanted(value) for key, value in asked.items()}
    for key in said | wanted:
        if said.get(key) != wanted.get(key):
            raise _cannot_hold(key)


def _plain(node: Node | None) -> str | list[str]:
    """What a node says, without the spaces around it, which nobody sees."""
    if isinstance(node, YamlSequence):
        return [item.text for item in node.items if isinstance(item, Scalar)]
    return node.text.strip() if isinstance(node, Scalar) and not node.is_null else ""


def _wanted(value: Value) -> str | list[str]:
    return value.strip() if isinstance(value, str) else list(value)


def _cannot_hold(key: str) -> NewError:
    message = f"{key} has signs that cannot stand in such a file"
    return NewError(message, "say it in plain letters, and add the rest in the file by hand")
