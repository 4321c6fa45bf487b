"""Makes a new workspace: its files, and the access of its owner, all of it or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portalgen.access.grant import Granted, grant
from portalgen.access.roster import Roster, client_roster, studio_roster
from portalgen.model.folder import CONTENT
from portalgen.scaffold.demo import demo_in
from portalgen.scaffold.ignoring import with_ignored
from portalgen.scaffold.pin import Pin
from portalgen.scaffold.placing import fresh_stage, place, remove, write_into
from portalgen.scaffold.workspace import IGNORE, Plan, workspace_files
from portalgen.sealing import seal_code
from portalgen.write import write_file

_ACCESS = f"{CONTENT}/access.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A workspace that was just made.

    Attributes:
        written: its files, by path.
        kept: what stood there before, and was left as it was.
        completed: what stood there before, and got lines at its end.
        roster, owner: the studio's list of people, and its first; None when there was one.
        reader: the first contact of the invented client, if there is one.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    completed: tuple[str, ...]
    roster: Roster
    owner: Granted | None
    reader: Granted | None


def begin(target: Path, plan: Plan, pin: Pin) -> Begun:
    """Make a workspace in a folder, which may be there already; takes a second.

    Raises:
        OSError: something cannot be written; then the folder is as it was.
    """
    with _all_or_nothing(target) as stage:
        write_into(stage, workspace_files(plan, pin))
        roster = studio_roster(stage)
        owner = grant(roster, roster.workspace.studio.author, plan.today)
        reader = _let_reader_in(stage, plan) if plan.demo else None
        placed = place(stage, target)
    completed = (IGNORE,) if IGNORE in placed.kept and _complete(target / IGNORE) else ()
    return Begun(
        written=placed.written,
        kept=tuple(path for path in placed.kept if path not in completed),
        completed=completed,
        roster=roster,
        owner=None if _ACCESS in placed.kept else owner,
        reader=reader,
    )


@contextmanager
def _all_or_nothing(target: Path) -> Iterator[Path]:
    """A stage in that folder, which is gone at the end, with the folder if that was not there."""
    new = [folder for folder in (target, *target.parents) if not folder.exists()]
    target.mkdir(parents=True, exist_ok=True)
    stage = fresh_stage(target)
    try:
        yield stage
    except BaseException:
        remove(stage)
        for folder in new:
            folder.rmdir()
        raise


def _let_reader_in(stage: Path, plan: Plan) -> Granted:
    """Give the invented client's contact access, and seal a code for them."""
    demo = demo_in(plan.language)
    granted = grant(client_roster(stage, demo.folder), demo.contact, plan.today)
    sealed, problems = seal_code(stage, demo.folder, demo.seal, demo.code)
    assert sealed, problems  # noqa: S101 - files of our own
    return granted


def _complete(file: Path) -> bool:
    """Add what a `.gitignore` lacks; whether it was added.

    The workspace stands by then, and its passphrase has to be shown: what cannot be changed stays
    as it is, and so does what is no file of this folder.
    """
    if file.is_symlink() or not file.is_file():
        return False
    try:
        before = file.read_bytes()
        after = with_ignored(before.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )
        write_file(file, after)
    except OSError:
        return False
    return after != before
