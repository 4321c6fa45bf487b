"""What an invoice says before its author looks at it: lines, VAT, thanks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portalgen.agreement import agreed_amendments
from portalgen.invoice import minor_unit_digits
from portalgen.invoice.bill import Vat
from portalgen.invoice.document import Adjusted, Document
from portalgen.invoicing.facts import code_of, law_of
from portalgen.language import Words, message
from portalgen.model.billing import VatRate
from portalgen.scaffold.opening import NewError, Shelf
from portalgen.scaffold.texts import flow, scalar

_STANDARD_RATES: Mapping[str, str] = {
    "AT": "20", "BE": "21", "CH": "8.1", "DE": "19", "ES": "21", "FR": "20", "GB": "20",
    "IE": "23", "IT": "22", "LU": "17", "MC": "20", "NL": "21", "PT": "23",
}  # fmt: skip
"""Standard VAT rates in percent, of 2026, by country (ISO 3166-1), where our languages are spoken:
Directive 2006/112/EC, articles 96 and 97, as each member state sets it; for CH, LTVA article 25;
for GB, VATA 1994 section 2. They are suggested: the author sees the rate, and can change it."""

_DEPOSIT = message("Deposit of {part}: {title}")
_THANKS_AHEAD = message(
    "Thank you, {name}, for your trust. It is a pleasure to begin this work with you."
)
_THANKS = message("Thank you, {name}, for your trust. It was a pleasure to do this work with you.")

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineToBe:
    """A line of an invoice to be written.

    Attributes:
        vat: as YAML; empty where none is charged.
        discounts: a list in YAML, as `charges` is.
    """

    text: str
    price: str
    vat: str
    quantity: str = ""
    unit: str = ""
    base_quantity: str = ""
    discounts: str = ""
    charges: str = ""
    covers: tuple[str, ...] = ()


def agreed_lines(shelf: Shelf, price: Decimal, vat: str) -> Iterator[LineToBe]:
    """The agreed price, and each agreed change of it."""
    title = shelf.portal.client.project.title
    yield LineToBe(text=title, price=shown(price, shelf), vat=vat)
    for amendment in agreed_amendments(shelf.portal):
        change = amendment.price_change
        if change:
            yield LineToBe(
                text=amendment.title,
                quantity="-1" if change < 0 else "",
                price=shown(abs(change), shelf),
                vat=vat,
                covers=(amendment.id,),
            )


def deposit_line(shelf: Shelf, price: Decimal, percent: Decimal, vat: str) -> LineToBe:
    """A part of the agreed price."""
    digits = minor_unit_digits(shelf.workspace.studio.currency)
    part = (price * percent / _HUNDRED).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    words = words_of(shelf)
    title = shelf.portal.client.project.title
    text = words.text(_DEPOSIT, part=words.percent(percent), title=title)
    return LineToBe(text=text, price=shown(part, shelf), vat=vat)


def credited_lines(document: Document, *, taxed: bool) -> Iterator[LineToBe]:
    """All lines of an issued invoice, to be given back."""
    for line in document.lines:
        yield LineToBe(
            text=line.text,
            quantity=_unless(line.quantity, Decimal(1)),
            unit=line.unit or "",
            price=f"{line.price:f}",
            base_quantity=_unless(line.base_quantity, Decimal(1)),
            vat=_vat(line.vat) if taxed else "",
            discounts=adjustments(line.discounts, taxed=taxed),
            charges=adjustments(line.charges, taxed=taxed),
            covers=line.covers,
        )


def usual_vat(shelf: Shelf) -> str:
    """The VAT of a line, as YAML: none under franchise, the commonest on the client's invoices,
    or the standard rate of the studio's country.

    Raises:
        NewError: it is not known.
    """
    studio = shelf.workspace.studio
    if studio.legal.vat_regime == "franchise":
        return ""
    bills = shelf.portal.invoices
    written = Counter(_rate(line.vat) for bill in bills for line in bill.lines if line.vat)
    if written:
        return written.most_common(1)[0][0]
    country, _ = law_of(shelf.portal, studio)
    rate = _STANDARD_RATES.get(country or "")
    if rate is None:
        hint = "say it: --vat 20; or write address: with its country into content/studio.yaml"
        raise NewError("the VAT rate is not known", hint)
    return rate


def is_abroad(shelf: Shelf) -> bool:
    """Whether the client is billed in another country, where other VAT may be due."""
    own, _ = law_of(shelf.portal, shelf.workspace.studio)
    theirs = code_of(shelf.portal.client.billing.address)
    return own is not None and theirs is not None and own != theirs


def thanks(shelf: Shelf, *, begins: bool) -> str:
    """A word to the client, by name, in their language; `begins` while the work is ahead."""
    words = words_of(shelf)
    contacts = shelf.portal.client.contacts
    names = [contact.greeting or contact.name for contact in contacts]
    who = words.list(names) if names else shelf.portal.client.name
    return words.text(_THANKS_AHEAD if begins else _THANKS, name=who)


def words_of(shelf: Shelf) -> Words:
    """The client's own language."""
    client = shelf.portal.client
    return Words(client.language or shelf.language, client.address_form)


def shown(amount: Decimal, shelf: Shelf) -> str:
    """An amount with at least the decimals of the currency."""
    digits = minor_unit_digits(shelf.workspace.studio.currency)
    exponent = amount.as_tuple().exponent
    written = -exponent if isinstance(exponent, int) else 0
    return f"{amount:.{max(digits, written)}f}"


def yaml_of(lines: Sequence[LineToBe]) -> str:
    """The lines as the items of a list in YAML, without an end of line at the last one."""
    return "\n".join("\n".join(_keys(line)) for line in lines)


def _keys(line: LineToBe) -> Iterator[str]:
    keys = {
        "text": scalar(line.text),
        "quantity": line.quantity,
        "unit": scalar(line.unit) if line.unit else "",
        "price": line.price,
        "base_quantity": line.base_quantity,
        "discounts": line.discounts,
        "charges": line.charges,
        "vat": line.vat,
        "covers": flow(line.covers) if line.covers else "",
    }
    said = [f"{key}: {value}" for key, value in keys.items() if value]
    yield f"  - {said[0]}"
    yield from (f"    {one}" for one in said[1:])


def _vat(vat: Vat) -> str:
    """The VAT of an issued line, as YAML."""
    if vat.category == "S" and vat.rate is not None:
        return f"{vat.rate:f}"
    rate = "" if vat.rate is None else f", rate: {vat.rate:f}"
    why = f", why: {scalar(vat.reason, inside=True)}" if vat.reason else ""
    return f"{{category: {vat.category}{rate}{why}}}"


def _rate(vat: VatRate) -> str:
    """The VAT of a line that an author wrote, as YAML."""
    if vat.category is None:
        return f"{vat.rate:f}" if vat.rate is not None else ""
    rate = "" if vat.rate is None else f", rate: {vat.rate:f}"
    why = f", why: {scalar(vat.why, inside=True)}" if vat.why else ""
    return f"{{category: {vat.category}{rate}{why}}}"


def adjustments(items: Sequence[Adjusted], *, taxed: bool) -> str:
    """Issued discounts or charges as a list in YAML; empty when there is none."""
    return f"[{', '.join(_adjustment(item, taxed=taxed) for item in items)}]" if items else ""


def _adjustment(item: Adjusted, *, taxed: bool) -> str:
    percent = item.percent
    size = f"amount: {item.amount:f}" if percent is None else f"percent: {percent:f}"
    vat = f", vat: {_vat(item.vat)}" if taxed and item.vat else ""
    return f"{{{size}, why: {scalar(item.reason, inside=True)}{vat}}}"


def _unless(number: Decimal, usual: Decimal) -> str:
    return "" if number == usual else f"{number:f}"
