"""Changes values of a YAML file, or of a Markdown file's front matter, in place.

Comments, order, quoting, empty lines and line ends stay as they are. A file is spliced, not written
anew, and the result is read again: it has to say what it said before, and what was asked, or there
is no result.
"""

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf

from portalgen.edit.changes import Add, Change, Remove, Set, changed
from portalgen.edit.items import Item
from portalgen.edit.layout import Path, common_end, lines_of
from portalgen.edit.values import Keys, Value, Written, block

__all__ = [
    "Add",
    "Change",
    "Item",
    "Keys",
    "Path",
    "Remove",
    "Set",
    "Value",
    "Written",
    "shown",
    "with_changes",
    "with_front_matter",
    "with_front_matter_changes",
    "with_item",
    "with_values",
]

_BOM = "\ufeff"
_FENCE = "---"


def with_changes(text: str, changes: Iterable[Change]) -> str | None:
    """The text of a YAML file with those changes made.

    Returns:
        None when the file cannot be read, or its layout leaves no safe way.
    """
    mark, bare = _marked(text)
    edited = changed(bare, changes)
    return None if edited is None else mark + edited


def with_values(text: str, values: MappingOf[str, Value], after: str) -> str | None:
    """The text of a YAML file with those values of its top level set.

    A value that is there is replaced. A key that is missing is added after the one before it in
    `values`, the first one after the key `after`, or at the top.

    Returns:
        None when the file cannot be read, or its layout leaves no safe way.
    """
    return with_changes(text, _in_turn(values, after))


def with_item(text: str, item: MappingOf[str, Value] | str) -> str | None:
    """The text of a list file, such as steps.yaml, with one more entry at its end.

    Args:
        item: its keys; or YAML of them with comments, in lines that end with \\n.

    Returns:
        None when the file is no list, cannot be read, or its layout leaves no safe way.
    """
    return with_changes(text, [Add((), Written(item) if isinstance(item, str) else item)])


def with_front_matter(text: str, values: MappingOf[str, Value], after: str) -> str | None:
    """The same as `with_values`, in the front matter of a Markdown file."""
    return with_front_matter_changes(text, _in_turn(values, after))


def with_front_matter_changes(text: str, changes: Iterable[Change]) -> str | None:
    """The text of a Markdown file with those changes made in its front matter.

    A file without front matter gets one. The body stays to the letter.

    Returns:
        None when the front matter cannot be read, or its layout leaves no safe way.
    """
    mark, bare = _marked(text)
    lines = lines_of(bare)
    end = common_end(lines)
    if not lines or lines[0].rstrip() != _FENCE:
        edited = changed("", changes, end)
        gap = end if lines and lines[0].strip() else ""
        return None if edited is None else f"{mark}---{end}{edited}---{end}{gap}{bare}"
    close = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if close is None:
        return None
    edited = changed("".join(lines[1:close]), changes, end)
    if edited is None or any(line.rstrip() == _FENCE for line in lines_of(edited)):
        return None
    return "".join((mark, lines[0], edited, *lines[close:]))


def shown(change: Change) -> str:
    """A change in words, to be made by hand."""
    name = str(change.path[-1]) if change.path else ""
    if isinstance(change, Remove):
        return f"(remove {name})"
    if isinstance(change, Set):
        return "\n".join(block(name, change.value, ""))
    if isinstance(change.item, Written):
        return change.item.text
    return "\n".join(block(name, (change.item,), ""))


def _in_turn(values: MappingOf[str, Value], after: str) -> list[Change]:
    anchors = (after, *values)
    return [Set((key,), value, (anchors[n],)) for n, (key, value) in enumerate(values.items())]


def _marked(text: str) -> tuple[str, str]:
    """The byte order mark of a text, if it has one, and the rest."""
    return (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
