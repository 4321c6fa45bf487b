"""The ledger of issued invoices as text: one line for each, which nobody edits.

Read strictly: a line that is not exactly what is written here makes the whole of it unreadable,
since it could no longer vouch for any invoice.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import cast, get_args

from portalgen.invoice.currency import is_currency_code, minor_unit_digits
from portalgen.invoice.document import Kind
from portalgen.invoice.numbering import is_number
from portalgen.model.ledger import LEDGER, Entry, Issue, Ledger
from portalgen.problem import Place, Problem, Source

HEAD = f"""\
# {LEDGER}: every invoice that was issued, in order. Written by portalgen approve; commit it,
# and change nothing in it. The columns, with a tab between them:
# number, day, client's folder, kind, currency, total with VAT, SHA-256 of issued/NUMBER.json
"""

_COLUMNS = 7
_DIGEST = re.compile("[0-9a-f]{64}")
_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def line_of(issue: Issue) -> str:
    """An issued invoice as a line, with its end."""
    columns = (
        issue.number,
        issue.issued.isoformat(),
        issue.client,
        issue.kind,
        issue.currency,
        format(issue.total, "f"),
        issue.digest,
    )
    return "\t".join(columns) + "\n"


def text_of(issues: Iterable[Issue]) -> str:
    """A whole ledger."""
    return HEAD + "".join(line_of(issue) for issue in issues)


def with_issue(text: str, issue: Issue, dropped: Issue | None = None) -> str:
    """A ledger's text with one more line, and perhaps without another; line ends are kept."""
    end = "\r\n" if "\r\n" in text else "\n"
    if dropped:
        text = text.replace(line_of(dropped).replace("\n", end), "", 1)
    text += "" if text.endswith("\n") else end
    return text + line_of(issue).replace("\n", end)


def read_ledger(source: Source) -> tuple[Ledger, list[Problem]]:
    """Read a ledger; with any problem, what is returned is not the whole of it."""
    lines = source.text.split("\n")
    if not lines[-1]:
        lines.pop()
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        place = Place(source, number, 1, max(1, len(line.partition("\t")[0])))
        if line.startswith(_CONFLICT):
            return Ledger(), [_conflict(place)]
        if line.startswith("#") and not entries:
            continue
        issue = _issue(line)
        if issue is None:
            problems.append(_broken(place))
        else:
            entries.append(Entry(issue, place))
    return Ledger(tuple(entries)), problems


def _issue(line: str) -> Issue | None:
    """The invoice that a line stands for; None unless it is written in the one right form."""
    columns = line.split("\t")
    if len(columns) != _COLUMNS:
        return None
    number, issued, client, kind, currency, total, digest = columns
    is_known = kind in get_args(Kind) and is_currency_code(currency)
    if not (is_known and client and is_number(number) and _DIGEST.fullmatch(digest)):
        return None
    try:
        day = date.fromisoformat(issued)
    except ValueError:
        return None
    decimals = minor_unit_digits(currency)
    if not re.fullmatch(rf"-?[0-9]+{rf'[.][0-9]{{{decimals}}}' if decimals else ''}", total):
        return None
    read = Issue(
        number=number,
        issued=day,
        client=client,
        kind=cast("Kind", kind),
        currency=currency,
        total=Decimal(total),
        digest=digest,
    )
    return read if line_of(read) == f"{line}\n" else None


def _conflict(place: Place) -> Problem:
    message = "two branches issued invoices, and their merge is not finished"
    hint = (
        "keep the lines of both, the older days first, and remove the lines that begin with\n"
        "<<<<<<<, ======= and >>>>>>>; then run portalgen check: it says what to do if both\n"
        "used the same number"
    )
    return Problem("ledger-conflict", message, place, hint)


def _broken(place: Place) -> Problem:
    message = "this line is not as portalgen approve wrote it"
    return Problem("broken-ledger", message, place, "take it back from git: nobody edits it")
