"""Base64url and JSON in the one form that docs/lock-format.md allows, where nothing can hide."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any


class EnvelopeError(ValueError):
    """Something is not what docs/lock-format.md allows; the text says what."""


def encode(data: bytes) -> str:
    """Return base64url without padding (RFC 7515 section 2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Read canonical base64url without padding; raises EnvelopeError for anything else."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise EnvelopeError("not base64url") from error
    if encode(data) != text:
        raise EnvelopeError("not canonical base64url")
    return data


def dump_json(value: object) -> str:
    """Return JSON in the only form that `load_json` takes: without white space."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def load_json(text: str | bytes) -> Any:
    """Read JSON that is written exactly as `dump_json` writes it.

    That rules out white space, repeated names and needless escapes. Raises EnvelopeError.
    """
    try:
        text = text if isinstance(text, str) else text.decode()
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EnvelopeError("not JSON") from error
    if dump_json(value) != text:
        raise EnvelopeError("not JSON in its shortest form")
    return value
