"""The page of the deliverables: what the client receives, with its files and accounts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from portalgen.attachments import find
from portalgen.language import message
from portalgen.model.entry import Account, Deliverable
from portalgen.render.scope import ConsentView, Link, Scope, When, answers, attachment, maybe


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that belongs to a deliverable.

    Attributes:
        attributes: of the buttons that stand for it, by which the page's script finds it.
        can_be_shown: whether a browser can show it, and not only take it.
    """

    name: str
    size: str
    attributes: Mapping[str, str]
    can_be_shown: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an account, and when."""

    label: str
    on: When


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account to hand over; its code only sealed, as JSON that the browser opens when asked."""

    title: str
    address: str | None
    href: str | None
    login: str | None
    owner: str | None
    seal: str | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class DeliverableView:
    """A deliverable as the client reads it."""

    anchor: str
    title: str
    version: str | None
    state: str
    label: str
    due: When | None
    delivered: When | None
    approved: ConsentView | None
    body: Markup | None
    files: tuple[FileView, ...]
    link: str | None
    covers: tuple[Link, ...]
    question: str | None
    answers: tuple[Link, ...]
    accounts: tuple[AccountView, ...]


_STATES = {
    "approved": message("Approved"),
    "delivered": message("Delivered"),
    "to-come": message("Still to come"),
}


def deliverables(scope: Scope) -> tuple[DeliverableView, ...]:
    """Every deliverable, in the order of the folder."""
    return tuple(_deliverable(scope, item) for item in scope.portal.deliverables)


def _deliverable(scope: Scope, item: Deliverable) -> DeliverableView:
    anchor, state = scope.anchors[item.id], _state(item)
    return DeliverableView(
        anchor=anchor,
        title=item.title,
        version=item.version,
        state=state,
        label=scope.words.text(_STATES[state]),
        due=maybe(scope.when, item.due),
        delivered=maybe(scope.day, item.delivered),
        approved=maybe(scope.consent, item.approved),
        body=scope.body(item.text, anchor, below=2),
        files=tuple(_files(scope, item)),
        link=item.link,
        covers=scope.requirements(item.covers),
        question=item.question,
        answers=answers(scope, item.title) if item.question else (),
        accounts=tuple(_account(scope, account) for account in item.accounts),
    )


def _state(item: Deliverable) -> str:
    if item.approved:
        return "approved"
    return "delivered" if item.delivered else "to-come"


def _files(scope: Scope, item: Deliverable) -> Iterator[FileView]:
    for path in item.files:
        file = find(scope.portal, path)
        if file:
            size, attributes = scope.words.size(file.size), attachment(file).attributes
            yield FileView(file.name, size, attributes, file.media_type is not None)


def _account(scope: Scope, account: Account) -> AccountView:
    address = account.address
    is_web = address is not None and address.startswith(("https://", "http://"))
    return AccountView(
        title=account.for_,
        address=address,
        href=address if is_web else None,
        login=account.login,
        owner=maybe(scope.person, account.owner),
        seal=_seal(scope, account),
        events=tuple(_events(scope, account)),
    )


def _seal(scope: Scope, account: Account) -> str | None:
    code = scope.portal.seals.get(account.sealed) if account.sealed else None
    return code.text if code else None


def _events(scope: Scope, account: Account) -> Iterator[Event]:
    words = scope.words
    if account.given:
        yield Event(words.text("Access given"), scope.day(account.given))
    if account.received:
        yield Event(words.text("Received"), scope.day(account.received))
    if account.changed:
        yield Event(words.text("Password changed"), scope.day(account.changed))
