"""Names that entries give each other: they exist, and mean one thing only."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from portalgen.envelope_shape import is_page_id
from portalgen.model import spellings
from portalgen.model.entry import Deliverable, Step
from portalgen.model.portal import Portal, Workspace
from portalgen.model.values import path_segment
from portalgen.problem import Place, Problem, warning, withholding


def duplicate_ids(portal: Portal) -> Iterator[Problem]:
    """Two entries of one collection with the same id."""
    collections = (
        portal.steps,
        portal.deliverables,
        portal.corrections,
        portal.amendments,
        portal.invoices,
        portal.client.contacts,
    )
    for collection in collections:
        first: dict[str, Place] = {}
        for entry in collection:
            if entry.id in first:
                where = first[entry.id]
                hint = f"it is the id of {_spot(where)} already; give one of the two another id"
                message = f'"{entry.id}" is the id of two entries'
                yield Problem("duplicate-id", message, entry.place("id"), hint)
            first.setdefault(entry.id, entry.place())


def _spot(place: Place) -> str:
    return f"{place.source.path}:{place.line}" if place.line > 1 else place.source.path


def duplicate_requirements(portal: Portal) -> Iterator[Problem]:
    """Two requirements with the same number."""
    first: dict[str, Place] = {}
    for requirement in portal.requirements():
        where = first.setdefault(requirement.id, requirement.place)
        if where is not requirement.place:
            hint = f"it stands at {_spot(where)} already; number one of the two anew"
            message = f"{requirement.id} stands twice"
            yield Problem("duplicate-requirement", message, requirement.place, hint)


def no_requirements(portal: Portal) -> Iterator[Problem]:
    """A specification that nothing can be followed to."""
    if not portal.spec.text.document.requirements and "spec.md" not in portal.unread:
        hint = "begin each with R and a number, such as R1: The site opens on a phone"
        place = portal.spec.text.start
        yield warning("no-requirements", "no requirement is found here", place, hint)


def misshapen_requirements(portal: Portal) -> Iterator[Problem]:
    """Something that looks like a requirement and is none: nobody would ever follow it."""
    bodies = (portal.spec.text, *(a.text for a in portal.amendments if a.text))
    for body in bodies:
        for oddity in body.document.misshapen:
            message = f'"{oddity.text[:40]}" looks like a requirement, and is not read as one'
            hint = "write R, its number and a colon, each at the beginning of a list item: - R1: …"
            yield warning("requirement-form", message, body.place(oddity.line), hint)


def unknown_requirements(portal: Portal) -> Iterator[Problem]:
    """`covers` or `removes` naming a requirement that was never agreed on."""
    if "spec.md" in portal.unread:
        return
    known = [requirement.id for requirement in portal.requirements()]
    covering: tuple[Step | Deliverable, ...] = (*portal.steps, *portal.deliverables)
    for entry in covering:
        place = partial(entry.place, "covers")
        yield from _unknown("unknown-requirement", "a requirement", entry.covers, known, place)
    for amendment in portal.amendments:
        place = partial(amendment.place, "removes")
        yield from _unknown("unknown-requirement", "a requirement", amendment.removes, known, place)


def unknown_abouts(portal: Portal) -> Iterator[Problem]:
    """A correction about a step or deliverable that does not exist, or about two things."""
    steps = {step.id for step in portal.steps}
    deliverables = {item.id for item in portal.deliverables}
    known = sorted(steps | deliverables | portal.unread)
    for correction in portal.corrections:
        about = (correction.about,) if correction.about else ()
        place = partial(correction.place, "about")
        yield from _unknown("unknown-about", "a step or a deliverable", about, known, place)
        if correction.about in steps & deliverables:
            message = f'"{correction.about}" is a step and a deliverable'
            hint = "give one of the two another id, with the key id"
            yield Problem("ambiguous-about", message, place(), hint)


def unknown_waivers(portal: Portal) -> Iterator[Problem]:
    """`waived` naming something that is not in the project."""
    known = sorted(
        {item.id for item in portal.deliverables}
        | {correction.id for correction in portal.corrections}
        | {requirement.id for requirement in portal.requirements()}
        | portal.unread
    )
    kind = "a deliverable, a correction or a requirement"
    for invoice in portal.unissued:
        waived = invoice.approval.waived if invoice.approval else ()
        place = partial(invoice.place, "approval", "waived")
        names = () if waived == "all" else waived
        for problem in _unknown("unknown-waived", kind, names, known, place):
            yield withholding(invoice.id, problem)


def unknown_invoices(portal: Portal) -> Iterator[Problem]:
    """`deposits` or `corrects` naming an invoice that is not there."""
    deposits = [invoice.id for invoice in portal.invoices if invoice.kind == "deposit"]
    names = [n for i in portal.invoices for n in (i.id, i.number) if n]
    for invoice in portal.invoices:
        place = partial(invoice.place, "deposits")
        yield from _unknown("unknown-deposit", "a deposit", invoice.deposits, deposits, place)
        corrects = (invoice.corrects,) if invoice.corrects else ()
        place = partial(invoice.place, "corrects")
        yield from _unknown("unknown-invoice", "an invoice", corrects, names, place)


def unknown_billed(portal: Portal) -> Iterator[Problem]:
    """A line of an invoice that bills a requirement or an amendment nobody agreed on."""
    if "spec.md" in portal.unread:
        return
    known = [requirement.id for requirement in portal.requirements()]
    known += [amendment.id for amendment in portal.amendments]
    kind = "a requirement or an amendment"
    for invoice in portal.unissued:
        for position, line in enumerate(invoice.lines):
            place = partial(invoice.place, "lines", position, "covers")
            yield from _unknown("unknown-requirement", kind, line.covers, known, place)


def bad_path(portal: Portal) -> Iterator[Problem]:
    """A portal whose segment of the address would not work."""
    given = portal.client.path is not None
    place = portal.client.place("path") if given else portal.client.place()
    right = path_segment(portal.path)
    if portal.path == "assets" or is_page_id(portal.path):
        message = f'"{portal.path}" is the name of a page, and cannot be a portal\'s path'
        yield Problem("reserved-path", message, place, "add path: … with another name")
    elif right != portal.path.replace("_", "-") or not right:
        message = f'the folder\'s name "{portal.path}" cannot stand in an address'
        yield Problem("bad-path", message, place, f"rename the folder, or add path: {right or '…'}")


def bad_dashboard_path(workspace: Workspace) -> Iterator[Problem]:
    """A dashboard whose segment of the address is taken by the format."""
    path, place = workspace.studio.dashboard, workspace.studio.place("dashboard")
    if path == "assets" or is_page_id(path):
        message = f'"{path}" is the name of a page, and cannot be the dashboard\'s path'
        yield Problem("reserved-path", message, place, "write another name")


def _unknown(
    code: str, kind: str, names: Sequence[str], known: Sequence[str], place: Callable[[int], Place]
) -> Iterator[Problem]:
    """Report each name that is not known, at the place of its position in the list."""
    for position, name in enumerate(names):
        if name in known:
            continue
        near = spellings.closest(name, known)
        if near:
            hint = f'did you mean "{near}"?'
        else:
            hint = f"there are: {', '.join(known[:12])}" if known else "there is none yet"
        yield Problem(code, f'"{name}" is not {kind} of this project', place(position), hint)
