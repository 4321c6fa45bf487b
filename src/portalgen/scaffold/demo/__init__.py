"""A whole invented client, with dates around the day on which it is written.

Its files are those of a real client. A date is written as days from today, such as `{{-12}}` or
`{{+6}}`; an update's name begins with how many days ago it was.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from portalgen.model.studio import Studio
from portalgen.schema import modeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Who is invented.

    Attributes:
        studio, owner: names for a studio that has none yet.
        email: of that studio.
        folder: the client's.
        contact: the id of its first contact.
        seal, code: an access code of theirs, and its name.
    """

    studio: str
    owner: str
    email: str
    folder: str
    contact: str
    seal: str
    code: str


_DEMOS: Mapping[str, Demo] = {
    "en": Demo(
        studio="Studio Wren",
        owner="Nora Wren",
        email="hello@studio-wren.example",
        folder="larkspur-books",
        contact="hannah",
        seal="domain-name",
        code="invented, as all of this is",
    ),
    "fr": Demo(
        studio="Atelier Lucie Ferrand",
        owner="Lucie Ferrand",
        email="bonjour@atelier-ferrand.example",
        folder="librairie-l-encrier-bleu",
        contact="helene",
        seal="nom-de-domaine",
        code="inventé, comme tout le reste",
    ),
}
_FALLBACK = "en"

_DAY = re.compile(r"\{\{([+-]\d+)\}\}")
_AGO = re.compile(r"^(\d+)-days-ago")
_TEXTS = (".md", ".yaml")
_SATURDAY = 5


def demo_in(language: str) -> Demo:
    """The invented client of a language; the English one where it has none."""
    return _DEMOS[_spoken(language)]


def is_invented(studio: Studio) -> bool:
    """Whether a studio still says how to reach one that is invented."""
    return studio.email in {demo.email for demo in _DEMOS.values()}


def demo_files(language: str, today: date) -> dict[str, bytes]:
    """The files of the invented client and its glossary, by their paths in content/."""
    made = {}
    for path, file in _walk(files(__package__) / _spoken(language), PurePosixPath()):
        content = file.read_bytes()
        if path.suffix in _TEXTS:
            content = _text(path, content.decode(), today).encode()
        made[str(path.with_name(_dated(path.name, today)))] = content
    return made


def day(today: date, offset: int) -> date:
    """A day near today that is no weekend: the Friday before in the past, else the Monday after.

    Days keep their order, and what lies behind or ahead of today stays there.
    """
    wanted = today + timedelta(offset)
    beyond = wanted.weekday() - _SATURDAY
    if beyond < 0:
        return wanted
    return wanted + timedelta(2 - beyond if offset > 0 else -1 - beyond)


def _spoken(language: str) -> str:
    return language if language in _DEMOS else _FALLBACK


def _walk(folder: Traversable, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        inside = path / entry.name
        if entry.is_dir():
            yield from _walk(entry, inside)
        else:
            yield inside, entry


def _text(path: PurePosixPath, text: str, today: date) -> str:
    dated = _DAY.sub(lambda found: day(today, int(found[1])).isoformat(), text)
    if path.suffix != ".yaml":
        return dated
    return f"{modeline(len(path.parts) - 1, path.stem)}\n{dated}"


def _dated(name: str, today: date) -> str:
    return _AGO.sub(lambda found: day(today, -int(found[1])).isoformat(), name)
