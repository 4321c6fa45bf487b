"""The page of the deliverables: what the client receives, with its files and accounts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from portalgen.language import message
from portalgen.model.entry import Account, Deliverable
from portalgen.render import messages
from portalgen.render.handed import FileView, file_names, files_of
from portalgen.render.messages import Message
from portalgen.render.scope import ConsentView, Link, Scope, When, maybe
from portalgen.render.states import state_of


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an account, and when."""

    label: str
    on: When


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account to hand over; its code only sealed, as JSON that the browser opens when asked."""

    title: str
    state: str
    label: str
    address: str | None
    href: str | None
    login: str | None
    owner: str | None
    seal: str | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class DeliverableView:
    """A deliverable as the client reads it.

    Attributes:
        answer: the answer to its question, begun for the reader.
        approve: likewise its approval, where one is awaited.
        correct: likewise a request for a correction, where there is something to look at.
    """

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
    answer: Message | None
    approve: Message | None
    correct: Message | None
    accounts: tuple[AccountView, ...]


def deliverables(scope: Scope) -> tuple[DeliverableView, ...]:
    """Every deliverable, in the order of the folder."""
    names = file_names(scope.portal)
    return tuple(_deliverable(scope, item, names) for item in scope.portal.deliverables)


def _deliverable(scope: Scope, item: Deliverable, names: Mapping[str, str]) -> DeliverableView:
    anchor = scope.anchors[item.id]
    state = state_of(scope, item)
    is_open = scope.portal.client.project.closed is None
    question = item.question if is_open else None
    can_be_judged = bool(item.delivered or item.files or item.link)
    return DeliverableView(
        anchor=anchor,
        title=item.title,
        version=item.version,
        state=state.name,
        label=state.label,
        due=maybe(scope.when, item.due),
        delivered=maybe(scope.day, item.delivered),
        approved=maybe(scope.consent, item.approved),
        body=scope.body(item.text, anchor, below=2),
        files=tuple(files_of(scope, item, names)),
        link=item.link,
        covers=scope.requirements(item.covers),
        question=question,
        answer=messages.answer(scope, item, question) if question else None,
        approve=messages.approval(scope, item),
        correct=messages.correction(scope, item) if can_be_judged else None,
        accounts=tuple(_account(scope, account) for account in item.accounts),
    )


_ACCOUNT_STATES = {
    "changed": message("Yours: you changed the password"),
    "received": message("You have it"),
    "given": message("Handed over to you"),
    "to-come": message("Still to be handed over"),
}


def _account(scope: Scope, account: Account) -> AccountView:
    address = account.address
    is_web = address is not None and address.startswith(("https://", "http://"))
    state = _account_state(account)
    return AccountView(
        title=account.for_,
        state=state,
        label=scope.words.text(_ACCOUNT_STATES[state]),
        address=address,
        href=address if is_web else None,
        login=account.login,
        owner=maybe(scope.person, account.owner),
        seal=_seal(scope, account),
        events=tuple(_events(scope, account)),
    )


def _account_state(account: Account) -> str:
    if account.changed:
        return "changed"
    if account.received:
        return "received"
    return "given" if account.given else "to-come"


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
