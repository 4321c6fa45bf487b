"""Settings for VS Code and what is built like it: which schema each file of the content follows."""

import json
from collections.abc import Mapping

from portalgen.model.folder import CONTENT
from portalgen.schema import FOLDER

SETTINGS = ".vscode/settings.json"
EXTENSIONS = ".vscode/extensions.json"

_SCHEMAS = "yaml.schemas"
_YAML_EXTENSION = "redhat.vscode-yaml"
_FILES: Mapping[str, tuple[str, ...]] = {
    "studio": (f"{CONTENT}/studio.yaml",),
    "glossary": (f"{CONTENT}/glossary.yaml",),
    "access": (f"{CONTENT}/access.yaml", f"{CONTENT}/*/access.yaml"),
    "client": (f"{CONTENT}/*/client.yaml",),
    "steps": (f"{CONTENT}/*/steps.yaml",),
    "deliverables": (f"{CONTENT}/*/deliverables.yaml",),
    "updates": (f"{CONTENT}/*/updates.yaml",),
    "corrections": (f"{CONTENT}/*/corrections.yaml",),
    "amendments": (f"{CONTENT}/*/amendments.yaml",),
    "invoice": (f"{CONTENT}/*/invoice.yaml", f"{CONTENT}/*/invoices/*.yaml"),
    "theme": ("themes/*/theme.yaml", f"{CONTENT}/*/theme/theme.yaml"),
}


def editor_files() -> dict[str, str]:
    """The settings of a new workspace, by path."""
    settings = {_SCHEMAS: _mapping(), "[markdown]": {"editor.wordWrap": "on"}}
    return {
        SETTINGS: _json(settings),
        EXTENSIONS: _json({"recommendations": [_YAML_EXTENSION]}),
    }


def with_schemas(text: str) -> str | None:
    """Settings that say which schemas there are, and all that they said.

    Returns:
        None when they cannot be read as plain JSON: with comments in it, for one.
    """
    try:
        settings = json.loads(text)
        mapping = {**settings.get(_SCHEMAS, {}), **_mapping()}
    except (AttributeError, TypeError, ValueError):
        return None
    said = settings.get(_SCHEMAS) == mapping
    return text if said else _json({**settings, _SCHEMAS: mapping})


def _mapping() -> dict[str, list[str]]:
    return {f"./{CONTENT}/{FOLDER}/{name}.json": [*paths] for name, paths in _FILES.items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
