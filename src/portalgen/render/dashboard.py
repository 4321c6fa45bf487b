"""The studio's own page: all projects, and what needs attention in them.

It does not know the day. What has a date carries it, and the reader's browser marks what is late.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from markupsafe import Markup

from portalgen.language import Words, message
from portalgen.model.page import INDEX, Page, page_path
from portalgen.model.studio import Studio
from portalgen.render.colour import accent_rule
from portalgen.render.frame import ASSETS, Frame
from portalgen.render.invoice_title import invoice_title
from portalgen.render.overview import HealthView, health_in
from portalgen.render.scope import When, day_in, maybe, span_in
from portalgen.summary import Awaited, Promise, Summary, Unpaid
from portalgen.theme import Theme

_DATES_AHEAD = 3
_STYLE_SHEET = "dashboard.css"
_STATES = {
    "kept": message("In error: the copy built before stays"),
    "absent": message("In error: not published"),
    "draft": message("Draft: not published"),
    "unbuilt": message("Not built yet"),
    "closed": message("Finished"),
}
_IDLE = ("draft", "closed")
_URGENCY = ("absent", "kept", "late", "at risk", "on hold", "on track", "unbuilt", *_IDLE)
"""What needs the studio first comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A client on the dashboard.

    Attributes:
        path: where the portal stands beside the dashboard; None while it stands nowhere.
    """

    folder: str
    summary: Summary
    path: str | None
    in_error: bool
    is_draft: bool

    @property
    def state(self) -> str:
        """What keeps the portal from going out, else how the project is doing."""
        if self.in_error:
            return "kept" if self.path else "absent"
        if self.is_draft:
            return "draft"
        if self.summary.closed:
            return "closed"
        return (self.summary.health or "on track") if self.path else "unbuilt"

    @property
    def nearest(self) -> date:
        """The last day of the nearest promise."""
        return min((promise.due.last for promise in self.summary.promises), default=date.max)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in its own language, with the address of the portal if there is one."""

    text: str
    language: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """Something promised, late after the day `last` (ISO 8601); no text is the whole project."""

    client: Named
    text: str | None
    when: When
    last: str
    is_internal: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a client can give."""

    about: str
    text: str
    who: str | None
    before: When | None


@dataclass(frozen=True, slots=True)
class Things:
    """All that one client can give."""

    client: Named
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """An invoice that is not paid; of one that is held back, nothing but its name is told."""

    client: Named
    title: str
    left: str | None = None
    due: When | None = None


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as a whole.

    Attributes:
        mark: its state, when that is no matter of health.
        accent: the class that brings the client's colour.
    """

    client: str
    title: Named
    mark: HealthView | None
    health: HealthView | None
    done: int
    total: int
    dates: tuple[Dated, ...]
    accent: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the page."""

    under_way: int
    promises: tuple[Dated, ...]
    awaited: tuple[Things, ...]
    unpaid: tuple[InvoiceView, ...]
    withheld: tuple[InvoiceView, ...]
    sums: tuple[str, ...]
    projects: tuple[ProjectView, ...]


def render_dashboard(clients: Sequence[Listed], studio: Studio, theme: Theme) -> Page:
    """Make the dashboard's only page.

    Raises:
        ThemeError: the theme's template cannot be rendered.
    """
    words = Words(studio.language)
    ranked = sorted(clients, key=lambda one: (_URGENCY.index(one.state), one.nearest, one.folder))
    context = {
        "_": words.text,
        "plural": words.plural,
        "language": words.language,
        "frame": _frame(ranked, studio, words, theme),
        "view": _dashboard(ranked, words),
    }
    return Page(INDEX, theme.render("dashboard.html", context))


def _frame(clients: Sequence[Listed], studio: Studio, words: Words, theme: Theme) -> Frame:
    accents = (
        accent_rule(client.summary.accent, theme.grounds, f".{_accent(position)}")
        for position, client in enumerate(clients)
    )
    return Frame(
        title=words.text("Dashboard"),
        studio="",
        project=studio.name,
        home=page_path(INDEX),
        tabs=(),
        styles=tuple(f"{ASSETS}{name}" for name in (*theme.styles, *_own_styles(theme))),
        own_rules=Markup("".join(accents)),  # noqa: S704 (made of checked colours)
        logo=None,
        talk_to=(),
    )


def _own_styles(theme: Theme) -> Iterator[str]:
    """What only this page loads: no client needs it."""
    return (asset.hashed_name for asset in theme.assets if asset.name == _STYLE_SHEET)


def _dashboard(clients: Sequence[Listed], words: Words) -> Dashboard:
    unpaid = [(client, invoice) for client in clients for invoice in client.summary.unpaid]
    unpaid.sort(key=lambda pair: pair[1].due or date.max)
    return Dashboard(
        under_way=sum(client.state not in _IDLE for client in clients),
        promises=_promises(clients, words),
        awaited=tuple(_awaited(clients, words)),
        unpaid=tuple(_unpaid(client, invoice, words) for client, invoice in unpaid),
        withheld=tuple(
            InvoiceView(_client(client), name)
            for client in clients
            for name in client.summary.withheld
        ),
        sums=tuple(_sums((invoice for _, invoice in unpaid), words)),
        projects=tuple(
            _project(client, words, _accent(position)) for position, client in enumerate(clients)
        ),
    )


def _promises(clients: Iterable[Listed], words: Words) -> tuple[Dated, ...]:
    found = [_dated(client, each, words) for client in clients for each in client.summary.promises]
    return tuple(sorted(found, key=lambda promise: promise.last))


def _dated(client: Listed, promise: Promise, words: Words) -> Dated:
    when, last = span_in(words, promise.due), promise.due.last.isoformat()
    return Dated(_client(client), promise.what, when, last, promise.is_internal)


def _awaited(clients: Iterable[Listed], words: Words) -> Iterator[Things]:
    """What is needed soonest comes first, and with it all else that its client can give."""
    awaited = [
        (client, sorted(client.summary.awaited, key=_needed))
        for client in clients
        if client.summary.awaited
    ]
    for client, things in sorted(awaited, key=lambda pair: _needed(pair[1][0])):
        yield Things(_client(client), tuple(_thing(each, words) for each in things))


def _needed(thing: Awaited) -> date:
    return thing.before or date.max


def _thing(thing: Awaited, words: Words) -> Thing:
    before = maybe(partial(day_in, words), thing.before)
    return Thing(thing.about, thing.text, thing.who, before)


def _unpaid(client: Listed, invoice: Unpaid, words: Words) -> InvoiceView:
    return InvoiceView(
        client=_client(client),
        title=invoice_title(words, invoice.kind, invoice.number),
        left=words.money(invoice.left, invoice.currency),
        due=maybe(partial(day_in, words), invoice.due),
    )


def _sums(invoices: Iterable[Unpaid], words: Words) -> Iterator[str]:
    """What is to be paid in all, for each currency."""
    sums: dict[str, Decimal] = {}
    for invoice in invoices:
        sums[invoice.currency] = sums.get(invoice.currency, Decimal(0)) + invoice.left
    for currency in sorted(sums):
        yield words.money(sums[currency], currency)


def _project(client: Listed, words: Words, accent: str) -> ProjectView:
    summary, state = client.summary, client.state
    title = Named(summary.title or summary.client, summary.language, _href(client))
    health = None if summary.closed else summary.health
    return ProjectView(
        client=summary.client if summary.title else "",
        title=title,
        mark=HealthView(state, words.text(_STATES[state]), None) if state in _STATES else None,
        health=health_in(words, health, summary.says) if health else None,
        done=summary.done,
        total=summary.total,
        dates=tuple(_dated(client, each, words) for each in summary.promises[:_DATES_AHEAD]),
        accent=accent if summary.accent else "",
    )


def _client(client: Listed) -> Named:
    return Named(client.summary.client, client.summary.language, _href(client))


def _href(client: Listed) -> str | None:
    """The address of the portal's first page, from the dashboard's folder."""
    return f"../{client.path}/{page_path(INDEX)}" if client.path else None


def _accent(position: int) -> str:
    """The class of a project's colour. A folder's name may hold signs that end a selector."""
    return f"accent-{position}"
