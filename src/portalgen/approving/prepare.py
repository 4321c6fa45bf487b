"""From what the author asks for to the files to write, with nothing written yet.

The files are read as a build reads them, once with the approval in place: what would keep the
invoice back in a build keeps it from being issued.
"""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portalgen.approving.choice import ApproveError, Wish, approval_of, chosen
from portalgen.approving.renumber import line_to_drop
from portalgen.approving.transaction import Change
from portalgen.check import Books, Claims, check_across, check_portal, claims_of
from portalgen.edit import Value, with_values
from portalgen.invoice.document import Document
from portalgen.invoice.numbering import file_of
from portalgen.invoicing import drafted
from portalgen.ledger import text_of, with_issue
from portalgen.model.billing import Invoice
from portalgen.model.folder import CONTENT, Folder
from portalgen.model.issued import ISSUED, issue_of
from portalgen.model.ledger import LEDGER, Issue, Ledger
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import ledger_of, parse_client, parse_studio
from portalgen.problem import Problem, Severity, Source, in_reading_order
from portalgen.read import client_names, read_client, read_studio


@dataclass(frozen=True, slots=True)
class Prepared:
    """An invoice, ready to be issued.

    Attributes:
        invoice: its id.
        changes: the files to write, in their order; empty when it is issued already.
        warnings: what could be better in it.
    """

    client: str
    invoice: str
    document: Document
    changes: tuple[Change, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Books:
    """What a decision rests on.

    Attributes:
        folder: the client's, as read, and `unread` the problems of reading it.
        others: what the other clients lay claim to.
    """

    root: Path
    workspace: Workspace
    ledger: Ledger
    folder: Folder
    portal: Portal
    unread: tuple[Problem, ...]
    others: tuple[Claims, ...]
    today: date

    @property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(entry.issue for entry in self.ledger.entries)

    @property
    def claims(self) -> tuple[Claims, ...]:
        return (*self.others, claims_of(self.portal))


def prepare(root: Path, wish: Wish, today: date) -> Prepared:
    """Decide what to write.

    Raises:
        ApproveError: the invoice may not go out yet, or the wish cannot be met; nothing changes.
        FileNotFoundError: there is no content folder.
    """
    books = _open(root, wish.client, today)
    invoice = chosen(wish, books.portal)
    dropped = line_to_drop(invoice, books.portal, books.ledger) if wish.renumber else None
    issued = books.portal.issued.get(invoice.number or "")
    if issued and not wish.renumber:
        return Prepared(wish.client, invoice.id, issued.document, ())
    if dropped:
        books = _without(books, dropped)
    values = _values(wish, invoice, books)
    return _issued(books, invoice, values, dropped)


def _open(root: Path, client: str, today: date) -> _Books:
    """Read everything, as far as it is needed."""
    folder, unreadable = read_studio(root)
    workspace, unparsed = parse_studio(folder)
    ledger, broken = ledger_of(folder)
    found = [p for p in (*unreadable, *unparsed, *broken) if p.severity is Severity.ERROR]
    if found or ledger is None:
        raise ApproveError("mend this first", problems=in_reading_order(found))
    names = (name for name in client_names(root) if name != client)
    others = [claims_of(parse_client(read_client(root, name)[0])[0]) for name in names]
    folder, unread = read_client(root, client)
    portal, found = parse_client(folder)
    errors = [p for p in found if p.place.source.path.startswith(f"{folder.path}/invoice")]
    if portal.invoices_unread:
        raise ApproveError("mend this first", problems=in_reading_order([*unread, *errors]))
    return _Books(root, workspace, ledger, folder, portal, tuple(unread), tuple(others), today)


def _without(books: _Books, dropped: Issue) -> _Books:
    """The books without a line of the ledger, and what it froze."""
    entries = tuple(e for e in books.ledger.entries if e.issue != dropped)
    gone = f"{ISSUED}/{file_of(dropped.number)}"
    issued = books.portal.issued.get(dropped.number)
    texts = dict(books.folder.texts)
    if issued and issued.issue(books.portal.folder) == dropped:
        del texts[gone]
    return replace(books, ledger=Ledger(entries), folder=replace(books.folder, texts=texts))


# --- what to write -------------------------------------------------------------------------------


def _values(wish: Wish, invoice: Invoice, books: _Books) -> dict[str, Value]:
    """The values to set in the invoice's file."""
    approval = {} if wish.renumber else approval_of(wish, invoice, books.portal, books.today)
    day = books.today if wish.renumber or invoice.issued is None else invoice.issued
    number = _number(wish, invoice, books, day)
    _refuse_day(day, books)
    _refuse_earlier(number, day, invoice, books)
    values: dict[str, Value] = {"approval": approval} if approval else {}
    if invoice.number != number:
        values["number"] = number
    if invoice.issued != day:
        values["issued"] = day.isoformat()
    return values


def _number(wish: Wish, invoice: Invoice, books: _Books, day: date) -> str:
    """The number to give: that of the file, the one that is asked for, or the next."""
    series = books.workspace.studio.series
    written = None if wish.renumber else invoice.number
    used = Books(books.ledger, series, books.claims, books.today).numbers_used
    reached = series.reached(n for n in used if wish.renumber or n != invoice.number)
    expected = series.following(reached, day)
    if written and wish.number and written != wish.number:
        message = f"{written} stands in {invoice.place().source.path}, and --number says another"
        raise ApproveError(message, "leave out --number, or change the file")
    number = wish.number or written or expected
    position = series.position(number)
    if position is None or position.period != series.period(day):
        message = f"{number} is not a number that numbering in studio.yaml gives on {day}"
        hint = f"write one like {expected}, or change numbering: {books.workspace.studio.numbering}"
        raise ApproveError(message, hint)
    if wish.number and reached and number != expected:
        raise ApproveError(f"the next number is {expected}, not {number}", "leave out --number")
    return number


def _refuse_day(day: date, books: _Books) -> None:
    """Days of issue never go back, and none lies in the future."""
    last = books.issues[-1] if books.issues else None
    if last and day < last.issued:
        message = f"{last.number} was issued on {last.issued}, and nothing is issued before it"
        raise ApproveError(message, f"this one would be issued on {day}: wait, or correct the day")
    if day > books.today:
        raise ApproveError(f"an invoice cannot be issued on {day}: today is {books.today}")


def _refuse_earlier(number: str, day: date, invoice: Invoice, books: _Books) -> None:
    """Invoices that were approved and numbered by hand are issued in their order."""
    own = (day, number)
    waiting = [
        ((other.issued, other.number), claim.folder, other.invoice)
        for claim in books.claims
        for other in claim.invoices
        if other.approved and other.number and other.issued
        if other.number not in claim.numbers_issued
        if (claim.folder, other.invoice) != (books.portal.folder, invoice.id)
    ]
    earlier = sorted(one for one in waiting if one[0] <= own)
    if earlier:
        commands = [shlex.join(["portalgen", "approve", *one[1:]]) for one in earlier]
        message = f"{earlier[0][0][1]} of {earlier[0][1]} has an earlier number or day"
        raise ApproveError(message, "\n".join(["issue in this order:", *commands]))


# --- the files -----------------------------------------------------------------------------------


def _issued(
    books: _Books, invoice: Invoice, values: dict[str, Value], dropped: Issue | None
) -> Prepared:
    path = invoice.place().source.path
    old = (books.root / path).read_bytes()
    new = _edited(path, old, values)
    name = path.removeprefix(f"{books.folder.path}/")
    text = new.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    folder = replace(books.folder, texts={**books.folder.texts, name: Source(path, text)})
    portal, unparsed = parse_client(folder)
    found = _refuse_problems(books, portal, [*books.unread, *unparsed], invoice.id)
    approved = next(one for one in portal.invoices if one.id == invoice.id)
    document = drafted(approved, portal, books.workspace)
    changes = [*_frozen(books, document, dropped), Change(path, old, new)]
    if dropped:
        changes += _taken_away(books, dropped)
    changes = [change for change in changes if change.before != change.after]
    warnings = (p for p in found if p.place.source.path == path and p.code != "not-issued")
    return Prepared(portal.folder, invoice.id, document, tuple(changes), tuple(warnings))


def _edited(path: str, old: bytes, values: dict[str, Value]) -> bytes:
    if not values:
        return old
    edited = with_values(old.decode("utf-8"), values, after="kind")
    if edited is None:
        lines = "\n".join(_shown(key, value) for key, value in values.items())
        message = f"{path} cannot be changed as it is laid out"
        raise ApproveError(message, f"write these lines into it, and run this again:\n{lines}")
    return edited.encode()


def _shown(key: str, value: Value) -> str:
    return (with_values("{}", {key: value}, "") or "")[1:-1]


def _refuse_problems(
    books: _Books, portal: Portal, found: Sequence[Problem], invoice: str
) -> tuple[Problem, ...]:
    """Everything that a build would say; refuses what would hold the invoice back."""
    problems = [*found, *check_portal(portal, books.workspace, books.today, found)]
    claims = sorted([*books.others, claims_of(portal)], key=lambda claim: claim.folder)
    series = books.workspace.studio.series
    between = check_across(claims, books.today, {}, ledger=books.ledger, series=series)
    problems += between[portal.folder]
    in_order = in_reading_order(problems)
    errors = tuple(p for p in in_order if p.blocks_portal or _withholds(p, invoice))
    if errors:
        raise ApproveError("this invoice cannot go out yet", problems=errors)
    return in_order


def _withholds(problem: Problem, invoice: str) -> bool:
    return problem.severity is Severity.ERROR and problem.invoice == invoice


def _frozen(books: _Books, document: Document, dropped: Issue | None) -> list[Change]:
    """The frozen document, and the ledger with its line."""
    client = books.portal.folder
    kept = f"{CONTENT}/{client}/{ISSUED}/{file_of(document.number or '')}"
    target, own = books.root / kept, books.root / CONTENT / client
    if target.exists() or not target.resolve().is_relative_to(own.resolve()):
        message = f"{kept} cannot be written: something else stands there"
        raise ApproveError(message, "run portalgen check, and mend what it says of this file")
    file = books.root / CONTENT / LEDGER
    old = file.read_bytes() if file.exists() else None
    issue = issue_of(document, client)
    text = (old or text_of(()).encode()).decode("utf-8")
    new = with_issue(text, issue, dropped)
    return [
        Change(kept, None, document.to_json().encode()),
        Change(f"{CONTENT}/{LEDGER}", old, new.encode()),
    ]


def _taken_away(books: _Books, dropped: Issue) -> list[Change]:
    """What was frozen under the number that is given up, unless it is another invoice's."""
    path = f"{ISSUED}/{file_of(dropped.number)}"
    if path in books.folder.texts:
        return []
    file = f"{CONTENT}/{books.portal.folder}/{path}"
    return [Change(file, (books.root / file).read_bytes(), None)]
