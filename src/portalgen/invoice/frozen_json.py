"""Frozen records as JSON in one form only, so that equal records have equal bytes.

Keys are sorted and indented by two spaces, numbers and days are strings, and what holds its
default is left out. A field added later with a default leaves every older text as it is.
"""

import json
import re
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def dumps(record: object) -> str:
    """Return a record as text, with one line end at its end."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def loads(kind: type[T], text: str) -> T:
    """Read the record that `dumps` wrote.

    Raises:
        ValueError: it is not exactly what `dumps` writes; the text says what.
    """
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    record: T = _read(kind, value, "")
    if dumps(record) != text:
        raise ValueError("not in its canonical form")
    return record


def _plain(value: object) -> object:
    if is_dataclass(value):
        said = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _plain(one) for field, one in said if one != field.default}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return format(value or abs(value), "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _read(kind: Any, value: Any, path: str) -> Any:
    """The value of that kind which a plain value stands for; `path` is where it stands."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, value, path)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _items(parts, value, path)
    if origin is Literal:
        _expect(value in parts, path, f"one of {', '.join(parts)}")
        return value
    if NoneType in parts:
        (inner,) = (part for part in parts if part is not NoneType)
        return None if value is None else _read(inner, value, path)
    return _single(kind, value, path)


def _single(kind: type, value: Any, path: str) -> object:
    _expect(isinstance(value, str), path, "a text")
    if kind is Decimal:
        _expect(_NUMBER.fullmatch(value), path, "a number")
        return Decimal(value)
    return date.fromisoformat(value) if kind is date else value


def _items(parts: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    """`tuple[X, ...]` takes any number of X; `tuple[X, X]` just two."""
    _expect(isinstance(value, list), path, "a list")
    if parts[-1] is not ...:
        _expect(len(value) == len(parts), path, f"a list of {len(parts)}")
    return tuple(_read(parts[0], item, f"{path}[{at}]") for at, item in enumerate(value))


def _record(kind: type, value: Any, path: str) -> object:
    _expect(isinstance(value, dict), path, "an object")
    known = _fields(kind)
    strange = sorted(value.keys() - known.keys())
    if strange:
        raise ValueError(f"{_joined(path, strange[0])} is not known")
    for name, (field, _) in known.items():
        if name not in value and field.default is MISSING:
            raise ValueError(f"{_joined(path, name)} is missing")
    return kind(**{n: _read(known[n][1], one, _joined(path, n)) for n, one in value.items()})


def _expect(holds: object, path: str, what: str) -> None:
    if not holds:
        raise ValueError(f"{path or 'the whole'} is not {what}")


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


@cache
def _fields(kind: type) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(kind)
    return {field.name: (field, hints[field.name]) for field in fields(kind)}
