"""Collections: one file for each entry, or one list; both give the same records."""

import re
from typing import Any, TypeVar

from portalgen.model.entry import Amendment, Correction, Deliverable, Entry, Step, Update
from portalgen.model.folder import Folder
from portalgen.model.values import path_segment
from portalgen.parse.front_matter import front_matter, with_value
from portalgen.parse.records import Problems, record_of
from portalgen.problem import Place, Problem, Source
from portalgen.yaml_source import Mapping, Scalar, Sequence, filled, read_yaml

E = TypeVar("E", bound=Entry)

_NUMBER = re.compile(r"^(?:(\d+)(?:[-_. ]+|$)|[A-Za-z]+(\d+)$)")
_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[-_. ]+|$)")

_MODELS: tuple[tuple[str, type[Entry]], ...] = (
    ("steps", Step),
    ("deliverables", Deliverable),
    ("updates", Update),
    ("corrections", Correction),
    ("amendments", Amendment),
)


def collections_of(folder: Folder) -> tuple[dict[str, Any], frozenset[str], Problems]:
    entries: dict[str, Any] = {}
    unread: set[str] = set()
    problems: Problems = []
    for name, model in _MODELS:
        nodes, found = _entry_nodes(folder, name)
        problems += found
        entries[name], lost, found = _entries(model, nodes)
        problems += found
        unread |= lost
    return entries, frozenset(unread), problems


def _entry_nodes(folder: Folder, name: str) -> tuple[list[Mapping], Problems]:
    """The raw entries of a collection, in order, each with its id."""
    listed = folder.texts.get(f"{name}.yaml")
    files = [path for path in folder.texts if path.startswith(f"{name}/")]
    if listed and files:
        hint = f"keep {name}.yaml or the folder {name}/, not both"
        return [], [Problem("both-forms", f"{name} are written twice over", Place(listed), hint)]
    if listed:
        return _listed_nodes(listed)
    problems: Problems = []
    nodes = []
    for path in sorted(files, key=file_order):
        source = folder.texts[path]
        if not path.endswith(".md"):
            hint = f"make it a Markdown file, or write all of them in {name}.yaml"
            message = f"an entry of {name} is a Markdown file"
            problems.append(Problem("wrong-ending", message, Place(source), hint))
            continue
        node, found = front_matter(source)
        problems += found
        nodes += [named_by_file(node, source, path)] if node else []
    return nodes, problems


def _listed_nodes(source: Source) -> tuple[list[Mapping], Problems]:
    found, problems = read_yaml(source)
    node = filled(found)
    if node is None:
        return [], problems
    if not isinstance(node, Sequence):
        message = "a list is expected here"
        hint = "begin each entry with a hyphen: - title: …"
        return [], [*problems, Problem("wrong-type", message, node.place, hint)]
    nodes = []
    for position, item in enumerate(node.items, 1):
        if isinstance(item, Mapping):
            nodes.append(_named_by_title(item, position))
        else:
            hint = "write - title: …"
            message = "keys are expected in each entry"
            problems.append(Problem("wrong-type", message, item.place, hint))
    return nodes, problems


def file_order(path: str) -> tuple[float, str]:
    """By the number in the file's name, then by name."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    found = None if _DATE.match(stem) else _NUMBER.match(stem)
    number = int(found[1] or found[2]) if found else float("inf")
    return number, stem


def named_by_file(node: Mapping, source: Source, path: str) -> Mapping:
    """Take from the file's name what its front matter leaves out: the id, and a date."""
    place = Place(source)
    dated = _DATE.match(path.rpartition("/")[2])
    if dated and path.startswith("updates/"):
        node = with_value(node, "on", Scalar(dated[1], place))
    return with_value(node, "id", Scalar(id_of(path), place))


def id_of(path: str) -> str:
    """The id that a file's name gives to an entry."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    found = _DATE.match(stem) or _NUMBER.match(stem)
    return stem[found.end() :] or stem if found else stem


def _named_by_title(node: Mapping, position: int) -> Mapping:
    """An id from the title; from the position in the list for what has none."""
    title = node.get("title")
    words = title.text.strip() if isinstance(title, Scalar) else ""
    slug = path_segment(words) or words or str(position)
    return with_value(node, "id", Scalar(slug, node.place, plain=False))


def _entries(model: type[E], nodes: list[Mapping]) -> tuple[tuple[E, ...], set[str], Problems]:
    entries: list[E] = []
    lost: set[str] = set()
    problems: Problems = []
    for node in nodes:
        entry, found = record_of(model, node, node.place.source)
        problems += found
        if entry is not None:
            entries.append(entry)
        elif isinstance(name := node.get("id"), Scalar):
            lost.add(name.text)
    if model is Update:
        entries.sort(key=lambda entry: entry.on if isinstance(entry, Update) else 0)
    return tuple(entries), lost, problems
