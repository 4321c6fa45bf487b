"""The only checks that span clients: addresses, keys and invoice numbers.

Each portal hands in its claims, so that portals can be read apart. Of two with the same claim
the one that made it first keeps it: a client's mistake never holds back another's portal.
"""

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from portalgen.check.books import Books
from portalgen.check.claims import Claims, Keyed
from portalgen.check.ledger import check_ledger
from portalgen.envelope import dashboard_id, path_id
from portalgen.invoice.numbering import Numbering
from portalgen.model.access import FROM_GIT
from portalgen.model.ledger import Ledger
from portalgen.model.portal import Workspace
from portalgen.problem import Problem, warning


def check_across(
    claims: Sequence[Claims],
    today: date,
    standing: Mapping[str, str],
    salt: str | None = None,
    *,
    ledger: Ledger | None,
    series: Numbering,
) -> dict[str, list[Problem]]:
    """The problems between portals, by the folder of the one that has to mend; those of clients who
    are gone under "".

    Args:
        standing: the portals of an earlier build: their ids, and the paths they stand at. They
            tell an original from a copy of its folder.
        salt: of the studio's people; None when it has none.
        ledger: of issued invoices; None when it cannot be read.
        series: how numbers of invoices are made.
    """
    problems: dict[str, list[Problem]] = {claim.folder: [] for claim in claims}
    copies = dict(_copied_portals(claims, standing))
    own = [claim for claim in claims if claim.folder not in copies]
    shared = list(_duplicate_keys(own, standing))
    sharing = {folder for folder, _ in shared}
    originals = [claim for claim in own if claim.folder not in sharing or claim.id in standing]
    for folder, problem in (
        *copies.items(),
        *_derived_ids_taken(claims, salt),
        *shared,
        *_duplicate_paths(claims),
        *check_ledger(Books(ledger, series, originals, today)),
    ):
        problems.setdefault(folder, []).append(problem)
    return problems


def _duplicate_paths(claims: Iterable[Claims]) -> Iterator[tuple[str, Problem]]:
    owners: dict[str, str] = {}
    for claim in sorted(claims, key=lambda claim: (claim.chosen, claim.folder)):
        owner = owners.setdefault(claim.path, claim.folder)
        if owner != claim.folder:
            message = f'"{claim.path}" is the path of {owner} already'
            hint = "give this portal another path"
            yield claim.folder, Problem("duplicate-path", message, claim.place, hint)


def dashboard_path_taken(workspace: Workspace, claims: Iterable[Claims]) -> Iterator[Problem]:
    """A client whose path is the dashboard's. The client keeps it, and there is no dashboard."""
    studio = workspace.studio
    if not workspace.is_read or not workspace.access or not workspace.access.people:
        return
    for claim in claims:
        if claim.path == studio.dashboard:
            message = f'"{claim.path}" is the path of {claim.folder}: the dashboard is left out'
            hint = "write dashboard: … with another path"
            yield warning("dashboard-path-taken", message, studio.place("dashboard"), hint)


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


def _derived_ids_taken(claims: Sequence[Claims], salt: str | None) -> Iterator[tuple[str, Problem]]:
    """A portal with an id that stands in no file: the dashboard's, or that of a client with whom
    nobody has access yet."""
    if salt is None:
        return
    bare = (claim for claim in claims if claim.id is None)
    derived = {path_id(salt, claim.path): f"the portal of {claim.folder}" for claim in bare}
    derived[dashboard_id(salt)] = "the dashboard"
    for claim in claims:
        if claim.id in derived:
            message = f"this is the id of {derived[claim.id]}"
            yield claim.folder, Problem("duplicate-portal", message, claim.id_place, FROM_GIT)


def _duplicate_keys(
    claims: Iterable[Claims], standing: Mapping[str, str]
) -> Iterator[tuple[str, Problem]]:
    """Key ids on two lists: an entry, or a folder, was copied."""
    holders: dict[str, list[tuple[Claims, Keyed]]] = {}
    for claim in claims:
        for key in claim.keys:
            holders.setdefault(key.kid, []).append((claim, key))
    for same in holders.values():
        owner = _owner(same, standing)
        for claim, key in same:
            others = sorted({other.folder for other, _ in same} - {claim.folder})
            if others and claim is not owner:
                yield claim.folder, _duplicate_key(claim.folder, key, others)


def _owner(same: Sequence[tuple[Claims, Keyed]], standing: Mapping[str, str]) -> Claims | None:
    """The portal whose list the keys were made for; of several, the one in the output already."""
    fitting = [claim for claim, key in same if key.fits]
    found = fitting if len(fitting) == 1 else [claim for claim in fitting if claim.id in standing]
    return found[0] if len(found) == 1 else None


def _duplicate_key(folder: str, key: Keyed, others: Sequence[str]) -> Problem:
    where = ", ".join(f"content/{other}/access.yaml" for other in others)
    message = f"this key id stands in {where} as well"
    command = shlex.join(["portalgen", "access", "grant", folder, key.name])
    hint = (
        "if this folder is a copy, remove its access.yaml; if only this entry is, remove that; "
        f"then run:\n{command}"
    )
    return Problem("duplicate-key-id", message, key.place, hint)
