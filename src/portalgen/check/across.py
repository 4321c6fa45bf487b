"""The only checks that span clients: addresses and invoice numbers.

Each portal hands in its claims, so that portals can be read apart. Of two with the same claim
the one that made it first keeps it: a client's mistake never holds back another's portal.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portalgen.model.billing import Invoice
from portalgen.model.portal import Portal
from portalgen.problem import Place, Problem, withholding


@dataclass(frozen=True, slots=True)
class Numbered:
    """An invoice's claim on a number."""

    invoice: str
    number: str | None
    issued: date | None
    approved: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Claims:
    """What one portal wants for itself alone: its path, its id, its invoice numbers."""

    folder: str
    path: str
    chosen: bool
    place: Place
    id: str | None
    id_place: Place
    invoices: tuple[Numbered, ...]


def claims_of(portal: Portal) -> Claims:
    """What that portal wants for itself alone."""
    chosen = portal.client.path is not None
    place = portal.client.place("path") if chosen else portal.client.place()
    invoices = tuple(_numbered(invoice) for invoice in portal.invoices)
    identity = portal.access.portal if portal.access else None
    id_place = portal.access.place("portal") if portal.access else place
    return Claims(portal.folder, portal.path, chosen, place, identity, id_place, invoices)


def _numbered(invoice: Invoice) -> Numbered:
    place = invoice.place("number") if invoice.number else invoice.place("approval")
    approved = invoice.approval is not None
    return Numbered(invoice.id, invoice.number, invoice.issued, approved, place)


def check_across(
    claims: Sequence[Claims], today: date, standing: Mapping[str, str]
) -> dict[str, list[Problem]]:
    """The problems between portals, by the folder of the one that has to mend.

    Args:
        standing: the portals of an earlier build: their ids, and the paths they stand at. They
            tell an original from a copy of its folder.
    """
    problems: dict[str, list[Problem]] = {claim.folder: [] for claim in claims}
    copies = dict(_copied_portals(claims, standing))
    originals = [claim for claim in claims if claim.folder not in copies]
    for folder, problem in (
        *copies.items(),
        *_duplicate_paths(claims),
        *_duplicate_numbers(originals),
        *_numbers_missing(originals, today),
    ):
        problems[folder].append(problem)
    return problems


def _duplicate_paths(claims: Iterable[Claims]) -> Iterator[tuple[str, Problem]]:
    owners: dict[str, str] = {}
    for claim in sorted(claims, key=lambda claim: (claim.chosen, claim.folder)):
        owner = owners.setdefault(claim.path, claim.folder)
        if owner != claim.folder:
            message = f'"{claim.path}" is the path of {owner} already'
            hint = "give this portal another path"
            yield claim.folder, Problem("duplicate-path", message, claim.place, hint)


def _copied_portals(
    claims: Sequence[Claims], standing: Mapping[str, str]
) -> Iterator[tuple[str, Problem]]:
    """Portals with the keys of another: a folder was copied. Who opens one would open both."""
    for claim in claims:
        same = [other for other in claims if other.id == claim.id and claim.id is not None]
        if len(same) <= 1 or _original(same, standing.get(claim.id or "")) is claim:
            continue
        others = ", ".join(f"content/{o.folder}/access.yaml" for o in same if o is not claim)
        message = f"this is the same access as {others}"
        hint = (
            "in the folder that is the copy, remove access.yaml, then run:\n"
            f"portalgen access grant {claim.folder} PERSON"
        )
        yield claim.folder, Problem("duplicate-portal", message, claim.id_place, hint)


def _original(same: Sequence[Claims], path: str | None) -> Claims | None:
    """The portal that stands in the output already; the one named so before one that chose so."""
    there = [claim for claim in same if claim.path == path]
    return min(there, key=lambda claim: (claim.chosen, claim.folder), default=None)


def _duplicate_numbers(claims: Iterable[Claims]) -> Iterator[tuple[str, Problem]]:
    made = [
        (entry.issued or date.max, claim.folder, entry.invoice, entry.number, entry)
        for claim in claims
        for entry in claim.invoices
        if entry.number
    ]
    owners: dict[str, Numbered] = {}
    for _, folder, _, number, entry in sorted(made, key=lambda claim: claim[:3]):
        owner = owners.setdefault(number, entry)
        if owner is entry:
            continue
        message = f"the number {number} is used in {owner.place.source.path} already"
        problem = Problem("duplicate-number", message, entry.place, "give it the next free number")
        yield folder, withholding(entry.invoice, problem)


def _numbers_missing(claims: Sequence[Claims], today: date) -> Iterator[tuple[str, Problem]]:
    """An approved invoice without its number or its date: the lines to paste are in the hint."""
    numbers = [entry.number for claim in claims for entry in claim.invoices if entry.number]
    for claim in claims:
        for entry in claim.invoices:
            if not entry.approved or (entry.number and entry.issued):
                continue
            lines = ["add these lines:"]
            if not entry.number:
                numbers.append(next_number(numbers, today))
                lines.append(f"number: {numbers[-1]}")
            lines += [] if entry.issued else [f"issued: {today}"]
            message = "this invoice is approved, and has no number or no date"
            problem = Problem("invoice-not-numbered", message, entry.place, "\n".join(lines))
            yield claim.folder, withholding(entry.invoice, problem)


def next_number(numbers: Iterable[str], today: date) -> str:
    """The number after the highest one of the year, in the form year-001."""
    found = (re.fullmatch(rf"{today.year}-(\d+)", number) for number in numbers)
    last = max((int(match[1]) for match in found if match), default=0)
    return f"{today.year}-{last + 1:03}"
