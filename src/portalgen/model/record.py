"""What every record shares: it is frozen, knows its place, and refuses keys it does not know."""

from collections.abc import Mapping as MappingOf
from typing import Any, ClassVar, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from portalgen.model.values import fail
from portalgen.problem import Place, Source
from portalgen.yaml_source import Mapping, Node, Scalar, Sequence, filled, quote_if_needed

BEGINS_WITH = "$begins_with"
"""In a schema that is being made, the keys that an editor offers together."""

_NOWHERE = Mapping((), Place(Source("")))


class Record(BaseModel):
    """One mapping of the content, converted key by key.

    Records are made from nodes of YAML only. A key without a value is a key left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    short_form: ClassVar[str | None] = None
    """The field that a single value stands for, when a whole mapping is not needed."""

    filled_in: ClassVar[tuple[str, ...]] = ()
    """Fields that the reader makes from something else, when an author leaves them out."""

    begins_with: ClassVar[tuple[str, ...]] = ()
    """Keys that an editor offers together for a new one."""

    _node: Node = PrivateAttr(default_factory=lambda: _NOWHERE)

    @model_validator(mode="wrap")
    @classmethod
    def _from_node(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        record = handler(cls._fields_of(value))
        record._node = value  # noqa: SLF001 - the class's own, on the instance it just made
        return record

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """What an editor is told: the keys as authors write them."""
        reference = handler(core)
        schema = handler.resolve_ref_schema(reference)
        required = [key for key in schema.get("required", ()) if key not in cls.filled_in]
        schema |= {"required": required, BEGINS_WITH: cls.begins_with}
        return cls._in_short(reference, schema["properties"])

    @classmethod
    def _in_short(cls, whole: JsonSchemaValue, _keys: MappingOf[str, Any]) -> JsonSchemaValue:
        """The form of a whole mapping, and the forms that may stand for it."""
        if cls.short_form is None:
            return whole
        form = {
            name: value for name, value in _keys[cls.short_form].items() if name != "description"
        }
        return {"anyOf": [form, whole]}

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
