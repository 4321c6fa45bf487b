"""Arithmetic that rounds only where it is told to."""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)

_PRECISION = 200
_EXPONENTS = 999_999


def exact_context() -> Context:
    """Return a context in which a result that does not fit raises `Inexact`.

    Nothing in it comes from the caller's context, nor from the defaults a program may change.
    A float that strays in raises `FloatOperation`.
    """
    return Context(
        prec=_PRECISION,
        rounding=ROUND_HALF_EVEN,
        Emin=-_EXPONENTS,
        Emax=_EXPONENTS,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[DivisionByZero, FloatOperation, Inexact, InvalidOperation, Overflow],
    )


def has_decimals_beyond(number: Decimal, digits: int) -> bool:
    """Return whether a finite number needs more decimals than that many."""
    with localcontext(exact_context()):
        return number.scaleb(digits) % 1 != 0


def rounded_quotient(numerator: Decimal, denominator: Decimal, digits: int) -> Decimal:
    """Return a quotient to that many decimals, half a unit going away from zero.

    EN 16931 rounds absolute values half up (BR-CO-17 and the like). Rounding once, from the exact
    quotient, matters: one first cut to some precision may round a second time to the wrong side.
    To be called within `exact_context`; the denominator is above zero.
    """
    whole, rest = divmod(abs(numerator).scaleb(digits), denominator)
    if 2 * rest >= denominator:
        whole += 1
    return (-whole if numerator < 0 else whole).scaleb(-digits)
