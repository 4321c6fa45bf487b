"""JSON Schemas for the editors of authors: they complete keys and values, explain and mark them.

They stand in the workspace, beside the content, so that an editor needs no network and speaks of
the fields that this portalgen knows.
"""

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from portalgen.model.access import Access
from portalgen.model.billing import Invoice
from portalgen.model.client import Client
from portalgen.model.entry import Amendment, Correction, Deliverable, Step, Update
from portalgen.model.input_forms import TEXT
from portalgen.model.json_schema import list_schema_of, schema_of, schema_of_pairs
from portalgen.model.record import Record
from portalgen.model.studio import Studio
from portalgen.theme.settings import KEYS as THEME_KEYS

__all__ = ["FOLDER", "NAMES", "modeline", "schemas"]

FOLDER = ".schemas"
"""Where they stand in content/; its name is hidden, so nothing in it is content."""

_RECORDS: Mapping[str, type[Record]] = {
    "studio": Studio,
    "client": Client,
    "invoice": Invoice,
    "access": Access,
}
_LISTS: Mapping[str, type[Record]] = {
    "steps": Step,
    "deliverables": Deliverable,
    "updates": Update,
    "corrections": Correction,
    "amendments": Amendment,
}
NAMES = (*_RECORDS, *_LISTS, "glossary", "theme")
"""The kinds of YAML files, by the names of their schemas."""


@cache
def schemas() -> Mapping[str, str]:
    """Every schema as JSON text, by the name of its file: `client.json`, `steps.json`…"""
    made = {name: schema_of(model) for name, model in _RECORDS.items()}
    made |= {name: list_schema_of(model) for name, model in _LISTS.items()}
    made |= {"glossary": _glossary(), "theme": _theme()}
    texts = {f"{name}.json": _json(made[name]) for name in NAMES}
    return MappingProxyType(texts)


def modeline(depth: int, name: str) -> str:
    """The first line of a YAML file, without its end, that tells editors where its schema is.

    Args:
        depth: folders between content/ and the file: 0 for studio.yaml, 1 for client.yaml.
        name: the kind of file, one of `NAMES`.
    """
    assert name in NAMES  # noqa: S101 - a kind of file of our own
    return f"# yaml-language-server: $schema={'../' * depth}{FOLDER}/{name}.json"


def _glossary() -> dict[str, Any]:
    described = "Terms that your clients may not know, each with what it means in plain words."
    return schema_of_pairs({}, described, others=TEXT)


def _theme() -> dict[str, Any]:
    names = {"type": "array", "items": TEXT}
    forms = {key: TEXT if key == "extends" else names for key in THEME_KEYS}
    keys = {key: {**forms[key], "description": says} for key, says in THEME_KEYS.items()}
    return schema_of_pairs(keys, "What a theme extends, and the style sheets that it brings.")


def _json(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
