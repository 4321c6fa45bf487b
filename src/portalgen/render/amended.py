"""Amendments as the client reads them: what changes, why, what it costs, and who agreed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from portalgen import links
from portalgen.agreement import Change, changes
from portalgen.model.client import Consent
from portalgen.model.entry import Amendment
from portalgen.model.portal import Portal, Requirement
from portalgen.render.scope import ConsentView, Link, Scope, When, maybe

_SIGN = re.compile(r"[A-Z]{1,2}\d{1,6}")
_NUMBER = re.compile(r"[a-zA-Z]*-?0*(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Point:
    """A requirement by its number and its words."""

    id: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """A change to the agreement, as the client reads it.

    Attributes:
        name: what it is called in a sentence, such as "amendment A2".
        body: without the anchors of its requirements where it is shown a second time.
        price: what it costs, in words; None where nothing was ever said of a price.
        agreed: None while it is a proposal.
    """

    anchor: str
    name: str
    title: str
    href: str
    body: Markup | None
    why: str | None
    added: tuple[Point, ...]
    removed: tuple[Point, ...]
    price: str | None
    due_change: When | None
    agreed: ConsentView | None


def amendments(scope: Scope) -> tuple[AmendmentView, ...]:
    """Every amendment, in order, those that are proposals too."""
    return tuple(_amendments(scope))


def _amendments(scope: Scope) -> Iterator[AmendmentView]:
    numbers = amendment_numbers(scope.portal)
    for change in changes(scope.portal):
        name = change.amendment.id
        yield _amendment(scope, change, amendment_anchor(scope.portal, name), numbers[name])


def _amendment(scope: Scope, change: Change, anchor: str, number: str) -> AmendmentView:
    amendment = change.amendment
    is_home = scope.page == "spec"
    return AmendmentView(
        anchor=anchor,
        name=scope.words.text("Amendment {number}", number=number),
        title=amendment.title,
        href=scope.href("spec", anchor),
        body=scope.body(amendment.text, anchor, below=3, anchors=True) if is_home else None,
        why=amendment.why,
        added=points(scope, change.added),
        removed=points(scope, change.removed),
        price=price_change(scope, amendment),
        due_change=maybe(scope.when, amendment.due_change),
        agreed=maybe(scope.consent, amendment.agreed),
    )


def points(scope: Scope, requirements: tuple[Requirement, ...]) -> tuple[Point, ...]:
    """Requirements by number and words, each with the way to where it is written."""
    return tuple(Point(r.id, scope.href("spec", r.id.lower()), r.text) for r in requirements)


def price_change(scope: Scope, amendment: Amendment) -> str | None:
    """What an amendment costs; one that says nothing costs nothing, where there is a price."""
    change = amendment.price_change
    if change is None and scope.portal.spec.price is None:
        return None
    if not change:
        return scope.words.text("No change of price")
    return signed(scope, change)


def signed(scope: Scope, change: Decimal) -> str:
    """A change of price, with its sign."""
    return ("+" if change > 0 else "") + scope.words.money(change, scope.currency)


def amendment_numbers(portal: Portal) -> Mapping[str, str]:
    """A number for each amendment by its id: the author's own when all have one of their own, as
    texts refer to it (A2; of amendment-02, 2), else the place in the folder."""
    ids = [amendment.id for amendment in portal.amendments]
    own = [_own_number(name) for name in ids]
    if "" in own or len(set(own)) < len(own):
        own = [str(position) for position, _ in enumerate(ids, 1)]
    return dict(zip(ids, own, strict=True))


def _own_number(name: str) -> str:
    if _SIGN.fullmatch(name):
        return name
    found = _NUMBER.fullmatch(name)
    return found[1] if found else ""


def amendment_anchor(portal: Portal, name: str) -> str:
    """Where an amendment stands on the page of the specification."""
    ids = [amendment.id for amendment in portal.amendments]
    return links.amendment_anchor(ids.index(name) + 1)


def named(scope: Scope, amendment: Amendment, consent: Consent) -> Link:
    """An agreed amendment in a sentence, such as "amendment A2 of 9 March 2026", with its link."""
    anchor = amendment_anchor(scope.portal, amendment.id)
    number, day = amendment_numbers(scope.portal)[amendment.id], scope.words.date(consent.on)
    text = scope.words.text("Amendment {number} of {date}", number=number, date=day)
    return Link(text, scope.href("spec", anchor))
