"""What the author asks for: which invoice, and whose approval."""

import shlex
from dataclasses import dataclass
from datetime import date

from portalgen.model.billing import Invoice
from portalgen.model.portal import Portal
from portalgen.model.spellings import closest, folded
from portalgen.problem import Problem


class ApproveError(Exception):
    """Nothing was changed; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be approved and issued, as the author says it.

    Attributes:
        client: the client's folder.
        invoice: an id, a number or a file's name; None for the only one that is left.
        by: who approved.
        waived: ids of what the client accepts to go without, or `all`.
        number: the one to give; None for the next.
        renumber: whether an invoice whose number was issued twice gets the next one.
    """

    client: str
    invoice: str | None = None
    by: str | None = None
    on: date | None = None
    via: str | None = None
    waived: tuple[str, ...] = ()
    number: str | None = None
    renumber: bool = False

    @property
    def says_approval(self) -> bool:
        return bool(self.by or self.on or self.via or self.waived)


def chosen(wish: Wish, portal: Portal) -> Invoice:
    """The invoice that is meant.

    Raises:
        ApproveError: there is none, or several may be meant.
    """
    if wish.invoice is not None:
        return _named(wish.invoice, portal)
    left = portal.unissued
    if len(left) == 1:
        return left[0]
    names = ", ".join(invoice.id for invoice in left)
    if left:
        message = f"{portal.folder} has several invoices that are not issued: {names}"
        command = shlex.join(["portalgen", "approve", portal.folder])
        raise ApproveError(message, f"name one of them: {command} {left[0].id}")
    if portal.invoices:
        raise ApproveError(f"every invoice of {portal.folder} is issued already")
    hint = f"write content/{portal.folder}/invoice.yaml"
    raise ApproveError(f"{portal.folder} has no invoice", hint)


def invoice_named(name: str, portal: Portal) -> Invoice | None:
    """The invoice with that id, that number, or in a file of that name."""
    for names in (_ids, _numbers, _stems):
        found = [invoice for invoice in portal.invoices if name in names(invoice)]
        if found:
            return found[0]
    return None


def _named(name: str, portal: Portal) -> Invoice:
    invoice = invoice_named(name, portal)
    if invoice:
        return invoice
    ids = [invoice.id for invoice in portal.invoices]
    near = closest(name, ids)
    listed = f"the invoices are: {', '.join(ids)}" if ids else "there is none yet"
    hint = f'did you mean "{near}"?' if near else listed
    raise ApproveError(f'there is no invoice "{name}" in content/{portal.folder}', hint)


def _ids(invoice: Invoice) -> tuple[str, ...]:
    return (invoice.id,)


def _numbers(invoice: Invoice) -> tuple[str, ...]:
    return (invoice.number,) if invoice.number else ()


def _stems(invoice: Invoice) -> tuple[str, ...]:
    """What its file may be called: with its folder and ending, and without."""
    file = invoice.place().source.path.rpartition("/")[2]
    return file, f"invoices/{file}", file.removesuffix(".yaml")


def approval_of(
    wish: Wish, invoice: Invoice, portal: Portal, today: date
) -> dict[str, str | tuple[str, ...]]:
    """The keys of the approval to write; empty when it stands in the file already.

    Raises:
        ApproveError: nobody is named, or it stands there and something else is asked for.
    """
    file = invoice.place().source.path
    if invoice.approval:
        if wish.says_approval:
            message = f"the approval stands in {file} already"
            hint = "change it there, or leave out --by, --on, --via and --waive"
            raise ApproveError(message, hint)
        return {}
    if wish.by is None:
        raise ApproveError("nobody has approved this invoice yet", "say who did: --by NAME")
    said: dict[str, str | tuple[str, ...]] = {"by": contact_meant(wish.by, portal)}
    said["on"] = (wish.on or today).isoformat()
    if wish.via:
        said["via"] = wish.via
    if wish.waived:
        said["waived"] = "all" if wish.waived == ("all",) else wish.waived
    return said


def contact_meant(name: str, portal: Portal) -> str:
    """A contact's id when a contact is meant; any other name as it is.

    Raises:
        ApproveError: it is nearly a contact's.
    """
    contacts = portal.client.contacts
    for contact in contacts:
        if folded(name) in (folded(contact.id), folded(contact.name)):
            return contact.id
    near = closest(name, [contact.id for contact in contacts])
    if near:
        raise ApproveError(
            f'"{name}" is not a contact of {portal.folder}', f'did you mean "{near}"?'
        )
    return name
