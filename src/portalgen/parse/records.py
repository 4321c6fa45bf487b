"""From nodes to records: pydantic walks the structure, its errors become problems with places."""

from typing import Any, TypeVar

from pydantic import ValidationError

from portalgen.model import spellings
from portalgen.model.record import Record, find, keys_of, model_at
from portalgen.model.right_forms import RightForm
from portalgen.problem import Fix, Place, Problem, Source
from portalgen.yaml_source import Mapping, Node, Scalar, filled

R = TypeVar("R", bound=Record)
Problems = list[Problem]


def record_of(model: type[R], node: Node | None, source: Source) -> tuple[R | None, Problems]:
    """The record that a node holds; None, with every reason, when it does not hold one."""
    node = filled(node) or Mapping((), Place(source))
    try:
        return model.model_validate(node), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        return None, [_problem(model, node, dict(detail)) for detail in details]


def _problem(model: type[Record], node: Node, detail: dict[str, Any]) -> Problem:
    path: tuple[str | int, ...] = detail["loc"]
    if detail["type"] == "missing":
        return _missing_field(node, path)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, node, path)
    context = detail.get("ctx", {})
    message = context.get("message", detail["msg"])
    code = detail["type"] if "message" in context else "bad-value"
    value = find(node, path)
    fix = _right_value(value, context.get("right"))
    return Problem(code, message, value.place, context.get("hint", ""), fix=fix)


def _right_value(value: Node, right: RightForm | None) -> Fix | None:
    """The right form in the place of a value, or of a stretch of it, when that is on one line."""
    place = value.place
    written = place.source.line(place.line)[place.column - 1 :][: place.width]
    if right is None or not isinstance(value, Scalar) or written.strip("\"'") != value.text:
        return None
    is_whole = right.wrong == value.text.strip()
    after = right.right if is_whole else written.replace(right.wrong, right.right, 1)
    return Fix(place, written, after, right.assumes)


def _missing_field(node: Node, path: tuple[str | int, ...]) -> Problem:
    name = str(path[-1])
    around = find(node, path[:-1])
    key = around.key(name) if isinstance(around, Mapping) else None
    if key is not None:
        return Problem("missing-field", f'"{name}" has no value', key.place, "fill it in")
    place = around.place
    if name == "text":
        hint = "write it under the front matter, or in the key text of a list"
        return Problem("missing-field", "there is no text", Place(place.source), hint)
    where = Place(place.source, place.line, place.column, 1)
    return Problem("missing-field", f'"{name}" is missing', where, f"add {name}: …")


def _unknown_key(model: type[Record], node: Node, path: tuple[str | int, ...]) -> Problem:
    name = str(path[-1])
    around = find(node, path[:-1])
    key = around.key(name) if isinstance(around, Mapping) else None
    known = keys_of(model_at(model, path[:-1]))
    near = spellings.closest(name, known)
    hint = f'did you mean "{near}"?' if near else f"the keys here are: {', '.join(known)}"
    place = key.place if key else around.place
    fix = _right_key(around, key, near) if isinstance(around, Mapping) and key and near else None
    return Problem("unknown-key", f'"{name}" is not a key here', place, hint, fix=fix)


def _right_key(around: Mapping, key: Scalar, near: str) -> Fix | None:
    """The key in place of one in French or in capitals; what was mistyped is asked about."""
    alike = [other for other, _ in around.entries if spellings.translated(other.text, near)]
    place = key.place
    written = place.source.line(place.line)[place.column - 1 :][: place.width]
    is_sure = alike == [key] and written.strip("\"'") == key.text
    return Fix(place, written, near) if is_sure else None
