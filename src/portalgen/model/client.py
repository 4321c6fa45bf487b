"""One client and one project: `client.yaml` and `spec.md`."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from portalgen.model import fixed_values
from portalgen.model.body import Markdown
from portalgen.model.record import Record
from portalgen.model.studio import Address, Language
from portalgen.model.values import (
    Amount,
    Colour,
    Day,
    Days,
    Email,
    Items,
    PathSegment,
    Text,
    YesNo,
    one_of,
    path_segment,
)
from portalgen.yaml_source import Node, Scalar


class Consent(Record):
    """Who agreed to something, when, and how they said it."""

    by: Text | None = Field(None, description="a contact's id, or a name")
    on: Day = Field(description="the day they said it")
    via: Text | None = Field(None, description="how: mail, phone, meeting…")


class Move(Record):
    """A date that was moved. The old one is kept; the reason is never demanded."""

    begins_with = ("on", "was")

    on: Day | None = Field(None, description="the day it was moved")
    was: Days = Field(description="the date, or range, before")
    why: Text | None = Field(None, description="the reason, if you wish to say it")


Moves = Annotated[tuple[Move, ...], Items]


class Contact(Record):
    """A person on the client's side."""

    filled_in = ("id",)
    begins_with = ("id", "name", "email")

    id: Text = Field(description="short name for `by`; made from the name when left out")
    name: Text = Field(description="the person's full name")
    greeting: Text | None = Field(None, description="how the portal greets them, such as a name")
    role: Text | None = Field(None, description="what they do")
    email: Email | None = Field(None, description="their address")
    phone: Text | None = Field(None, description="their phone")

    @classmethod
    def _fields_of(cls, node: Node) -> dict[str, Node]:
        fields = super()._fields_of(node)
        name = fields.get("name")
        if "id" not in fields and isinstance(name, Scalar):
            fields["id"] = replace(name, text=path_segment(name.text) or name.text)
        return fields


class Health(Record):
    """How the project is doing, said by a person."""

    state: Annotated[
        Literal["on track", "at risk", "late", "on hold"],
        one_of("unknown-health", "a state of health", "states", fixed_values.HEALTH),
    ] = Field(description="on track, at risk, late or on hold")
    says: Text | None = Field(None, description="your own words for it")


class Project(Record):
    """The project as a whole."""

    title: Text = Field(description="what the project is called")
    summary: Text | None = Field(None, description="one or two sentences on what it is")
    started: Day | None = Field(None, description="the day work began")
    due: Days | None = Field(None, description="the day, or range, it is promised for")
    moved: Moves = Field((), description="earlier promises for `due`")
    health: Health | None = Field(None, description="how it is doing")
    closed: Day | None = Field(None, description="the day it was finished for good")


class Billing(Record):
    """Whom to bill (BG-7 of EN 16931)."""

    name: Text | None = Field(None, description="name on the invoice; the client's when left out")
    address: Address | None = Field(None, description="postal address")
    delivery_address: Address | None = Field(
        None, description="where goods are delivered, when that is elsewhere (BG-15)"
    )
    siren: Text | None = Field(None, description="SIREN, 9 digits")
    vat_number: Text | None = Field(None, description="VAT number (BT-48)")
    kind: (
        Annotated[
            Literal["business", "consumer"],
            one_of("unknown-customer", "a kind of customer", "kinds", fixed_values.CUSTOMER),
        ]
        | None
    ) = Field(None, description="business or consumer; an invoice needs to know")
    purchase_order: Text | None = Field(None, description="the client's own order number (BT-13)")


class Look(Record):
    """The client's own colours; they travel inside the locked pages."""

    accent: Colour | None = Field(None, description='accent colour, such as "#8a3b5c"')
    logo: Text | None = Field(None, description="file of the logo")


class Client(Record):
    """The client, the people, the project."""

    name: Text = Field(description="the client's name")
    language: Language | None = Field(None, description="language of the portal")
    address_form: Annotated[
        Literal["formal", "informal"],
        one_of("unknown-address-form", "a form of address", "forms", fixed_values.ADDRESS_FORM),
    ] = Field("formal", description="formal (vous) or informal (tu)")
    contacts: Annotated[tuple[Contact, ...], Items] = Field((), description="the people")
    project: Project = Field(description="the project")
    billing: Billing = Field(default_factory=Billing.empty, description="whom to bill")
    look: Look = Field(default_factory=Look.empty, description="colours and logo")
    path: PathSegment | None = Field(None, description="the portal's segment of the address")
    notes: Text | None = Field(None, description="for yourself; never published")
    draft: YesNo = Field(False, description="yes: the portal is not published")


class Spec(Record):
    """The specification: its body holds the requirements."""

    title: Text | None = Field(None, description="its title")
    version: Text | None = Field(None, description="its version")
    price: Amount | None = Field(None, description="the agreed price, without VAT")
    agreed: Consent | None = Field(None, description="who agreed to it, when and how")
    text: Markdown = Field(description="the specification itself, in Markdown")
