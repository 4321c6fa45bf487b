"""From a record to JSON Schema (draft 7), for the editors of authors: the keys, their forms.

Records are the only source: descriptions, forms and keys stand in `model`, beside the fields.
"""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from portalgen.model.input_forms import FORM, GROUPS, Form, group
from portalgen.model.record import BEGINS_WITH, Record

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest draft that the editors' YAML servers read without being told."""

_DEFINITION = "#/definitions/{model}"


def schema_of(model: type[Record]) -> JsonSchemaValue:
    """The schema of a file that holds one record."""
    made = model.model_json_schema(ref_template=_DEFINITION, schema_generator=_AsWritten)
    return _finished(made, made.pop("$defs", {}))


def list_schema_of(model: type[Record]) -> JsonSchemaValue:
    """The schema of a file that holds a list of records."""
    made = model.model_json_schema(ref_template=_DEFINITION, schema_generator=_AsWritten)
    definitions = {model.__name__: made, **made.pop("$defs", {})}
    items = {"$ref": _DEFINITION.format(model=model.__name__)}
    return _finished({"type": "array", "items": items}, definitions)


def schema_of_pairs(
    keys: Mapping[str, Form], described: str, others: Form | None = None
) -> JsonSchemaValue:
    """The schema of a file that holds no record: its keys, and what may stand under other keys."""
    made = {
        "type": "object",
        "properties": keys,
        "description": described,
        "additionalProperties": others or False,
    }
    return _finished(made, {})


class _AsWritten(GenerateJsonSchema):
    """What authors may write: without the titles and the defaults of our own records.

    A value that is not written yet is no mistake: `null` is accepted by each form.
    """

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        made.pop("title", None)
        made["description"] = made["description"].partition("\n\n")[0].replace("\n", " ")
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - theirs
        return False

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:  # noqa: ARG002 - theirs
        return value


def _finished(schema: JsonSchemaValue, records: Mapping[str, JsonSchemaValue]) -> JsonSchemaValue:
    """The schema of a file, with each form that its keys share defined once."""
    shared: dict[str, JsonSchemaValue] = {}
    root = _finish(schema, records, shared)
    definitions = {name: _finish(record, records, shared) for name, record in records.items()}
    return {"$schema": DIALECT, **root, "definitions": {**definitions, **shared}}


def _finish(schema: Any, records: Mapping[str, Any], shared: dict[str, Any]) -> Any:
    if isinstance(schema, list | tuple):
        return [_finish(part, records, shared) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _finish(value, records, shared) for key, value in schema.items()}
    made.pop(BEGINS_WITH, None)
    if schema.get("type") in tuple(GROUPS):
        made = {**_snippets(schema, records), **group(made)}
    name = made.pop(FORM, "")
    if not name:
        return made
    shared[name] = {"anyOf": made.pop("anyOf")}
    return {"$ref": _DEFINITION.format(model=name), **made}


def _snippets(schema: JsonSchemaValue, records: Mapping[str, Any]) -> JsonSchemaValue:
    """What an editor offers for one more entry of a list."""
    name = schema.get("items", {}).get("$ref", "").rpartition("/")[2]
    keys = records.get(name, {}).get(BEGINS_WITH, ())
    if not keys:
        return {}
    lists = [key for key, value in records[name]["properties"].items() if "items" in value]
    body = {
        key: f"^[${number}]" if key in lists else f"${number}" for number, key in enumerate(keys, 1)
    }
    label = f"one more: {', '.join(keys)}"
    described = records[name]["description"]
    snippet = {"label": label, "description": described, "type": "array", "body": body}
    return {"defaultSnippets": [snippet]}
