"""One row of a table of mentions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from portalgen.invoice.bill import Category
from portalgen.invoice.document import Kind
from portalgen.invoice.mentions.facts import Customer, Facts, Issuer, Regime, Size

Need = tuple[str, ...]
"""A datum: the field that says it, or one of several that do."""

BILLS: frozenset[Kind] = frozenset(("invoice", "deposit", "final"))
"""Every kind but the credit note, which is not paid."""


def each(*fields: str) -> tuple[Need, ...]:
    """Every one of those fields is needed."""
    return tuple((name,) for name in fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A mention that the law asks for, and when.

    Conditions that are left out always hold.

    Attributes:
        code: its name.
        source: the articles that ask for it.
        text: by language of the law, the first one where the invoice's is not among them, with
            fields in braces by the last part of their names. Empty when what is needed is printed
            in a place of its own, such as an address.
        reasons: the categories of VAT whose reasons are the mention, instead of a text.
        needs: what has to be said.
        defaults: what holds where a field says nothing.
        spelled: how the mention writes what a field says.
        given: a field that has to be said, or else nothing is printed and nothing is missing.
        early: printed before its day as well, as soon as everything for it is there.
        from_: the day from which invoices need it; `from_by_size` by the size of the issuer.
        customers_at: countries of the customer, ISO 3166-1 alpha-2.
        categories: one of them is on the invoice.
        above_net: the total without VAT is above that; `from_gross`, with VAT it is at least that.
            Both are in euro, and hold in any other currency.
    """

    code: str
    source: str
    text: Mapping[str, str] = field(default_factory=dict)
    reasons: frozenset[Category] = frozenset()
    needs: tuple[Need, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    spelled: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    given: str | None = None
    early: bool = False
    from_: date | None = None
    from_by_size: Mapping[Size, date] = field(default_factory=dict)
    kinds: frozenset[Kind] | None = None
    issuer: Issuer | None = None
    customer: Customer | None = None
    customers_at: frozenset[str] | None = None
    regime: Regime | None = None
    categories: frozenset[Category] | None = None
    above_net: Decimal | None = None
    from_gross: Decimal | None = None

    def concerns(self, facts: Facts) -> bool:
        """Whether it is about an invoice of that kind, by that issuer, for that customer."""
        return (
            (self.kinds is None or facts.kind in self.kinds)
            and self.issuer in (None, facts.issuer)
            and self.customer in (None, facts.customer)
            and self.regime in (None, facts.regime)
            and (self.customers_at is None or facts.customer_country in self.customers_at)
            and (self.given is None or self.given in facts.said)
            and self._categories_hold(facts)
            and self._amounts_hold(facts)
        )

    def starts(self, facts: Facts) -> date | None:
        """The first day of issue that needs it; None when that depends on a size not said."""
        if not self.from_by_size:
            return self.from_ or date.min
        if facts.day >= max(self.from_by_size.values()):
            return date.min
        if facts.day < min(self.from_by_size.values()):
            return date.max
        return self.from_by_size[facts.size] if facts.size else None

    def _categories_hold(self, facts: Facts) -> bool:
        return self.categories is None or any(row.category in self.categories for row in facts.vat)

    def _amounts_hold(self, facts: Facts) -> bool:
        if facts.currency != "EUR":
            return True
        return (self.above_net is None or facts.net > self.above_net) and (
            self.from_gross is None or facts.gross >= self.from_gross
        )
