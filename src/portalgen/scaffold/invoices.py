"""A new invoice, filled in as far as the agreement tells; none of it goes out before approval."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from portalgen.approving import Change, apply, interrupted, only_one
from portalgen.model.billing import Invoice
from portalgen.parse.entries import id_of
from portalgen.problem import Problem, Severity, in_reading_order
from portalgen.scaffold.naming import free, next_number
from portalgen.scaffold.opening import (
    AGREEMENT,
    NewError,
    Shelf,
    new_problems,
    open_shelf,
    refuse_flawed,
    with_texts,
)
from portalgen.scaffold.prefill import (
    LineToBe,
    adjustments,
    agreed_lines,
    credited_lines,
    deposit_line,
    is_abroad,
    thanks,
    usual_vat,
    yaml_of,
)
from portalgen.scaffold.texts import Value, Yaml, written
from portalgen.schema import modeline
from portalgen.write import write_file

Kind = Literal["invoice", "deposit", "final", "credit note"]

_SINGLE = "invoice.yaml"
_FOLDER = "invoices"
_NAMES: Mapping[str, Mapping[Kind, str]] = {
    "en": {
        "invoice": "invoice",
        "deposit": "deposit",
        "final": "balance",
        "credit note": "credit-note",
    },
    "fr": {"invoice": "facture", "deposit": "acompte", "final": "solde", "credit note": "avoir"},
}
"""How the file of an invoice is named."""

_USUAL_DEPOSIT = Decimal(30)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceWish:
    """What is to be billed.

    Attributes:
        kind: None for a final where a deposit waits to be deducted, an invoice elsewhere.
        percent: of a deposit; 30 when it is None.
        price: without VAT; that of the specification when it is None.
        vat: a rate in percent; the usual one when it is None.
        corrects: id or number of the issued invoice that a credit note corrects; None for the
            only one.
    """

    kind: Kind | None = None
    percent: Decimal | None = None
    price: Decimal | None = None
    vat: Decimal | None = None
    corrects: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """An invoice that was just written.

    Attributes:
        path: its file, from the workspace.
        moved_from: where another invoice was moved from, and `moved_to`; None when none was.
        needs_agreement: whether it is a deposit on a specification nobody agreed to yet.
        is_abroad: whether the client is billed in another country.
    """

    id: str
    kind: Kind
    path: str
    moved_from: str | None = None
    moved_to: str | None = None
    needs_agreement: bool = False
    is_abroad: bool = False
    problems: tuple[Problem, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the file goes; an invoice that stands alone has to move beside it."""

    name: str
    move_to: str | None = None


def add_invoice(root: Path, client: str, wish: InvoiceWish, today: date) -> Drafted:
    """Write one more invoice of a client.

    Raises:
        NewError: it cannot be written as it is asked for; nothing is changed.
        OSError: a file cannot be written.
    """
    with only_one(root):
        shelf = open_shelf(root, client, today)
        _refuse_unready(shelf)
        kind = wish.kind or ("final" if _deposits(shelf) else "invoice")
        spot = _spot(shelf, kind)
        text = _text(shelf, wish, kind, spot)
        before = _with_move(shelf, spot)
        after = with_texts(before, {spot.name: text})
        problems = new_problems(before, after, spot.name)
        _write(shelf, spot, text)
    return Drafted(
        id=id_of(spot.name),
        kind=kind,
        path=shelf.path(spot.name),
        moved_from=shelf.path(_SINGLE) if spot.move_to else None,
        moved_to=shelf.path(spot.move_to) if spot.move_to else None,
        needs_agreement=kind == "deposit" and shelf.portal.spec.agreed is None,
        is_abroad=is_abroad(shelf),
        problems=problems,
    )


def _refuse_unready(shelf: Shelf) -> None:
    what = interrupted(shelf.root)
    if what:
        raise NewError(f"{what} was cut off", "to finish it, run: portalgen approve")
    if _FOLDER in shelf.folder.outside or _FOLDER in shelf.folder.files:
        message = f"{shelf.path(_FOLDER)} is no folder of its own"
        raise NewError(message, "put a folder there, or remove it: nothing is written through it")
    refuse_flawed(shelf, "client.yaml", *AGREEMENT)
    own = shelf.path("invoice")
    if shelf.portal.invoices_unread:
        problems = (p for p in shelf.found if p.place.source.path.startswith(own))
        errors = in_reading_order(p for p in problems if p.severity is Severity.ERROR)
        raise NewError("mend this first", problems=errors)
    if not shelf.workspace.is_read:
        raise NewError("content/studio.yaml has errors", "run portalgen check, and mend them first")


def _spot(shelf: Shelf, kind: Kind) -> _Spot:
    """Its file. A deposit is followed by a balance, so it begins a folder."""
    names = _NAMES.get(shelf.language, _NAMES["en"])
    stems = shelf.names(_FOLDER)
    ids = {invoice.id for invoice in shelf.portal.invoices} | {id_of(f"{s}.yaml") for s in stems}
    if _SINGLE in shelf.folder.texts:
        moved = f"{_FOLDER}/01-{id_of(_SINGLE)}.yaml"
        return _Spot(f"{_FOLDER}/02-{free(names[kind], ids)}.yaml", moved)
    if not stems and kind != "deposit":
        return _Spot(_SINGLE)
    return _Spot(f"{_FOLDER}/{next_number(stems)}{free(names[kind], ids)}.yaml")


# --- what it says --------------------------------------------------------------------------------


def _text(shelf: Shelf, wish: InvoiceWish, kind: Kind, spot: _Spot) -> str:
    values: dict[str, Value] = {
        "modeline": Yaml(modeline(2 if "/" in spot.name else 1, "invoice")),
        "client": shelf.client,
        "id": id_of(spot.name),
        "kind": kind,
        **dict.fromkeys(("currency", "discounts", "charges", "deposits", "corrects", "thanks"), ""),
    }
    if kind == "credit note":
        values |= _credited(shelf, _original(shelf, wish))
    else:
        values["lines"] = Yaml(yaml_of(_lines(shelf, wish, kind)))
        values["thanks"] = thanks(shelf, begins=kind == "deposit")
    if kind == "final":
        values["deposits"] = tuple(deposit.id for deposit in _deposits(shelf))
    return written("invoice.yaml", shelf.language, values)


def _credited(shelf: Shelf, original: Invoice) -> dict[str, Value]:
    """What gives back all of an issued invoice: what was due of it is due to the client."""
    document = shelf.portal.issued[original.number or ""].document
    taxed = shelf.workspace.studio.legal.vat_regime != "franchise"
    return {
        "lines": Yaml(yaml_of(tuple(credited_lines(document, taxed=taxed)))),
        "currency": original.currency or "",
        "discounts": Yaml(adjustments(document.discounts, taxed=taxed)),
        "charges": Yaml(adjustments(document.charges, taxed=taxed)),
        "deposits": original.deposits,
        "corrects": document.number or "",
    }


def _lines(shelf: Shelf, wish: InvoiceWish, kind: Kind) -> tuple[LineToBe, ...]:
    price = shelf.portal.spec.price if wish.price is None else wish.price
    if price is None:
        hint = f"say it: --price 1800.00; or write price: into {shelf.path('spec.md')}"
        raise NewError("the specification names no price", hint)
    vat = usual_vat(shelf) if wish.vat is None else f"{wish.vat:f}"
    if kind == "deposit":
        percent = _USUAL_DEPOSIT if wish.percent is None else wish.percent
        return (deposit_line(shelf, price, percent, vat),)
    return tuple(agreed_lines(shelf, price, vat))


def _deposits(shelf: Shelf) -> tuple[Invoice, ...]:
    """The deposits that no invoice deducts yet."""
    invoices = shelf.portal.invoices
    deducted = {name for invoice in invoices for name in invoice.deposits}
    return tuple(i for i in invoices if i.kind == "deposit" and i.id not in deducted)


def _original(shelf: Shelf, wish: InvoiceWish) -> Invoice:
    """The issued invoice that a credit note corrects."""
    issued = [
        invoice
        for invoice in shelf.portal.invoices
        if shelf.portal.is_issued(invoice) and invoice.kind != "credit note"
    ]
    found = [one for one in issued if wish.corrects in (None, one.id, one.number)]
    if len(found) == 1:
        return found[0]
    if not issued:
        message = f"a credit note corrects an issued invoice, and {shelf.client} has none"
        raise NewError(message, "change its file: nothing is issued before portalgen approve")
    listed = ", ".join(f"{invoice.number} ({invoice.id})" for invoice in issued)
    if wish.corrects:
        raise NewError(f'"{wish.corrects}" is not an issued invoice', f"there are: {listed}")
    raise NewError("several invoices are issued", f"say which: --corrects NUMBER; {listed}")


# --- the files -----------------------------------------------------------------------------------


def _with_move(shelf: Shelf, spot: _Spot) -> Shelf:
    if spot.move_to is None:
        return shelf
    text = shelf.folder.texts[_SINGLE].text
    return with_texts(shelf, {_SINGLE: None, spot.move_to: text})


def _write(shelf: Shelf, spot: _Spot, text: str) -> None:
    for name in filter(None, (spot.name, spot.move_to)):
        if os.path.lexists(shelf.file(name)):
            raise NewError(f"{shelf.path(name)} is there already", "move it away first")
    if spot.move_to is None:
        write_file(shelf.file(spot.name), text.encode())
        return
    old = shelf.file(_SINGLE).read_bytes()
    shallow, deep = (modeline(depth, "invoice").encode() for depth in (1, 2))
    changes = (
        Change(shelf.path(spot.move_to), None, old.replace(shallow, deep, 1)),
        Change(shelf.path(_SINGLE), old, None),
        Change(shelf.path(spot.name), None, text.encode()),
    )
    apply(shelf.root, f"a new invoice for {shelf.client}", changes)
