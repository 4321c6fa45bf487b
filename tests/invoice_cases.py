"""The cases of tests/invoices: invoices as their author writes them, and what they come to.

A case has a `name`, says `why` it is there, and holds the text of an `invoice`; `others` are the
texts of further invoices of its client by their ids, and `studio` is added to studio.yaml. It
states its `nets` (BT-131), its `totals` by their terms in EN 16931 (BT-107, 108, 113 and 114 are
zero when left out), and its `vat` as category and rate: [base, tax].
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from portalgen.invoice import minor_unit_digits
from portalgen.model.billing import Invoice
from portalgen.model.folder import Folder
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Source

Case = dict[str, Any]

STUDIO = "name: Atelier Lumen\nlanguage: fr\n"
ZERO_IF_LEFT_OUT = ("BT-107", "BT-108", "BT-113", "BT-114")


def _load() -> Iterator[Case]:
    """All numbers stay text: a YAML float would spoil what is tested."""
    for file in sorted((Path(__file__).parent / "invoices").glob("*.yaml")):
        yield from yaml.load(file.read_text("utf-8"), yaml.BaseLoader)


CASES = tuple(_load())


def by_name(case: Case) -> str:
    """The name of a case, for pytest."""
    return str(case["name"])


@dataclass(frozen=True)
class Parsed:
    """The invoice of a case, in the portal and the workspace it stands in."""

    invoice: Invoice
    portal: Portal
    workspace: Workspace


def files_of(case: Case) -> dict[str, str]:
    """The invoices of a case by their paths in a client's folder; its own is the last."""
    others = {f"invoices/0-{name}.yaml": text for name, text in case.get("others", {}).items()}
    return {**others, "invoices/1-case.yaml": case["invoice"]}


def studio_of(case: Case) -> str:
    """The text of studio.yaml."""
    return STUDIO + str(case.get("studio", ""))


def parsed(case: Case) -> Parsed:
    """The records of a case."""
    return _parsed(studio_of(case), tuple(files_of(case).items()))


@cache
def _parsed(studio: str, files: tuple[tuple[str, str], ...]) -> Parsed:
    texts = {
        "client.yaml": "name: Salon Martin\nproject: {title: Site}\n",
        "spec.md": "- R1: A site\n",
        **dict(files),
    }
    workspace, problems = parse_studio(_folder("content", {"studio.yaml": studio}))
    assert problems == []
    portal, problems = parse_client(_folder("content/salon", texts))
    assert problems == []
    return Parsed(portal.invoices[-1], portal, workspace)


def _folder(path: str, texts: dict[str, str]) -> Folder:
    sources = {name: Source(f"{path}/{name}", text) for name, text in texts.items()}
    return Folder(path, sources, {}, frozenset(), frozenset())


def totals_of(case: Case) -> dict[str, str]:
    """What a case comes to, by the terms of EN 16931, as `invoice list` writes it."""
    zero = f"{0:.{minor_unit_digits(currency_of(case))}f}"
    stated = {**dict.fromkeys(ZERO_IF_LEFT_OUT, zero), **case["totals"]}
    return {term: stated[term] for term in sorted(stated)}


def currency_of(case: Case) -> str:
    """The currency that its invoice is in."""
    found = parsed(case)
    return found.invoice.currency or found.workspace.studio.currency


def vat_of(case: Case) -> list[dict[str, str | None]]:
    """Its VAT, as `invoice list` writes it."""
    groups = ((name.partition(" "), amounts) for name, amounts in case["vat"].items())
    return [
        {"category": category, "rate": rate or None, "base": base, "tax": tax}
        for (category, _, rate), (base, tax) in groups
    ]
