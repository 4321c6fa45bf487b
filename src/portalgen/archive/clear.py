"""What stands in an archive in clear: pages, files, invoices, and the same for programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from portalgen.archive.facts import facts_text
from portalgen.archive.known import FileFacts, Known
from portalgen.archive.readme import clear_readme
from portalgen.archive.safe_names import safe_names
from portalgen.archive.still_page import Still, still
from portalgen.archive.told import approvals, approvals_text, journal_text
from portalgen.archive.zip_file import Entry, entry
from portalgen.attachments import attached
from portalgen.desk import Desk
from portalgen.einvoice import FacturX, facturx_of
from portalgen.envelope import ChangedError
from portalgen.facturx import NoEngineError, load_engine
from portalgen.inside import open_inside
from portalgen.invoice.numbering import file_of
from portalgen.language import message
from portalgen.making import Clear
from portalgen.model.billing import Invoice
from portalgen.model.file import File
from portalgen.model.folder import CONTENT
from portalgen.model.page import Page, page_path
from portalgen.problem import Problem
from portalgen.render.events import events
from portalgen.render.scope import Scope
from portalgen.shell import ASSETS, named_in
from portalgen.theme import Theme

_FILES, _INVOICES = "files/", "invoices/"
_CHUNK = 1024 * 1024
_SEALED = message("in your private space only")


@dataclass(frozen=True, slots=True)
class _Copy:
    """The content of a client's file, while it is read.

    Raises:
        ChangedError: it is not what it was when the pages were made.
    """

    source: Path
    folder: Path
    digest: str

    def __iter__(self) -> Iterator[bytes]:
        check = sha256()
        try:
            with open_inside(self.source, self.folder) as content:
                for chunk in _chunks(content):
                    check.update(chunk)
                    yield chunk
        except OSError as error:
            raise ChangedError(f"the file cannot be read any more: {error.strerror}") from error
        if check.hexdigest() != self.digest:
            raise ChangedError("the file was changed while it was read")


def _chunks(content: BinaryIO) -> Iterator[bytes]:
    return iter(partial(content.read, _CHUNK), b"")


@dataclass(frozen=True, slots=True)
class _Papers:
    """The files of the invoices, and for each invoice's id their paths in the archive."""

    entries: tuple[Entry, ...]
    paths: Mapping[str, Sequence[str]]
    facturx: Mapping[str, str]
    """Where a Factur-X file went, by the path that a page knows it by."""


def clear_entries(
    clear: Clear, desk: Desk, scope: Scope, today: date
) -> tuple[list[Entry], list[Problem]]:
    """Everything in the archive but the checksums; and what keeps an invoice from being a PDF.

    Args:
        scope: of the portal's first page.

    Raises:
        ThemeError: the theme's page of an invoice cannot be rendered.
    """
    papers, problems = _papers(clear, desk)
    files = _files(attached(clear.portal))
    own = {clear.portal.files[it.source].known_as: it.path for it in files}
    places = {**own, **papers.facturx}
    make = partial(still, find=places.get, sealed=scope.words.text(_SEALED))
    pages = [*_pages(clear.pages, make)]
    html = b"".join(one.content for one in pages if isinstance(one.content, bytes))
    told, said = events(scope, clear.invoices), approvals(scope, clear.invoices)
    known = Known(
        scope=scope,
        today=today,
        invoices=clear.invoices,
        told=told,
        said=said,
        files=tuple(files),
        papers=papers.paths,
        clear=lambda html: make(html, "").html,
    )
    texts = {
        "journal.txt": journal_text(scope, told, known.clear),
        "portal.json": facts_text(known),
    }
    if said:
        texts["approvals.txt"] = approvals_text(scope, said)
    folder = desk.root / CONTENT / clear.portal.folder
    entries = [*pages, *papers.entries, *_entries(texts), *_styles(clear.theme, html)]
    entries += [
        Entry(it.path, _Copy(folder / it.source, folder, it.digest), it.size) for it in files
    ]
    readme = clear_readme(scope, today, [one.path for one in entries])
    return [*_entries({"README.txt": readme}), *entries], problems


def _entries(texts: Mapping[str, str]) -> Iterator[Entry]:
    return (entry(path, text.encode()) for path, text in texts.items())


def _pages(pages: Iterable[Page], make: Callable[[str, str], Still]) -> Iterator[Entry]:
    """The pages, and the files that their buttons would have saved."""
    saved: dict[str, str] = {}
    for page in pages:
        path = page_path(page.name)
        made = make(page.html, "../" * path.count("/"))
        yield entry(path, made.html.encode())
        saved |= made.saved
    yield from _entries(saved)


def _styles(theme: Theme, html: bytes) -> Iterator[Entry]:
    """The style sheets that the pages load, and what those load."""
    published = {f"{ASSETS}{asset.hashed_name}": asset.content for asset in theme.assets}
    return (entry(path, content) for path, content in named_in(html, published).items())


def _files(files: Sequence[File]) -> list[FileFacts]:
    """The client's files, each with its place; `files/` is where most lie already."""
    names = safe_names((file.path for file in files), _FILES.rstrip("/"))
    return [
        FileFacts(
            source=file.path,
            path=f"{_FILES}{names[file.path]}",
            size=file.size,
            digest=file.digest,
        )
        for file in files
    ]


def _papers(clear: Clear, desk: Desk) -> tuple[_Papers, list[Problem]]:
    """The issued invoices, frozen, and as electronic ones where this machine can make them."""
    entries: list[Entry] = []
    paths: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    problems: list[Problem] = []
    for invoice in clear.invoices:
        issued = clear.portal.issued.get(invoice.number or "")
        if issued is None:
            continue
        frozen = f"{_INVOICES}{file_of(issued.document.number or '')}"
        entries.append(entry(frozen, issued.document.to_json().encode()))
        paths[invoice.id] = [frozen]
        paper, found = _paper(clear, desk, invoice)
        problems += found
        if paper:
            path = f"{_INVOICES}{paper.name}"
            entries.append(entry(path, paper.content))
            paths[invoice.id].append(path)
            places[paper.file.known_as] = path
    return _Papers(tuple(entries), paths, places), problems


def _paper(clear: Clear, desk: Desk, invoice: Invoice) -> tuple[FacturX | None, list[Problem]]:
    try:
        load_engine()
    except NoEngineError:
        return None, []
    return facturx_of(desk.root, clear.portal, desk.workspace, clear.theme, invoice)
