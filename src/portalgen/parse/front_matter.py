"""Markdown files: keys between two lines of three hyphens, and a body."""

from dataclasses import replace

from portalgen.parse.records import Problems
from portalgen.problem import Place, Problem, Source
from portalgen.yaml_source import Mapping, Node, Scalar, filled, read_yaml


def front_matter(source: Source) -> tuple[Mapping | None, Problems]:
    """The keys between two lines of three hyphens, and the body as the key `text`."""
    lines = source.text.split("\n")
    node: Node | None = None
    problems: Problems = []
    begin = 0
    if lines[0].rstrip() == "---":
        ends = [number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"]
        if not ends:
            hint = "end it with a line of three hyphens: ---"
            message = "the front matter has no end"
            return None, [Problem("open-front-matter", message, Place(source, 1, 1, 3), hint)]
        begin = ends[0] + 1
        node, problems = read_yaml(source, "\n".join(lines[1 : ends[0]]), first_line=2)
        if node is None and problems:
            return None, problems
    node = filled(node)
    if node is not None and not isinstance(node, Mapping):
        message = "the front matter is not made of keys"
        return None, [*problems, Problem("wrong-type", message, node.place, "write key: value")]
    keys = node or Mapping((), Place(source, 1))
    return _with_body(keys, source, "\n".join(lines[begin:]), begin + 1, problems), problems


def _with_body(keys: Mapping, source: Source, text: str, line: int, problems: Problems) -> Mapping:
    written = keys.key("text")
    if written is not None:
        hint = "in a Markdown file, the text comes after the front matter"
        message = '"text" is not a key of a Markdown file'
        problems.append(Problem("unknown-key", message, written.place, hint))
    if not text.strip():
        return keys
    place = Place(source, line)
    return with_value(keys, "text", Scalar(text, place, plain=False, first_line=line))


def with_value(keys: Mapping, name: str, value: Scalar) -> Mapping:
    """The mapping with a value that stands elsewhere, unless the author wrote one."""
    if filled(keys.get(name)) is not None:
        return keys
    kept = tuple(entry for entry in keys.entries if entry[0].text != name)
    return replace(keys, entries=(*kept, (replace(value, text=name), value)))
