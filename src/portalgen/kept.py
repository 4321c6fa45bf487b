"""Copies of before that a build leaves standing: what may not stay in them, and who opens them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from portalgen.envelope_shape import is_page_id
from portalgen.model.page import invoice_page
from portalgen.problem import Place, Problem, Source, as_given
from portalgen.report import Made, Outcome
from portalgen.verify import portal_id, portal_readers
from portalgen.write import remove_folder


def remove_invoices(output: Path, name: str, standing: Iterable[str]) -> None:
    """Take out of a copy that is kept every invoice whose approval does not stand.

    Args:
        standing: the ids of the others.
    """
    portal = portal_id(output / name) or ""
    kept = {invoice_page(portal, invoice) for invoice in standing}
    for page in sorted(path.name for path in (output / name).iterdir()):
        if page.startswith("invoice-") and is_page_id(page) and page not in kept:
            remove_folder(output, f"{name}/{page}")


def still_open(
    output: Path, made: Iterable[Made], standing: Mapping[str, str], outcomes: Iterable[Outcome]
) -> Iterator[Problem]:
    """Copies that stay, though somebody can open them whose access was taken away.

    Args:
        made: every portal, whether this build was to publish it or not.
        standing: for each client's folder, the name of its own folder in the output.
    """
    replaced = {o.folder for o in outcomes if o.state in ("published", "draft")}
    for portal in made:
        name = standing.get(portal.claims.folder)
        if (
            name
            and portal.claims.folder not in replaced
            and _opens_for_others(output, name, portal)
        ):
            yield _revoked(portal, f"{as_given(output)}/{name}")


def _opens_for_others(output: Path, name: str, portal: Made) -> bool:
    return portal.readers is not None and not portal_readers(output / name) <= portal.readers


def _revoked(portal: Made, shown: str) -> Problem:
    message = "the copy built before stays, and opens for somebody whose access was taken away"
    who = "the dashboard" if portal.is_dashboard else portal.claims.folder
    hint = f"mend what is wrong with {who} and build again, or remove {shown}"
    if not portal.ordered:
        hint = "run portalgen build without names"
    return Problem("revoked-can-open", message, Place(Source(f"{shown}/")), hint)
