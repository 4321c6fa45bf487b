"""From portals in memory to an output folder: what to write, to keep, and to take away."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from portalgen.parallel import map_parallel
from portalgen.problem import Place, Problem, Source, in_reading_order
from portalgen.report import Made, Outcome, Report, State
from portalgen.shell import Shell
from portalgen.verify import verify_portal
from portalgen.write import (
    is_our_output,
    is_ours,
    remove_folder,
    remove_others,
    tidy,
    write_file,
    write_folder,
)


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
    ordered = [portal for portal in made if portal.ordered]
    outcomes = {}
    for portal, (state, broken) in map_parallel(partial(_publish_one, output, shell), ordered):
        outcomes[portal.claims.folder] = _outcome(portal, state)
        found += broken
    removed = _remove_others(output, made) if everything else ()
    for path, content in (shell.front_page if shell else {}).items():
        write_file(output / path, content)
    return Report(
        in_reading_order(found), tuple(outcomes[folder] for folder in sorted(outcomes)), removed
    )


def _publish_one(output: Path, shell: Shell | None, portal: Made) -> tuple[State, list[Problem]]:
    target = output / portal.claims.path
    if portal.draft:
        if target.exists():
            remove_folder(target)
        return "draft", []
    if portal.files is None or shell is None:
        return _keep(target, portal), []
    broken: list[Problem] = []
    accept = partial(_accept, f"{output.name}/{portal.claims.path}", shell, broken)
    written = write_folder(target, portal.files, accept)
    return ("published" if written else _keep(target, portal)), broken


def _accept(shown: str, shell: Shell, broken: list[Problem], fresh: Path) -> bool:
    """Read a fresh folder again before it takes its place."""
    broken += verify_portal(fresh, shown, shell)
    return not broken


def _keep(target: Path, portal: Made) -> State:
    """Leave the last good copy, less the invoices whose approval does not stand today."""
    if any(problem.code == "duplicate-path" for problem in portal.problems):
        return "absent"
    if not target.exists():
        return "absent"
    for page in sorted(path.name for path in target.glob("invoice*")):
        if page not in portal.invoice_pages:
            remove_folder(target / page)
    return "kept"


def _remove_others(output: Path, made: Sequence[Made]) -> tuple[str, ...]:
    """Take away portals without a client, unless a client's path cannot be told today."""
    if not all(portal.certain for portal in made):
        return ()
    return remove_others(output, (p.claims.path for p in made if not p.draft))


def _foreign(output: Path, made: Sequence[Made]) -> list[Problem]:
    """Folders in the way that portalgen did not write."""
    hint = "move it away, or choose another folder with --output"
    if not is_our_output(output):
        message = "portalgen did not write this folder, and leaves it alone"
        return [Problem("foreign-folder", message, Place(Source(f"{output.name}/")), hint)]
    targets = (output / p.claims.path for p in made if p.ordered and not p.blocked)
    return [
        Problem(
            "foreign-folder",
            "portalgen did not write this folder, and leaves it alone",
            Place(Source(f"{output.name}/{target.name}/")),
            hint,
        )
        for target in targets
        if target.exists() and not is_ours(target)
    ]


def _outcome(portal: Made, state: State) -> Outcome:
    pages = sum(1 for path in portal.files or () if path.endswith("index.html"))
    return Outcome(portal.claims.folder, portal.claims.path, state, portal.people, pages)
