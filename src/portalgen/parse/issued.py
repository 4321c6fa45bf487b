"""Issued invoices, each frozen in a file of its own; and the ledger of them all."""

from collections.abc import Iterable

from portalgen.invoice.document import Document
from portalgen.invoice.numbering import number_of
from portalgen.ledger import read_ledger
from portalgen.model.billing import Invoice
from portalgen.model.folder import Folder
from portalgen.model.issued import ISSUED, Issued
from portalgen.model.ledger import LEDGER, Ledger
from portalgen.parse.records import Problems
from portalgen.problem import Place, Problem, Source, withholding


def ledger_of(folder: Folder) -> tuple[Ledger | None, Problems]:
    """The ledger of the workspace, empty while nothing was issued; None when it cannot be read."""
    source = folder.texts.get(LEDGER)
    if source is None:
        return (None if LEDGER in folder.unreadable else Ledger()), []
    ledger, problems = read_ledger(source)
    return (None if problems else ledger), problems


def issued_of(
    folder: Folder, invoices: Iterable[Invoice]
) -> tuple[dict[str, Issued], frozenset[str], Problems]:
    """Every issued invoice by its number, and the paths of those that are broken.

    Args:
        invoices: those of the folder; one whose frozen form is broken is held back.
    """
    ids = {invoice.number: invoice.id for invoice in invoices}
    issued: dict[str, Issued] = {}
    broken = {path for path in folder.unreadable if _is_inside(path)}
    problems = [_stranger(folder, path) for path in sorted(folder.files) if _is_inside(path)]
    for path, source in folder.texts.items():
        if not _is_inside(path):
            continue
        number = number_of(path.removeprefix(f"{ISSUED}/"))
        if number is None:
            problems.append(_stranger(folder, path))
            continue
        try:
            issued[number] = Issued(_document(source.text, number), Place(source))
        except ValueError as error:
            broken.add(path)
            problem = _broken(source, number, str(error))
            problems.append(withholding(ids.get(number, number), problem))
    return issued, frozenset(broken), problems


def _document(text: str, number: str) -> Document:
    """The document in a file that is named after a number; raises ValueError."""
    document = Document.from_json(text)
    if document.number != number:
        raise ValueError(f"its number is {document.number}")
    if document.issued is None:
        raise ValueError("it has no day of issue")
    return document


def _is_inside(path: str) -> bool:
    folder, slash, name = path.partition("/")
    return slash != "" and folder == ISSUED and not name.upper().startswith("README")


def _broken(source: Source, number: str, reason: str) -> Problem:
    message = f"this is not the invoice {number} as it was issued: {reason}"
    hint = f"take it back from git: git checkout -- {source.path}"
    return Problem("broken-issued-invoice", message, Place(source), hint)


def _stranger(folder: Folder, path: str) -> Problem:
    message = "only issued invoices stand here, and portalgen approve writes them"
    hint = "move it to files/ if the content refers to it"
    return Problem("stranger-in-issued", message, Place(Source(f"{folder.path}/{path}")), hint)
