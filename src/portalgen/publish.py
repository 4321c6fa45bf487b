"""From portals in memory to an output folder: what to write, to keep, and to take away."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from portalgen.canonical import EnvelopeError
from portalgen.kept import remove_invoices, still_open
from portalgen.model.folder import CONTENT
from portalgen.model.page import ALWAYS, INDEX, page_path
from portalgen.parallel import map_parallel
from portalgen.problem import Place, Problem, Source, as_given, in_reading_order
from portalgen.report import Made, Outcome, Report, State
from portalgen.shell import Shell
from portalgen.verify import Expected, portal_id, verify_portal
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
    dashboard: Made | None = None,
) -> Report:
    """Write every portal that has files, keep the last good copy of those in error.

    Args:
        output: the folder to write to; None to write nothing.
        shell: what the portals share; without it, none has files.
        problems: what is known of the workspace already.
        everything: whether this is a build of all portals, which also takes away those that no
            client stands behind any more.
        dashboard: the studio's own page, which is published last; None when there is to be none.
    """
    told = (p for p in made if p.ordered and not (p.draft and output))
    found = [*problems, *(problem for portal in told for problem in portal.problems)]
    found += dashboard.problems if dashboard else ()
    if output is None:
        return Report(in_reading_order(found))
    if not is_our_output(output):
        return Report(in_reading_order([*found, _not_ours(as_given(output))]))
    tidy(output)
    for path, content in (shell.front_page if shell else {}).items():
        write_file(output / path, content)
    earlier = portals_in(output)
    site = _Site(output, shell, earlier, dict(_own_folders(made, earlier)))
    report = _publish_all(site, made, dashboard, everything=everything)
    return replace(report, problems=in_reading_order([*found, *report.problems]))


def _publish_all(
    site: _Site, made: Sequence[Made], dashboard: Made | None, *, everything: bool
) -> Report:
    """Publish the portals, then the dashboard; the problems are those that this meets."""
    ordered = [portal for portal in made if portal.ordered]
    found: list[Problem] = []
    outcomes: list[Outcome] = []
    dashboards = _dashboards(site)
    if dashboard is None:
        _remove(site, dashboards)
    for _, (outcome, broken) in map_parallel(partial(_publish_one, site), ordered):
        outcomes.append(outcome)
        found += broken
    if site.shell:
        keep_only(site.output / "assets", {Path(path).name for path in site.shell.front_page})
    moved = tuple(_take_away_moved(site, outcomes))
    removed = _remove_others(site, made, outcomes, dashboards) if everything else ()
    outcomes.sort(key=lambda outcome: outcome.folder)
    found += still_open(site.output, made, site.claimed, outcomes)
    if dashboard:
        outcome, broken = _publish_dashboard(site, dashboard, dashboards)
        outcomes.append(outcome)
        found += broken
        found += still_open(site.output, [dashboard], {"": outcome.path}, [outcome])
    return Report(tuple(found), tuple(outcomes), removed, moved)


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
        shown = f"{as_given(site.output)}/{target.name}"
        accept = partial(_accept, shown, site.shell, _expected(portal), broken)
        if not broken and _write(target, portal, accept, broken):
            return _outcome(portal, "published", target.name), []
    if own:
        remove_invoices(site.output, own, portal.standing_invoices)
    return _outcome(portal, "kept" if own else "absent", own), broken


def _dashboards(site: _Site) -> list[str]:
    """Names of the folders that hold an earlier dashboard: the first page of a portal that is no
    client's, and none of the others. There is more than one only if a move was interrupted."""
    names = sorted(set(site.earlier.values()) - set(site.claimed.values()))
    return [
        name
        for name in names
        if not any((site.output / name / page_path(page)).exists() for page in ALWAYS)
    ]


def _publish_dashboard(
    site: _Site, dashboard: Made, earlier: Sequence[str]
) -> tuple[Outcome, list[Problem]]:
    """Publish the dashboard, and take it away from where it stood before it moved."""
    path = dashboard.claims.path
    own = path if path in earlier else next(iter(earlier), "")
    outcome, broken = _publish_one(
        replace(site, claimed={**site.claimed, dashboard.claims.folder: own}), dashboard
    )
    if outcome.state == "published":
        _remove(site, [name for name in earlier if name != outcome.path])
    return outcome, broken


def _remove(site: _Site, names: Iterable[str]) -> None:
    for name in names:
        remove_folder(site.output, name)


def _write(
    target: Path, portal: Made, accept: Callable[[Path], bool], broken: list[Problem]
) -> bool:
    """Write a portal; a file that was changed meanwhile is a problem of that portal alone."""
    try:
        return write_folder(target, portal.files or {}, accept)
    except EnvelopeError as error:
        place = Place(Source(f"{CONTENT}/{portal.claims.folder}"))
        broken.append(Problem("cannot-lock", str(error), place, "build again"))
        return False


def _in_the_way(site: _Site, portal: Made, own: str) -> list[Problem]:
    """What stands at a portal's path and is not its own."""
    path = portal.claims.path
    target = site.output / path
    if path == own or not target.exists():
        return []
    if not is_ours(target):
        return [_not_ours(f"{as_given(site.output)}/{path}")]
    if path in (name for folder, name in site.claimed.items() if folder != portal.claims.folder):
        message = f"another client's portal stands at {path}"
        hint = "build that client first, or give this one another path"
        return [Problem("path-taken", message, portal.claims.place, hint)]
    return []


def _expected(portal: Made) -> Expected:
    if portal.is_dashboard:
        return Expected(key=portal.key, pages=(INDEX,), has_more=False)
    return Expected(key=portal.key)


def _accept(
    shown: str, shell: Shell, expected: Expected, broken: list[Problem], fresh: Path
) -> bool:
    """Read a fresh folder again before it takes its place."""
    broken += verify_portal(fresh, shown, shell, expected)
    return not broken


def portals_in(output: Path) -> dict[str, str]:
    """The portals that stand in an output: their ids, and the names of their folders."""
    if not output.is_dir():
        return {}
    ids = {name: portal_id(output / name) for name in sorted(os.listdir(output))}
    return {found: name for name, found in ids.items() if found}


def _take_away_moved(site: _Site, outcomes: Iterable[Outcome]) -> Iterator[tuple[str, str]]:
    """Take away portals from where they stood before they moved; tells from where to where."""
    for outcome in sorted(outcomes, key=lambda outcome: outcome.folder):
        earlier = site.claimed.get(outcome.folder, outcome.path)
        if outcome.state == "published" and earlier != outcome.path:
            remove_folder(site.output, earlier)
            yield earlier, outcome.path


def _remove_others(
    site: _Site, made: Sequence[Made], outcomes: Sequence[Outcome], dashboards: Sequence[str]
) -> tuple[str, ...]:
    """Take away portals without a client, unless one of them may be a client's that we cannot
    tell today, or is claimed by two."""
    if any(portal.blocked and portal.id is None for portal in made):
        return ()
    claimed = {portal.id for portal in made if portal.blocked}
    kept = {name for found, name in site.earlier.items() if found in claimed}
    return remove_others(site.output, kept.union(dashboards, (each.path for each in outcomes)))


def _not_ours(shown: str) -> Problem:
    message = "portalgen did not write this folder, and leaves it alone"
    hint = "move it away, or choose another folder with --output"
    return Problem("foreign-folder", message, Place(Source(f"{shown}/")), hint)


def _outcome(portal: Made, state: State, path: str) -> Outcome:
    pages = sum(1 for path in portal.files or () if path.endswith("index.html"))
    withheld = len({problem.invoice for problem in portal.problems if problem.invoice})
    return Outcome(portal.claims.folder, path, state, portal.people, pages, withheld)
