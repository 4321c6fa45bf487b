"""From a plan to the file as it will be, checked before a byte of it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portalgen import edit
from portalgen.approving import Change
from portalgen.edit import with_changes, with_front_matter_changes
from portalgen.gestures.attaching import copy_in
from portalgen.gestures.plan import Plan, moved_below
from portalgen.gestures.refusal import GestureError
from portalgen.gestures.words import where
from portalgen.problem import Place, Problem, Severity, Source
from portalgen.scaffold.opening import Shelf, problems_at, refuse_flawed, with_texts
from portalgen.silencing import quieted
from portalgen.write import write_file
from portalgen.yaml_source import Sequence as NodeSequence
from portalgen.yaml_source import read_yaml

_MARK = "\ufeff"
_WHOLE = ("client.yaml", "spec.md")
"""Files that are one record each: with an error, what they say is not known."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A gesture, ready to be made.

    Attributes:
        changes: the file to write; none when all of it is so already.
        copies: files to copy first: from the workspace, and where each is now.
        warnings: what could be better in that file, and is new.
        then: what the author should know next, a line each.
    """

    plan: Plan
    changes: tuple[Change, ...] = ()
    copies: tuple[tuple[str, Path], ...] = ()
    warnings: tuple[Problem, ...] = ()
    then: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file that is written, from the workspace."""
        return (*(path for path, _ in self.copies), *(change.path for change in self.changes))


def prepared(shelf: Shelf, plan: Plan) -> Prepared:
    """The file as the plan leaves it.

    Raises:
        GestureError: the file would have an error, or its layout leaves no safe way.
        NewError: it has an error.
        OSError: it cannot be read.
    """
    if not plan.changes:
        return Prepared(plan)
    path = plan.place.source.path
    name = path.removeprefix(f"{shelf.folder.path}/")
    if name in _WHOLE:
        refuse_flawed(shelf, name)
    old = (shelf.root / path).read_bytes()
    text = old.decode("utf-8")
    new = _edited(text, path, plan)
    if new is None:
        refuse_flawed(shelf, name)
        raise _by_hand(path, plan)
    warnings = _new_problems(shelf, plan, name, new)
    copies = tuple((shelf.path(kept), source) for kept, source in plan.copies.items())
    then = tuple(o if isinstance(o, str) else o.after(text, new) for o in plan.then)
    return Prepared(plan, (Change(path, old, new.encode()),), copies, warnings, then)


def carry_out(shelf: Shelf, ready: Prepared) -> None:
    """Copy the files of a gesture, then write what names them.

    Raises:
        GestureError: somebody changed the file meanwhile.
        OSError: something cannot be written.
    """
    for change in ready.changes:
        if (shelf.root / change.path).read_bytes() != change.before:
            raise GestureError(f"{change.path} has just been changed", "run this again")
    for path, source in ready.copies:
        copy_in(source, shelf.root / path)
    for change in ready.changes:
        write_file((shelf.root / change.path).resolve(), change.after or b"")


def _edited(text: str, path: str, plan: Plan) -> str | None:
    if path.endswith(".md"):
        return with_front_matter_changes(text, plan.changes)
    if path.endswith("client.yaml"):
        return with_changes(text, plan.changes)
    position = _position(text, plan.place)
    if position is None:
        return None
    return with_changes(text, [moved_below(change, (position,)) for change in plan.changes])


def _position(text: str, place: Place) -> int | None:
    """Where in a list the entry at a place stands."""
    node, _ = read_yaml(Source("", _plain(text)))
    items = node.items if isinstance(node, NodeSequence) else ()
    spots = [(item.place.line, item.place.column) for item in items]
    spot = (place.line, place.column)
    return spots.index(spot) if spot in spots else None


def _plain(text: str) -> str:
    return text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _by_hand(path: str, plan: Plan) -> GestureError:
    lines = "\n".join(f"  {line}" for c in plan.changes for line in edit.shown(c).split("\n"))
    message = f"{path} cannot be changed as it is laid out"
    return GestureError(message, f"write these lines by hand, at {where(plan.place)}:\n{lines}")


def _new_problems(shelf: Shelf, plan: Plan, name: str, new: str) -> tuple[Problem, ...]:
    """The problems of that file which are not there yet; refuses when an error is among them."""
    sizes = {kept: source.stat().st_size for kept, source in plan.copies.items()}
    folder = replace(shelf.folder, files={**shelf.folder.files, **sizes})
    after = with_texts(replace(shelf, folder=folder), {name: new})
    known = {(p.code, p.message) for p in problems_at(shelf, name)}
    found = [p for p in problems_at(after, name) if (p.code, p.message) not in known]
    errors = tuple(p for p in found if p.severity is Severity.ERROR)
    if errors:
        raise GestureError("this would leave something to mend", _said(errors))
    return quieted(found, shelf.workspace.studio.silenced, everything=False)[0]


def _said(errors: Sequence[Problem]) -> str:
    """What is wrong with a file that is not there yet: its place would lead nowhere."""
    said = (f"{p.message}: {p.hint}" if p.hint else p.message for p in errors)
    return "\n".join(dict.fromkeys(said))
