"""From portals in memory to an output folder: what to write, to keep, and to take away."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portalgen.envelope_shape import is_page_id
from portalgen.parallel import map_parallel
from portalgen.problem import Place, Problem, Source, in_reading_order
from portalgen.report import Made, Outcome, Report, State
from portalgen.shell import Shell
from portalgen.verify import portal_id, verify_portal
from portalgen.write import (
    is_our_output,
    is_ours,
    remove_folder,
    remove_others,
    tidy,
    write_file,
    write_folder,
)


@dataclass(frozen=True, slots=True)
class _Site:
    """Where portals go, and the folders that portals of earlier builds stand in, by their ids."""

    output: Path
    shell: Shell | None
    earlier: Mapping[str, str]


def publish(
    output: Path | None,
    shell: Shell | None,
    made: Sequence[Made],
    problems: Iterable[Problem],
    *,
    everything: bool,
) -> Report:
    """Write every portal that has files, keep the last good copy of those in error.

    Args:
        output: the folder to write to; None to write nothing.
        shell: what the portals share; without it, none has files.
        problems: what is known of the workspace already.
        everything: whether this is a build of all portals, which also takes away those that no
            client stands behind any more.
    """
    found = [*problems, *(p for portal in made if portal.ordered for p in portal.problems)]
    if output is None:
        return Report(in_reading_order(found))
    foreign = _foreign(output, made)
    if foreign:
        return Report(in_reading_order([*found, *foreign]))
    tidy(output)
    for path, content in (shell.front_page if shell else {}).items():
        write_file(output / path, content)
    site = _Site(output, shell, _portals_in(output))
    ordered = [portal for portal in made if portal.ordered]
    outcomes: list[Outcome] = []
    for _, (outcome, broken) in map_parallel(partial(_publish_one, site), ordered):
        outcomes.append(outcome)
        found += broken
    removed = _remove_others(output, made, outcomes) if everything else ()
    outcomes.sort(key=lambda outcome: outcome.folder)
    return Report(in_reading_order(found), tuple(outcomes), removed)


def _publish_one(site: _Site, portal: Made) -> tuple[Outcome, list[Problem]]:
    target = site.output / portal.claims.path
    if portal.draft:
        return _outcome(portal, "draft", _withdraw(site, portal)), []
    broken: list[Problem] = []
    if portal.files is not None and site.shell is not None:
        accept = partial(_accept, f"{site.output.name}/{target.name}", site.shell, broken)
        if write_folder(target, portal.files, accept):
            return _outcome(portal, "published", target.name), []
    kept = _keep(site, portal)
    return _outcome(portal, "kept" if kept else "absent", kept), broken


def _accept(shown: str, shell: Shell, broken: list[Problem], fresh: Path) -> bool:
    """Read a fresh folder again before it takes its place."""
    broken += verify_portal(fresh, shown, shell)
    return not broken


def _keep(site: _Site, portal: Made) -> str:
    """Leave the last good copy, less the invoices whose approval does not stand today.

    Returns the name of its folder: the portal is known by its id, for in error its path may be
    wrong or taken. Empty when there is no copy.
    """
    copied = any(problem.code == "duplicate-portal" for problem in portal.problems)
    name = site.earlier.get(portal.id or "")
    if name is None or copied:
        return ""
    for page in sorted(path.name for path in (site.output / name).iterdir()):
        is_invoice = page.startswith("invoice") and is_page_id(page)
        if is_invoice and page not in portal.invoice_pages:
            remove_folder(site.output, f"{name}/{page}")
    return name


def _withdraw(site: _Site, portal: Made) -> str:
    """Take a draft's earlier portal away."""
    name = site.earlier.get(portal.id or "", portal.claims.path)
    if (site.output / name).exists() and is_ours(site.output / name):
        remove_folder(site.output, name)
    return ""


def _portals_in(output: Path) -> dict[str, str]:
    """The portals that stand in an output: their ids, and the names of their folders."""
    ids = {name: portal_id(output / name) for name in sorted(os.listdir(output))}
    return {found: name for name, found in ids.items() if found}


def _remove_others(
    output: Path, made: Sequence[Made], outcomes: Sequence[Outcome]
) -> tuple[str, ...]:
    """Take away portals without a client, unless one of them may be a client's that we cannot
    tell today."""
    kept = {outcome.path for outcome in outcomes}
    if any(portal.blocked and portal.id is None for portal in made):
        return ()
    return remove_others(output, kept)


def _foreign(output: Path, made: Sequence[Made]) -> list[Problem]:
    """Folders in the way that portalgen did not write."""
    if not is_our_output(output):
        return [_not_ours(output.name)]
    targets = (output / p.claims.path for p in made if p.ordered and not p.blocked)
    return [
        _not_ours(f"{output.name}/{target.name}")
        for target in targets
        if target.exists() and not is_ours(target)
    ]


def _not_ours(shown: str) -> Problem:
    message = "portalgen did not write this folder, and leaves it alone"
    hint = "move it away, or choose another folder with --output"
    return Problem("foreign-folder", message, Place(Source(f"{shown}/")), hint)


def _outcome(portal: Made, state: State, path: str) -> Outcome:
    pages = sum(1 for path in portal.files or () if path.endswith("index.html"))
    return Outcome(portal.claims.folder, path, state, portal.people, pages)
