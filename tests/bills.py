"""Bills of every shape, for tests by properties."""

from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from portalgen.invoice import Adjustment, Bill, Line, Prepaid, Vat

EXAMPLES = settings(derandomize=True, database=None, deadline=None)
VATS = (
    *(Vat(category="S", rate=Decimal(rate)) for rate in ("20", "20.0", "10", "5.5", "2.1")),
    Vat(category="Z", rate=Decimal(0)),
    Vat(category="E", rate=Decimal(0), reason="exempt"),
    Vat(category="E", rate=Decimal(0), reason="exempt otherwise"),
    Vat(category="AE", rate=Decimal(0), reason="reverse charge"),
)


def numbers(low: int, high: int, places: int) -> st.SearchStrategy[Decimal]:
    """Few digits, so that halves come up often."""
    return st.integers(low * 10**places, high * 10**places).map(
        lambda units: Decimal(units).scaleb(-places)
    )


def adjustments(vats: st.SearchStrategy[Vat | None]) -> st.SearchStrategy[Any]:
    amount = st.builds(Adjustment, reason=st.just("why"), amount=numbers(-20, 20, 3), vat=vats)
    percent = st.builds(Adjustment, reason=st.just("why"), percent=numbers(0, 100, 1), vat=vats)
    return st.lists(amount | percent, max_size=2).map(tuple)


# Payable in every currency, whatever zeros it is written with.
WHOLE = st.builds(Decimal, st.from_regex(r"-?[1-9][0-9]?(\.0{1,6})?", fullmatch=True))
LINES = st.builds(
    Line,
    text=st.just("work"),
    quantity=numbers(-9, 9, 1) | numbers(-9, 9, 3),
    price=numbers(0, 99, 3) | numbers(0, 9, 6),
    base_quantity=st.sampled_from([Decimal(n) for n in ("1", "3", "7", "100", "0.25")]),
    vat=st.sampled_from(VATS),
    discounts=adjustments(st.none()),
    charges=adjustments(st.none()),
)
BILLS = st.builds(
    Bill,
    currency=st.sampled_from(["EUR", "JPY", "KWD", "CLF"]),
    lines=st.lists(LINES, min_size=1, max_size=6).map(tuple),
    discounts=adjustments(st.sampled_from(VATS)),
    charges=adjustments(st.sampled_from(VATS)),
    prepaid=st.lists(st.builds(Prepaid, amount=WHOLE), max_size=2).map(tuple),
    rounding=WHOLE,
)
