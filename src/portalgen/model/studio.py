"""Who makes the portals: `studio.yaml` and `glossary.yaml`."""

from typing import Annotated, Literal

from pydantic import Field

from portalgen.invoice.numbering import Numbering, numbering
from portalgen.model import fixed_values, input_forms
from portalgen.model.input_forms import written
from portalgen.model.record import Record
from portalgen.model.values import (
    Amount,
    Currency,
    Email,
    Items,
    Link,
    PathSegment,
    Text,
    Texts,
    Whole,
    YesNo,
    fail,
    one_of,
    scalar,
)
from portalgen.yaml_source import Node

Language = Annotated[
    Literal["en", "fr", "de", "es", "it", "nl", "pt"],
    one_of(
        "unknown-language", "a language that portalgen speaks", "languages", fixed_values.LANGUAGE
    ),
]


Nature = Annotated[
    Literal["goods", "services", "both"],
    one_of("unknown-nature", "a nature of operation", "natures", fixed_values.NATURE),
]


def to_numbering(node: Node) -> str:
    """A pattern of invoice numbers."""
    text = scalar(node).text.strip()
    if numbering(text):
        return text
    hint = "write YYYY-001: YYYY is the year, 001 the first number; letters, - _ and / are allowed"
    fail("bad-numbering", f'"{text}" is not a pattern of invoice numbers', hint)


class Address(Record):
    """A postal address (BG-5, BG-8 of EN 16931)."""

    street: Text | None = Field(None, description="street and number; several lines allowed")
    postcode: Text | None = Field(None, description="postal code, kept as text")
    city: Text | None = Field(None, description="town")
    country: Text | None = Field(None, description="country, as you write it")


class Legal(Record):
    """What the law wants to read on an invoice about its issuer."""

    form: Text | None = Field(None, description="legal form, such as EI or SARL")
    siren: Text | None = Field(None, description="SIREN, 9 digits")
    siret: Text | None = Field(None, description="SIRET, 14 digits")
    register_: Text | None = Field(
        None, alias="register", description="trade register and its town"
    )
    vat_number: Text | None = Field(None, description="VAT number (BT-31)")
    vat_regime: Annotated[
        Literal["standard", "franchise"],
        one_of("unknown-vat-regime", "a VAT regime", "VAT regimes", fixed_values.VAT_REGIME),
    ] = Field("standard", description="standard, or franchise for a VAT exemption by size")
    size: (
        Annotated[
            Literal["micro", "small", "medium", "large"],
            one_of("unknown-size", "a size of company", "sizes", fixed_values.SIZE),
        ]
        | None
    ) = Field(None, description="size of the company, which decides when new mentions apply")
    capital: Text | None = Field(None, description="a company's capital, such as 10000")
    nature: Nature | None = Field(None, description="goods, services or both, on every invoice")
    vat_on_debits: YesNo = Field(False, description="yes: VAT is paid on what is billed")
    mediator: Text | None = Field(
        None, description="consumer mediator: name, address and site, for consumers"
    )
    tax_number: Text | None = Field(None, description="tax number, where it stands for BT-31")
    franchise_wording: Text | None = Field(
        None, description="why no VAT is charged under a franchise, when the law's words are others"
    )
    mentions: Texts = Field((), description="further mentions, printed on every invoice")
    mentions_checked: YesNo = Field(
        False, description="yes: somebody who knows your country's law has checked the mentions"
    )


class Bank(Record):
    """Where to pay (BG-17 of EN 16931)."""

    holder: Text | None = Field(None, description="name of the account's holder (BT-85)")
    iban: Text = Field(description="IBAN (BT-84)")
    bic: Text | None = Field(None, description="BIC (BT-86)")


class Terms(Record):
    """Terms of payment, printed on every invoice."""

    days: Whole | None = Field(None, description="days from the invoice's date to its due date")
    late_rate: Text | None = Field(None, description="late payment rate, in words")
    early_discount: Text | None = Field(None, description="discount for early payment, in words")
    recovery_fee: Amount | None = Field(None, description="fixed fee for recovery, for businesses")


class Silence(Record):
    """A rule that is not to speak, somewhere or everywhere, and why."""

    begins_with = ("rule", "why")

    rule: Text = Field(description="code of a warning or a note, such as unexplained-jargon")
    why: Text = Field(description="the reason, for whoever reads this later")
    in_: Text | None = Field(
        None, alias="in", description="a client's folder, or a file in it; everywhere if left out"
    )


class Studio(Record):
    """Who you are: on every portal and every invoice."""

    name: Text = Field(description="the name your clients know you by")
    owner: Text | None = Field(None, description="the person behind it")
    email: Email | None = Field(None, description="where clients write to you")
    phone: Text | None = Field(None, description="where clients call you")
    website: Link | None = Field(None, description="your own site, with https://")
    portals: Link | None = Field(
        None, description="where the portals are published, such as https://portals.example.org/"
    )
    address: Address | None = Field(None, description="postal address")
    language: Language = Field("en", description="language of the lock page, and of most portals")
    currency: Currency = Field("EUR", description="ISO 4217 code of the currency you bill in")
    numbering: Annotated[str, written(to_numbering, input_forms.TEXT)] = Field(
        "YYYY-001", description="how invoices are numbered: YYYY the year, MM the month, 001 first"
    )
    theme: Text = Field("default", description="name of the theme")
    dashboard: PathSegment = Field("studio", description="your dashboard's segment of the address")
    lock_page: Annotated[
        Literal["studio", "nothing"],
        one_of("unknown-lock-page", "a kind of lock page", "kinds", fixed_values.LOCK_PAGE),
    ] = Field("studio", description="what a stranger sees: your name and phone, or nothing")
    reach: Annotated[
        tuple[
            Annotated[
                Literal["email", "phone", "sms", "whatsapp"],
                one_of("unknown-reach", "a way to reach you", "ways", fixed_values.REACH),
            ],
            ...,
        ],
        Items,
    ] = Field(("email",), description="the ways a client may answer you, in order")
    legal: Legal = Field(default_factory=Legal.empty, description="legal facts")
    bank: Bank | None = Field(None, description="account to be paid on")
    terms: Terms = Field(default_factory=Terms.empty, description="terms of payment")
    facturx: YesNo = Field(False, description="yes: issued invoices are handed over as Factur-X")
    silenced: Annotated[tuple[Silence, ...], Items] = Field(
        (), description="warnings and notes that are not to be said"
    )

    @property
    def series(self) -> Numbering:
        """How invoices are numbered."""
        made = numbering(self.numbering)
        assert made  # noqa: S101 - the pattern was read as one
        return made

    @property
    def author(self) -> str:
        """Who speaks for it: the person behind it, else its own name."""
        return self.owner or self.name
