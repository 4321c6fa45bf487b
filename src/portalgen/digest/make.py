"""From a client's folder to a draft, with the facts of the portal as a build would make it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portalgen.access.invitation import called, portal_address
from portalgen.build import make_portals, open_studio
from portalgen.digest.before import portal_at
from portalgen.digest.refusal import DigestError
from portalgen.gate import open_invoices
from portalgen.language import Words
from portalgen.making import Order, examine
from portalgen.model.billing import Invoice
from portalgen.model.client import Contact
from portalgen.model.page import INDEX
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Problem
from portalgen.render.digest import Digest, digest, one_line
from portalgen.render.events import Event, events
from portalgen.render.scope import Scope
from portalgen.theme import Theme, ThemeError

Since = date | str
"""A day, from which on all is new; or a commit, by any name: new is what it did not have."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for.

    Attributes:
        client: name of the folder.
        today: what is dated later has not happened yet.
    """

    root: Path
    client: str
    since: Since
    today: date


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom the mail goes to, or comes from: a name, and an address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail that nobody sent yet.

    Attributes:
        to: the contacts with an address.
        sender: the studio; None when it gives no address.
        html: the mail as a page.
        is_draft: whether the portal is not published yet.
    """

    digest: Digest
    to: tuple[Reader, ...]
    sender: Reader | None
    html: str
    is_draft: bool


def make_digest(wish: Wish) -> tuple[Draft | None, date]:
    """The draft, None when nothing is new; and the day from which on things are new.

    Raises:
        DigestError: the content has errors, or git does not know the commit.
        OSError: the content cannot be read.
    """
    desk, found = open_studio(wish.root)
    _refuse(found)
    order = Order(root=wish.root, output=None, clients=(wish.client,), today=wish.today)
    _, between = make_portals(desk, order, {}, lambda _done, _total: None)
    examined = examine(desk, order, wish.client, tuple(between[wish.client]))
    _refuse(examined.made.problems)
    assert examined.theme  # noqa: S101 - without one there is a problem
    scope = _scope(examined.portal, desk.workspace)
    ready = open_invoices(examined.portal, examined.made.problems)
    invoices = [invoice for invoice in ready if invoice.issued]
    told, since = _new(wish, scope, invoices)
    if not told:
        return None, since
    return _draft(scope, examined.theme, told, invoices, (since, wish.today.year)), since


def _draft(
    scope: Scope,
    theme: Theme,
    told: Sequence[Event],
    invoices: Sequence[Invoice],
    days: tuple[date, int],
) -> Draft:
    studio, portal = scope.workspace.studio, scope.portal
    to = [contact for contact in portal.client.contacts if contact.email]
    made = digest(
        scope,
        told,
        invoices,
        since=days[0],
        year=days[1],
        names=_greeted(scope, to),
        address=portal_address(studio, portal) if studio.portals else None,
    )
    return Draft(
        digest=made,
        to=tuple(Reader(one_line(contact.name), contact.email or "") for contact in to),
        sender=Reader(one_line(studio.author), studio.email) if studio.email else None,
        html=_html(theme, scope.words, made),
        is_draft=portal.client.draft,
    )


def _refuse(problems: Sequence[Problem]) -> None:
    blocking = tuple(problem for problem in problems if problem.blocks_portal)
    if blocking:
        raise DigestError("there is no digest: mend the errors first", blocking)


def _scope(portal: Portal, workspace: Workspace) -> Scope:
    language = portal.client.language or workspace.studio.language
    return Scope(portal, workspace, Words(language, portal.client.address_form), INDEX)


def _new(wish: Wish, scope: Scope, invoices: Sequence[Invoice]) -> tuple[list[Event], date]:
    """What is new, the oldest first, and the day from which on it is."""
    happened = [each for each in reversed(events(scope, invoices)) if each.day <= wish.today]
    if isinstance(wish.since, date):
        return [each for each in happened if each.day >= wish.since], wish.since
    before = portal_at(wish.root, wish.client, wish.since)
    known = _known(scope, before.portal) if before.portal else frozenset()
    return [each for each in happened if each.id not in known], before.day


def _known(scope: Scope, before: Portal) -> frozenset[str]:
    """The events of a portal as it was; under the id that it has today, so that they compare."""
    then = _scope(replace(before, access=scope.portal.access), scope.workspace)
    issued = [invoice for invoice in before.invoices if invoice.issued]
    return frozenset(event.id for event in events(then, issued))


def _greeted(scope: Scope, to: Sequence[Contact]) -> list[str]:
    """The names of those who get the mail; of all, when nobody has an address."""
    client = scope.portal.client
    return [called(contact, scope.words) for contact in to or client.contacts] or [client.name]


def _html(theme: Theme, words: Words, made: Digest) -> str:
    context = {
        "_": words.text,
        "plural": words.plural,
        "language": words.language,
        "view": made,
    }
    try:
        return theme.render("digest.html", context)
    except ThemeError as error:
        raise DigestError("there is no digest: mend the theme first", (error.problem,)) from error
