"""The texts of new files, in the author's language, and how their holes are filled in.

A template stands in `texts/LANGUAGE/`, with holes such as `{{title}}`. What is put into one depends
on where it stands: in YAML a value is quoted when it has to be, in a comment it stays on its line,
in the body of a Markdown file, and in any other file, it is taken as it is.
"""

import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

from portalgen.problem import Source
from portalgen.yaml_source import Mapping as YamlMapping
from portalgen.yaml_source import Scalar, read_yaml
from portalgen.yaml_source import Sequence as YamlSequence

Value = str | tuple[str, ...]
"""A single value, or a list."""


class Yaml(str):
    """What is YAML already, and is put where it belongs as it is."""

    __slots__ = ()


_FALLBACK = "en"
_HOLE = re.compile(r"\{\{(?P<name>[a-z_]+)(?P<optional>\??)\}\}")
_ENDS = re.compile("[\\s\u0085\u2028\u2029]*[\\r\\n\\t\\v\\f\u0085\u2028\u2029][\\s]*")
_FENCE = "---"


def written(name: str, language: str, values: Mapping[str, Value]) -> str:
    """The text of a new file.

    Args:
        name: the template, such as `step.md`.
        language: an ISO 639-1 code; English stands in where it has no such template.
        values: what stands in each hole. Where it is empty, the key stays without a value; with
            a hole such as `{{title?}}`, the line goes.

    Raises:
        KeyError: a hole has no value.
        FileNotFoundError: there is no such template.
    """
    lines = _template(name, language).splitlines(keepends=True)
    yaml = _lines_of_yaml(name, lines)
    filled = (_filled(line, values, in_yaml=number in yaml) for number, line in enumerate(lines))
    return "".join(filled)


def one_line(text: str) -> str:
    """The text on one line, without spaces around it."""
    return _ENDS.sub(" ", text).strip()


def scalar(value: str, *, inside: bool = False) -> str:
    """A single value as YAML reads it back: bare when it can be.

    Args:
        inside: whether it stands between brackets or braces.
    """
    probe = f"a: [{value}]" if inside else f"a: {value}  # -"
    node, problems = read_yaml(Source("", probe))
    read = node.get("a") if isinstance(node, YamlMapping) and not problems else None
    if isinstance(read, YamlSequence):
        read = read.items[0] if inside and len(read.items) == 1 else None
    is_read = isinstance(read, Scalar) and read.plain and read.text == value and not read.is_null
    return value if is_read else json.dumps(value, ensure_ascii=False)


def flow(values: Sequence[str]) -> str:
    """A list on one line."""
    return f"[{', '.join(scalar(value, inside=True) for value in values)}]"


def _template(name: str, language: str) -> str:
    texts = files(__package__) / "texts"
    own = texts / language / name
    chosen = own if own.is_file() else texts / _FALLBACK / name
    return chosen.read_text("utf-8")


def _lines_of_yaml(name: str, lines: Sequence[str]) -> range:
    """The lines of a file that are YAML; of a Markdown file, its front matter."""
    if name.endswith((".yaml", ".yml")):
        return range(len(lines))
    bare = [line.rstrip() for line in lines]
    if not name.endswith(".md") or bare[:1] != [_FENCE]:
        return range(0)
    return range(bare.index(_FENCE, 1))


def _filled(line: str, values: Mapping[str, Value], *, in_yaml: bool) -> str:
    holes = list(_HOLE.finditer(line))
    if any(hole["optional"] and not values[hole["name"]] for hole in holes):
        return ""
    if not holes:
        return line
    filled = _HOLE.sub(lambda hole: _put(line[: hole.start()], values[hole["name"]], in_yaml), line)
    return filled.rstrip() + "\n" if in_yaml else filled


def _put(before: str, value: Value, in_yaml: bool) -> str:
    """What stands in a hole, by what stands before it on its line."""
    if isinstance(value, Yaml):
        return value
    if not in_yaml or "#" in before:
        said = value if isinstance(value, str) else ", ".join(value)
        return one_line(said) if in_yaml else said
    if not isinstance(value, str):
        return flow(value)
    return scalar(value, inside=any(sign in before for sign in "[{")) if value else ""
