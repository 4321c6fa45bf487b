"""Invoices as their author writes them, and the approval that opens the gate."""

from collections.abc import Mapping as MappingOf
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, InstanceOf, ValidationError
from pydantic.json_schema import JsonSchemaValue

from portalgen.model import fixed_values, input_forms, spellings
from portalgen.model.input_forms import written
from portalgen.model.record import Record
from portalgen.model.studio import Nature
from portalgen.model.values import (
    Amount,
    Currency,
    Day,
    Days,
    Items,
    Text,
    Texts,
    fail,
    one_of,
    scalar,
    to_date,
    to_items,
    to_text,
)
from portalgen.yaml_source import Mapping, Node, Scalar, Sequence

Waived = Literal["all"] | tuple[str, ...]


def to_waived(node: Node) -> Waived:
    """The ids that the client accepts to do without, or all of them."""
    if isinstance(node, Scalar):
        text = scalar(node).text.strip()
        if spellings.meant(text, fixed_values.ALL):
            return "all"
    return tuple(to_text(item) for item in to_items(node))


_WAIVED: input_forms.Form = {
    "anyOf": [
        {"type": "array", "items": input_forms.TEXT},
        *input_forms.one_of_values(fixed_values.ALL, "list ids, or write all")["anyOf"],
    ]
}


class Approval(Record):
    """The client's approval of the work. Without one, there is no invoice."""

    by: Text | None = Field(None, description="who approved: a contact's id, or a name")
    on: Day | None = Field(None, description="the day they approved")
    via: Text | None = Field(None, description="how: mail, phone, meeting…")
    waived: Annotated[Any, written(to_waived, _WAIVED)] = Field(
        (), description="ids the client accepts to do without, or all"
    )

    @classmethod
    def _fields_of(cls, node: Node) -> dict[str, Node]:
        if isinstance(node, Mapping):
            fields = super()._fields_of(node)
            if "on" not in fields and fields.keys() <= cls.model_fields.keys():
                fail("approval-without-date", "this approval has no date", "add on: year-month-day")
            return fields
        if isinstance(node, Sequence):
            fail("bad-approval", "a list is not an approval", _APPROVAL_HINT)
        if spellings.meant(node.text, fixed_values.YES_NO) == "yes":
            return {}
        if node.text.strip()[:1].isdigit():
            to_date(node)
            return {"on": node}
        fail("bad-approval", f'"{node.text}" is not an approval', _APPROVAL_HINT)

    @classmethod
    def _in_short(cls, whole: JsonSchemaValue, _keys: MappingOf[str, Any]) -> JsonSchemaValue:
        says = "write the day the client approved, or {by: …, on: year-month-day, via: …}"
        day = input_forms.text_like(input_forms.DATE, says, name="dayOfApproval")
        yes_no = input_forms.yes_no(fixed_values.YES_NO)
        dated = {"anyOf": [{"required": ["on"]}, {"maxProperties": 0}]}
        return {"anyOf": [day, yes_no, {"allOf": [whole, dated]}]}

    def waives(self, name: str) -> bool:
        """Whether the client does without the thing of that id."""
        return self.waived == "all" or name in self.waived


_APPROVAL_HINT = """\
the gate stays shut; leave it empty, or write the day the client approved:
approval: {by: …, on: year-month-day, via: …}"""


def is_unset(node: Node) -> bool:
    """Whether an `approval` says that there is none: null, `{}` or no, in any language."""
    if isinstance(node, Mapping):
        return not node.entries
    if isinstance(node, Scalar):
        return (
            not node.text.strip()
            or node.is_null
            or spellings.meant(node.text, fixed_values.YES_NO) == "no"
        )
    return False


def to_approval(node: Node) -> Approval | None:
    """The approval, or None while there is none. One that cannot be read opens nothing either:
    `parse` reports it, and the gate stays shut."""
    if is_unset(node):
        return None
    try:
        return Approval.model_validate(node)
    except ValidationError:
        return None


class VatRate(Record):
    """A VAT rate in percent, or a category of EN 16931 with its rate and reason."""

    short_form = "rate"

    category: Annotated[
        Literal["S", "E", "AE", "Z", "O", "K", "G"] | None,
        one_of("unknown-vat", "a VAT category", "categories", fixed_values.VAT_CATEGORY),
    ] = Field(None, description="category: S, E, AE, Z, O, K or G (BT-151)")
    rate: Amount | None = Field(None, description="rate in percent (BT-152)")
    why: Text | None = Field(None, description="reason for an exemption (BT-120)")


class Adjustment(Record):
    """A discount or a charge."""

    begins_with = ("percent", "why")

    amount: Amount | None = Field(None, description="an amount without VAT")
    percent: Amount | None = Field(None, description="a part in percent")
    why: Text = Field(description="its reason, as printed")
    vat: VatRate | None = Field(None, description="its VAT, for the whole invoice only")


Adjustments = Annotated[tuple[Adjustment, ...], Items]


class Line(Record):
    """A line of an invoice (BG-25)."""

    begins_with = ("text", "quantity", "price")

    text: Text = Field(description="what is billed (BT-153)")
    quantity: Amount | None = Field(None, description="how many; 1 when left out (BT-129)")
    unit: Text | None = Field(None, description="of what: hour, day… (BT-130)")
    price: Amount = Field(description="price of one, without VAT (BT-146)")
    base_quantity: Amount | None = Field(None, description="the price is for so many (BT-149)")
    discounts: Adjustments = Field((), description="discounts on this line (BG-27)")
    charges: Adjustments = Field((), description="charges on this line (BG-28)")
    vat: VatRate | None = Field(None, description="VAT rate, or {category, rate, why}")
    covers: Texts = Field((), description="requirements or amendments it bills")


class Payment(Record):
    """A payment received."""

    begins_with = ("on", "amount")

    on: Day = Field(description="the day it came in")
    amount: Amount = Field(description="how much")


class Invoice(Record):
    """An invoice. Its page exists only once the client has approved."""

    filled_in = ("id",)

    id: Text = Field(description="short name, unique in the client's folder")
    kind: Annotated[
        Literal["invoice", "deposit", "final", "credit note"],
        one_of("unknown-invoice-kind", "a kind of invoice", "kinds", fixed_values.INVOICE_KIND),
    ] = Field("invoice", description="invoice, deposit, final or credit note")
    approval: Annotated[InstanceOf[Approval] | None, BeforeValidator(to_approval)] = Field(
        None, description="the client's approval of the work"
    )
    number: Text | None = Field(None, description="its number, from one sequence (BT-1)")
    issued: Day | None = Field(None, description="the day it was issued (BT-2)")
    currency: Currency | None = Field(
        None, description="ISO 4217 code (BT-5); the studio's if left out"
    )
    lines: Annotated[tuple[Line, ...], Items] = Field(description="what is billed (BG-25)")
    discounts: Adjustments = Field((), description="discounts on the whole (BG-20)")
    charges: Adjustments = Field((), description="charges on the whole (BG-21)")
    deposits: Texts = Field((), description="ids of the deposits already billed")
    corrects: Text | None = Field(None, description="id or number of the invoice this one corrects")
    payments: Annotated[tuple[Payment, ...], Items] = Field((), description="payments received")
    rounding: Amount | None = Field(None, description="rounding of the amount due (BT-114)")
    delivered_on: Days | None = Field(None, description="day of the delivery (BT-72)")
    performed_at: Text | None = Field(
        None, description="where the work was done, which a consumer has to be told"
    )
    nature: Nature | None = Field(
        None, description="goods, services or both; the studio's if left out"
    )
    due: Day | None = Field(None, description="day it is due (BT-9)")
    thanks: Text | None = Field(None, description="a word of thanks to the client")
    notes: Text | None = Field(None, description="a note printed on the invoice (BT-22)")
