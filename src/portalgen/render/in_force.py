"""The page of the agreement as it holds today: the specification with every agreed amendment."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalgen.agreement import agreed_amendments, changes, due_today, price_today, standing
from portalgen.model.client import Consent
from portalgen.model.entry import Amendment
from portalgen.render.amended import AmendmentView, Point, amendments, named, points, signed
from portalgen.render.scope import ConsentView, Link, MoveView, Scope, When, maybe


@dataclass(frozen=True, slots=True)
class Terms:
    """Requirements that came into force together, or went together, and by what."""

    source: Link
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A part of today's price."""

    what: Link
    amount: str


@dataclass(frozen=True, slots=True)
class Price:
    """Today's price, and how it comes about: the first part is the specification's."""

    today: str
    parts: tuple[Sum, ...]
    charges_vat: bool


@dataclass(frozen=True, slots=True)
class Due:
    """The date that holds today.

    Attributes:
        source: the amendment that set it; None for the project's own date.
        promised: the project's date, where it is another one by now.
    """

    agreed: When
    source: Link | None
    promised: When | None


@dataclass(frozen=True, slots=True)
class Signature:
    """What was agreed, by whom and when; nobody yet for a specification that is a proposal."""

    what: Link
    title: str
    consent: ConsentView | None


@dataclass(frozen=True, slots=True)
class InForce:
    """Everything on the page of the agreement."""

    is_agreed: bool
    terms: tuple[Terms, ...]
    removed: tuple[Terms, ...]
    price: Price | None
    due: Due | None
    moves: tuple[MoveView, ...]
    signatures: tuple[Signature, ...]
    proposals: tuple[AmendmentView, ...]


def in_force(scope: Scope) -> InForce:
    """Tell what holds today."""
    project = scope.portal.client.project
    return InForce(
        is_agreed=scope.portal.spec.agreed is not None,
        terms=tuple(_terms(scope)),
        removed=tuple(_removed(scope)),
        price=_price(scope),
        due=_due(scope),
        moves=scope.moves(project.moved, project.due),
        signatures=tuple(_signatures(scope)),
        proposals=tuple(each for each in amendments(scope) if each.agreed is None),
    )


def _specification(scope: Scope) -> Link:
    spec, words = scope.portal.spec, scope.words
    text = words.text("Specification")
    if spec.version:
        text = words.text("Specification, version {version}", version=spec.version)
    return Link(text, scope.href("spec"))


def _sources(scope: Scope) -> Iterator[tuple[str | None, Link]]:
    """What was agreed on, by the id of the amendment; None for the specification itself."""
    yield None, _specification(scope)
    for amendment, consent in _agreed(scope):
        yield amendment.id, named(scope, amendment, consent)


def _agreed(scope: Scope) -> Iterator[tuple[Amendment, Consent]]:
    for amendment in agreed_amendments(scope.portal):
        if amendment.agreed:
            yield amendment, amendment.agreed


def _terms(scope: Scope) -> Iterator[Terms]:
    kept = standing(scope.portal)
    for amendment, source in _sources(scope):
        found = tuple(r for r in kept if r.amendment == amendment)
        if found:
            yield Terms(source, points(scope, found))


def _removed(scope: Scope) -> Iterator[Terms]:
    for change in changes(scope.portal):
        consent = change.amendment.agreed
        if consent and change.removed:
            source = named(scope, change.amendment, consent)
            yield Terms(source, points(scope, change.removed))


def _price(scope: Scope) -> Price | None:
    spec, today = scope.portal.spec, price_today(scope.portal)
    if spec.price is None or today is None:
        return None
    first = Sum(_specification(scope), scope.words.money(spec.price, scope.currency))
    changed = (
        Sum(named(scope, amendment, consent), signed(scope, amendment.price_change))
        for amendment, consent in _agreed(scope)
        if amendment.price_change
    )
    return Price(scope.words.money(today, scope.currency), (first, *changed), scope.charges_vat)


def _due(scope: Scope) -> Due | None:
    """The date that holds, and the project's own where it is another one by now."""
    due, amendment = due_today(scope.portal)
    if due is None:
        return None
    promised = scope.portal.client.project.due
    consent = amendment.agreed if amendment else None
    return Due(
        agreed=scope.when(due),
        source=named(scope, amendment, consent) if amendment and consent else None,
        promised=maybe(scope.when, promised if promised != due else None),
    )


def _signatures(scope: Scope) -> Iterator[Signature]:
    spec = scope.portal.spec
    title = spec.title or ""
    yield Signature(_specification(scope), title, maybe(scope.consent, spec.agreed))
    for amendment, consent in _agreed(scope):
        what = named(scope, amendment, consent)
        yield Signature(what, amendment.title, scope.consent(consent))
