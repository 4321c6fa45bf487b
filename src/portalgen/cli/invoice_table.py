"""The table of `portalgen invoice list`."""

from collections.abc import Iterator, Sequence

from portalgen.reckoning import Entry, NotReckoned, Reckoned, left_to_pay
from portalgen.terminal import clean

_HEAD = (
    *("client", "invoice", "kind", "currency"),
    *("without VAT", "VAT", "with VAT", "already paid", "left to pay"),
)
_WORDS = 4
"""Columns of words, before those of amounts."""
_NO_AMOUNT = ("",) * (len(_HEAD) - _WORDS - 1)

Row = tuple[str, ...]


def table(entries: Sequence[Entry]) -> str:
    """The invoices under each other, then what is left to pay in each currency.

    A credit note gives back, so that its amounts are negative here: the last column adds up.
    """
    if not entries:
        return "there is no invoice yet\n"
    rows = [_row(entry) for entry in entries]
    totals = list(_totals([entry for entry in entries if isinstance(entry, Reckoned)]))
    return "".join(_aligned([_HEAD, *rows, *totals]))


def _row(entry: Entry) -> Row:
    if isinstance(entry, NotReckoned):
        words = (entry.client, entry.number or _file(entry), entry.kind or "–")
        return (*words, entry.currency or "–", *_NO_AMOUNT, "cannot be reckoned")
    name = entry.number or entry.id
    totals = entry.signed
    amounts = (totals.without_vat, totals.vat, totals.with_vat, totals.prepaid, totals.due)
    return (
        *(entry.client, name if entry.is_billed else f"{name} (draft)", entry.kind, entry.currency),
        *(format(amount, "f") for amount in amounts),
    )


def _file(entry: NotReckoned) -> str:
    return entry.path.rpartition("/")[2]


def _totals(entries: Sequence[Reckoned]) -> Iterator[Row]:
    for currency in sorted({entry.currency for entry in entries}):
        own = [entry for entry in entries if entry.currency == currency]
        for label, is_billed in (("total billed", True), ("total of drafts", False)):
            same = [entry for entry in own if entry.is_billed is is_billed]
            if same:
                yield (label, "", "", currency, *_NO_AMOUNT, format(left_to_pay(same), "f"))


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    """Words to the left, amounts to the right, two spaces between columns."""
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        parts = (
            cell.ljust(width) if at < _WORDS else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(parts).rstrip() + "\n"
