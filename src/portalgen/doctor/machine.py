"""The program, its libraries, and the terminal that it speaks to."""

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final

from portalgen.doctor.finding import Finding
from portalgen.facturx import NoEngineError, load_engine
from portalgen.scaffold.pin import PROGRAM

_AREA: Final = "machine"
_NEEDED = re.compile(r"^([A-Za-z0-9._-]+)\s*>=\s*([0-9.]+)\s*$")
_UTF8 = ("utf-8", "utf8")


def programs() -> Iterator[Finding]:
    """The versions of portalgen and Python, and whether its libraries are new enough."""
    system = platform.system()
    python = f"Python {platform.python_version()}"
    yield Finding(_AREA, "ok", f"{PROGRAM} {version(PROGRAM)}, {python}, {system}")
    needed = tuple(_needed())
    old = tuple(one for one in needed if not one[1] or _numbers(one[1]) < _numbers(one[2]))
    for name, found, wanted in old:
        says = f"{name} {found} is too old" if found else f"{name} is missing"
        yield Finding(_AREA, "problem", says, f'pip install "{name}>={wanted}"')
    if not old:
        listed = ", ".join(f"{name} {found}" for name, found, _ in needed)
        yield Finding(_AREA, "ok", f"its libraries: {listed}")


def pdf_engine(*, is_wanted: bool) -> Finding:
    """Whether invoices can be made into PDF files, which is an extra."""
    try:
        load_engine()
    except NoEngineError as error:
        if is_wanted:
            says = f"studio.yaml asks for Factur-X, and {error}"
            return Finding(_AREA, "problem", says, error.hint)
        says = f"no invoices as PDF (Factur-X): {error}"
        return Finding(_AREA, "ok", says)
    return Finding(_AREA, "ok", f"invoices as PDF (Factur-X): WeasyPrint {version('weasyprint')}")


def terminal_encoding(encoding: str) -> Finding:
    """Whether what is printed shows as it is written."""
    if encoding.lower() in _UTF8:
        return Finding(_AREA, "ok", "the terminal takes UTF-8")
    says = f"the terminal takes {encoding}: names with accents may not show"
    return Finding(_AREA, "warning", says, "set the environment variable PYTHONUTF8=1")


def _needed() -> Iterator[tuple[str, str, str]]:
    """The libraries: name, version that is installed, or nothing, and the lowest that will do."""
    for line in requires(PROGRAM) or ():
        found = _NEEDED.match(line)
        if found:
            yield found[1], _installed(found[1]), found[2]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _numbers(said: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", said))
