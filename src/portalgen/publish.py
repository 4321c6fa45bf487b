"""From portals in memory to an output folder: what to write, to keep, and to take away."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    keep_only,
    remove_folder,
    remove_others,
    tidy,
    write_file,
    write_folder,
)


@dataclass(frozen=True, slots=True)
class _Site:
    """Where portals go, and what stands there from earlier builds.

    Attributes:
        earlier: ids of portals, and the names of the folders that they stand in.
        claimed: for each client's folder, the names in the output that it alone may touch.
    """

    output: Path
    shell: Shell | None
    earlier: Mapping[str, str]
    claimed: Mapping[str, str]


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
    told = (p for p in made if p.ordered and not (p.draft and output))
    found = [*problems, *(problem for portal in told for problem in portal.problems)]
    if output is None:
        return Report(in_reading_order(found))
    if not is_our_output(output):
        return Report(in_reading_order([*found, _not_ours(output.name)]))
    tidy(output)
    for path, content in (shell.front_page if shell else {}).items():
        write_file(output / path, content)
    earlier = portals_in(output)
    site = _Site(output, shell, earlier, dict(_own_folders(made, earlier)))
    ordered = [portal for portal in made if portal.ordered]
    outcomes: list[Outcome] = []
    for _, (outcome, broken) in map_parallel(partial(_publish_one, site), ordered):
        outcomes.append(outcome)
        found += broken
    if shell:
        keep_only(output / "assets", {Path(path).name for path in shell.front_page})
    removed = _remove_others(site, made, outcomes) if everything else ()
    outcomes.sort(key=lambda outcome: outcome.folder)
    return Report(in_reading_order(found), tuple(outcomes), removed)


def _own_folders(made: Sequence[Made], earlier: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The folder in the output that is each client's own, by the client's folder.

    A portal is known by its id. Where the id is unknown, it is known by its path, if no other
    client lays claim to what stands there.
    """
    ids = {portal.id for portal in made}
    paths = [portal.claims.path for portal in made]
    standing = {name: found for found, name in earlier.items()}
    for portal in made:
        name = earlier.get(portal.id or "")
        path = portal.claims.path
        if name is not None:
            if not any(problem.code == "duplicate-portal" for problem in portal.problems):
                yield portal.claims.folder, name
        elif path in standing and standing[path] not in ids and paths.count(path) == 1:
            yield portal.claims.folder, path


def _publish_one(site: _Site, portal: Made) -> tuple[Outcome, list[Problem]]:
    own = site.claimed.get(portal.claims.folder, "")
    if portal.draft:
        if own:
            remove_folder(site.output, own)
        return _outcome(portal, "draft", ""), []
    broken: list[Problem] = []
    if portal.files is not None and site.shell is not None:
        broken = _in_the_way(site, portal, own)
        target = site.output / portal.claims.path
        accept = partial(_accept, f"{site.output.name}/{target.name}", site.shell, broken)
        if not broken and write_folder(target, portal.files, accept):
            return _outcome(portal, "published", target.name), []
    if own and not portal.invoices_stand:
        _remove_invoices(site.output, own)
    return _outcome(portal, "kept" if own else "absent", own), broken


def _in_the_way(site: _Site, portal: Made, own: str) -> list[Problem]:
    """What stands at a portal's path and is not its own."""
    path = portal.claims.path
    target = site.output / path
    if path == own or not target.exists():
        return []
    if not is_ours(target):
        return [_not_ours(f"{site.output.name}/{path}")]
    if path in (name for folder, name in site.claimed.items() if folder != portal.claims.folder):
        message = f"another client's portal stands at {path}"
        hint = "build that client first, or give this one another path"
        return [Problem("path-taken", message, portal.claims.place, hint)]
    return []


def _accept(shown: str, shell: Shell, broken: list[Problem], fresh: Path) -> bool:
    """Read a fresh folder again before it takes its place."""
    broken += verify_portal(fresh, shown, shell)
    return not broken


def _remove_invoices(output: Path, name: str) -> None:
    """Take the invoices out of a copy that is kept: none may stay whose approval does not stand,
    and which page is whose cannot be told without a key."""
    for page in sorted(path.name for path in (output / name).iterdir()):
        if page.startswith("invoice") and is_page_id(page):
            remove_folder(output, f"{name}/{page}")


def portals_in(output: Path) -> dict[str, str]:
    """The portals that stand in an output: their ids, and the names of their folders."""
    if not output.is_dir():
        return {}
    ids = {name: portal_id(output / name) for name in sorted(os.listdir(output))}
    return {found: name for name, found in ids.items() if found}


def _remove_others(
    site: _Site, made: Sequence[Made], outcomes: Sequence[Outcome]
) -> tuple[str, ...]:
    """Take away portals without a client, unless one of them may be a client's that we cannot
    tell today, or is claimed by two."""
    if any(portal.blocked and portal.id is None for portal in made):
        return ()
    claimed = {portal.id for portal in made if portal.blocked}
    kept = {name for found, name in site.earlier.items() if found in claimed}
    return remove_others(site.output, kept | {outcome.path for outcome in outcomes})


def _not_ours(shown: str) -> Problem:
    message = "portalgen did not write this folder, and leaves it alone"
    hint = "move it away, or choose another folder with --output"
    return Problem("foreign-folder", message, Place(Source(f"{shown}/")), hint)


def _outcome(portal: Made, state: State, path: str) -> Outcome:
    pages = sum(1 for path in portal.files or () if path.endswith("index.html"))
    withheld = len({problem.invoice for problem in portal.problems if problem.invoice})
    return Outcome(portal.claims.folder, path, state, portal.people, pages, withheld)
