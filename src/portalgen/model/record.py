"""What every record shares: it is frozen, knows its place, and refuses keys it does not know."""

from typing import Any, ClassVar, Self, get_args

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, PrivateAttr, model_validator

from portalgen.model.values import fail
from portalgen.problem import Place, Source
from portalgen.yaml_source import Mapping, Node, Scalar, Sequence, filled, quote_if_needed

_NOWHERE = Mapping((), Place(Source("")))


class Record(BaseModel):
    """One mapping of the content, converted key by key.

    Records are made from nodes of YAML only. A key without a value is a key left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    short_form: ClassVar[str | None] = None
    """The field that a single value stands for, when a whole mapping is not needed."""

    _node: Node = PrivateAttr(default_factory=lambda: _NOWHERE)

    @model_validator(mode="wrap")
    @classmethod
    def _from_node(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        record = handler(cls._fields_of(value))
        record._node = value  # noqa: SLF001 - the class's own, on the instance it just made
        return record

    @classmethod
    def empty(cls) -> Self:
        """The record of a group of keys that was left out."""
        return cls.model_validate(_NOWHERE)

    @classmethod
    def _fields_of(cls, node: Node) -> dict[str, Node]:
        if isinstance(node, Mapping):
            return {key.text: value for key, value in node.entries if filled(value) is not None}
        if isinstance(node, Scalar) and cls.short_form:
            return {cls.short_form: node}
        if isinstance(node, Sequence):
            fail("wrong-type", "a list stands where keys are expected", cls._example("…"))
        message = "a single value stands where keys are expected"
        fail("wrong-type", message, cls._example(quote_if_needed(node.text)))

    @classmethod
    def _example(cls, value: str) -> str:
        """How the keys are written, with the value under the one that was probably meant."""
        names = [info.alias or name for name, info in cls.model_fields.items()]
        wanted = [name for name, info in cls.model_fields.items() if info.is_required()]
        first = next((name for name in wanted if name not in ("id", "on")), names[0])
        rest = ", on: year-month-day" if "on" in wanted else ""
        return f"write {{{first}: {value}{rest}}}"

    def place(self, *path: str | int) -> Place:
        """The place of the value at that path, or of the nearest thing around it."""
        return find(self._node, path).place


def find(node: Node, path: tuple[str | int, ...]) -> Node:
    """Walk down a tree of nodes as far as the path leads."""
    for step in path:
        below: Node | None = None
        if isinstance(node, Mapping):
            below = node.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            below = node.items[step]
        if below is None:
            return node
        node = below
    return node


def keys_of(model: type[Record]) -> list[str]:
    """The keys of a record as an author writes them."""
    return [info.alias or name for name, info in model.model_fields.items()]


def model_at(model: type[Record], path: tuple[str | int, ...]) -> type[Record]:
    """The kind of record at a path of keys and positions."""
    for step in path:
        for name, info in model.model_fields.items():
            if step in (name, info.alias):
                model = record_in(info.annotation) or model
    return model


def record_in(annotation: Any) -> type[Record] | None:
    """The kind of record that a field holds, alone or in a list; None for any other field."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (record_in(part) for part in get_args(annotation))
    return next((record for record in found if record), None)
