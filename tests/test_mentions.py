"""Every file of tests/mentions/ is an invoice, with all that the law wants to read on it.

`=== PATH` begins a file of the content. `=== says` begins the mentions of the document, each with
its source; what is wrong comes first. `=== without` takes away every datum in turn: what is said of
it then, and the mentions that change. To accept new texts, run `make accept` and read the diff.
"""

import os
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import TODAY

from portalgen.check import check_portal
from portalgen.invoicing import drafted
from portalgen.model.folder import Folder
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Source

CASES = sorted((Path(__file__).parent / "mentions").glob("*.txt"))
FIXED = ("name", "language", "contacts", "project", "lines", "approval", "number", "issued", "kind")
"""What the law asks about in other ways, or in other tests, at the top of a file."""
ABOUT = {
    "late-rate-unsure",
    "long-payment-term",
    "mentions-incomplete",
    "mentions-unknown",
    "missing-mention",
    "unlawful-mention",
    "vat-missing",
    "vat-not-in-euro",
    "vat-reason-missing",
}

Files = dict[str, Any]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_says_exactly(case: Path) -> None:
    given, expected = _read(case)
    found = f"=== says\n{_says(given)}=== without\n{''.join(_without(given))}"
    if os.environ.get("ACCEPT"):
        head = case.read_text("utf-8").partition("=== says\n")[0]
        case.write_text(head + found, "utf-8")
        return
    assert found == expected


def _says(files: Files) -> str:
    problems, mentions = _told(files)
    return "".join(f"{line}\n" for line in (*problems, *mentions))


def _without(files: Files) -> Iterator[str]:
    """What changes when each datum is taken away."""
    problems, mentions = _told(files)
    for path in _data(files):
        fewer = deepcopy(files)
        inner = fewer
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]
        now, changed = _told(fewer)
        lines = [f"  {line}\n" for line in now if line not in problems]
        lines += [f"  {line}\n" for line in changed if line not in mentions]
        codes = {line.partition(":")[0] for line in changed}
        gone = (line.partition(":")[0] for line in mentions if line not in changed)
        lines += [f"  no more: {code}\n" for code in gone if code not in codes]
        if lines:
            yield f"{'.'.join(path)}\n{''.join(lines)}"


def _data(files: Files) -> Iterator[tuple[str, ...]]:
    for file, content in files.items():
        for key in content:
            if key == "kind" or key not in FIXED:
                yield from _leaves(content[key], (file, key))


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves(below, (*path, key))
    else:
        yield path


def _told(files: Files) -> tuple[list[str], list[str]]:
    """The problems of the last invoice, and its mentions, each on a line."""
    texts = {path: yaml.safe_dump(content, allow_unicode=True) for path, content in files.items()}
    studio, found = parse_studio(_folder("content", {"studio.yaml": texts.pop("studio.yaml")}))
    texts["spec.md"] = "---\nagreed: {on: 2026-01-02}\n---\n- R1: a page\n"
    portal, unparsed = parse_client(_folder("content/salon", texts))
    assert [*found, *unparsed] == []
    problems = check_portal(portal, studio, date.fromisoformat(TODAY), ())
    lines = [
        f"{problem.place.source.path}: {problem.code}: {problem.message}"
        for problem in problems
        if problem.code in ABOUT and problem.invoice in (None, portal.invoices[-1].id)
    ]
    if any(": vat-" in line for line in lines):  # it cannot be reckoned
        return lines, []
    document = drafted(portal.invoices[-1], portal, studio)
    return lines, [f"{m.code}: {m.text} [{m.source}]" for m in document.mentions]


def _folder(path: str, texts: Mapping[str, str]) -> Folder:
    sources = {name: Source(f"{path}/{name}", text) for name, text in texts.items()}
    nothing: frozenset[str] = frozenset()
    return Folder(path=path, texts=sources, files={}, unreadable=nothing, outside=nothing)


def _read(case: Path) -> tuple[Files, str]:
    head, _, says = case.read_text("utf-8").partition("=== says\n")
    parts = re.split(r"^=== (.+)\n", head, flags=re.MULTILINE)
    texts = zip(parts[1::2], parts[2::2], strict=True)
    return {path: yaml.load(text, yaml.BaseLoader) for path, text in texts}, f"=== says\n{says}"
