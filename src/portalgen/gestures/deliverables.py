"""What happens to a deliverable: it is handed over, with its files, its link and its accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portalgen.edit import Add, Change, Remove, Set
from portalgen.gestures.attaching import Attached
from portalgen.gestures.plan import Plan, refuse_future
from portalgen.gestures.refusal import GestureError
from portalgen.gestures.words import Pointer, command, quoted, read_there, where
from portalgen.model.entry import Account, Deliverable
from portalgen.scaffold.opening import Shelf

_AFTER = ("delivered", "due", "version", "title", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is handed over.

    Attributes:
        on: the day; today when left out.
        version: what it is called from now on.
        files: those that go with it from now on: beside those it has, or, with another version, in
            their place.
    """

    on: date | None = None
    version: str | None = None
    link: str | None = None
    files: tuple[Attached, ...] = ()


def delivered(shelf: Shelf, item: Deliverable, wish: Delivery) -> Plan:
    """The deliverable is handed over, or a new version of it."""
    is_renewed = wish.version is not None and wish.version != item.version
    files = [file for file in wish.files if file.path not in item.files]
    adds = is_renewed or bool(files) or wish.link not in (None, item.link)
    if item.delivered and not adds and wish.on in (None, item.delivered):
        said = f"{item.id} was delivered on {item.delivered} already"
        return Plan(place=item.place(), said=said)
    if item.delivered and not is_renewed:
        _refuse_silent_change(item, wish)
    day = wish.on or (item.delivered if not is_renewed else None) or shelf.today
    _refuse_day(shelf, item, day)
    return Plan(
        place=item.place(),
        changes=[
            *_dated(item, day, wish.version if is_renewed else None),
            *_linked(item, wish.link),
            *_with_files(item, files, wish.files if is_renewed else ()),
        ],
        said=f"{item.id} ({item.title}): delivered on {day}{_versioned(wish, item)}",
        commit=f"{item.title}: delivered{_versioned(wish, item)}",
        then=(
            *_left_out(item, wish if is_renewed else Delivery()),
            *_next(shelf, item, is_renewed=is_renewed),
        ),
        copies={file.path: file.source for file in files if file.source},
    )


def given_over(
    shelf: Shelf, item: Deliverable, position: int, on: date | None, key: str = "given"
) -> Plan:
    """The access of an account is given; or confirmed by the client, or its secret changed.

    Args:
        key: `given`, `received` or `changed`.
    """
    account = item.accounts[position]
    day, known = on or shelf.today, getattr(account, key)
    if known and on in (None, known):
        said = f"{account.for_}: {key} on {known} already"
        return Plan(place=item.place(), said=said)
    if known:
        hint = f"change the day at {where(item.place('accounts', position, key))}"
        raise GestureError(f"{account.for_}: {key} on {known}", hint)
    refuse_future(day, shelf.today, f"access is {key}")
    _refuse_before_given(shelf, account, key, day)
    earlier = ("received", "given") if key == "changed" else ("given",) if key == "received" else ()
    after = (*earlier, "owner", "login", "address", "for")
    plan = Plan(
        place=item.place(),
        changes=[Set((key,), day.isoformat(), after)],
        said=f"{account.for_}: {key} on {day}",
        commit=f"{account.for_}: {key}",
        then=tuple(_accounts_left(shelf, account, key)),
    )
    return plan.below("accounts", position)


def _refuse_silent_change(item: Deliverable, wish: Delivery) -> None:
    """What was delivered, and perhaps approved, is replaced by a version that says so."""
    if wish.on not in (None, item.delivered):
        hint = (
            f"for a new version say --version; to correct the day: {where(item.place('delivered'))}"
        )
        raise GestureError(f"{item.id} was delivered on {item.delivered}", hint)
    if item.approved:
        message = f"{item.id} was approved on {item.approved.on} as it is"
        hint = "say which version this is, so that they can approve it anew: --version 2"
        raise GestureError(message, hint)


def _refuse_day(shelf: Shelf, item: Deliverable, day: date) -> None:
    refuse_future(day, shelf.today, "something is delivered")
    if item.delivered and day < item.delivered:
        message = f"{item.id} was delivered on {item.delivered}: a new version comes later"
        raise GestureError(message, "give --on a later day")


def _dated(item: Deliverable, day: date, version: str | None) -> Iterator[Change]:
    """The day and the new version, which awaits a yes of its own."""
    if version is not None:
        yield Set(("version",), version, ("title", "id"))
    if day != item.delivered:
        yield Set(("delivered",), day.isoformat(), ("due", "version", "title", "id"))
    if item.approved and version is not None:
        yield Remove(("approved",))


def _linked(item: Deliverable, link: str | None) -> Iterator[Change]:
    if link and link != item.link:
        yield Set(("link",), link, ("files", "approved", *_AFTER))


def _with_files(
    item: Deliverable, more: Sequence[Attached], instead: Sequence[Attached]
) -> Iterator[Change]:
    """Files beside those there are; those of a new version take the place of the old."""
    after = ("approved", *_AFTER)
    paths = tuple(file.path for file in instead)
    if paths and item.files:
        if paths != item.files:
            yield Set(("files",), paths, after)
        return
    for file in more:
        yield Add(("files",), file.path, after)


def _versioned(wish: Delivery, item: Deliverable) -> str:
    version = wish.version or item.version
    return f", version {version}" if version else ""


def _left_out(item: Deliverable, wish: Delivery) -> Iterator[str]:
    kept = [file.path for file in wish.files]
    gone = [path for path in item.files if path not in kept] if kept else []
    if gone:
        yield f"no longer handed over, and still in the folder: {', '.join(gone)}"


def _next(shelf: Shelf, item: Deliverable, *, is_renewed: bool) -> Iterator[str | Pointer]:
    name = shelf.portal.client.name
    if item.approved and is_renewed:
        by = f" by {item.approved.by}" if item.approved.by else ""
        via = f", {item.approved.via}" if item.approved.via else ""
        yield f"the version before was approved{by} on {item.approved.on}{via}: taken out"
    yield f"{name} can open it, and approve it, after your next build"
    left = [account.for_ for account in item.accounts if not account.given]
    for account in left:
        yield f"still to hand over: {account}"
    yield from read_there(name, item.text, item.place().source.path)
    yield from [f"its question stays: {quoted(item.question)}"] if item.question else []
    waiting = [other.id for other in shelf.portal.deliverables if not other.delivered]
    rest = [name for name in waiting if name != item.id]
    yield f"still to deliver: {', '.join(rest)}" if rest else "everything is delivered"


def _refuse_before_given(shelf: Shelf, account: Account, key: str, day: date) -> None:
    if key == "given":
        return
    if account.given is None:
        message = f"{account.for_}: its access was not given yet"
        first = command("given", shelf.client, account.for_, "--on", "DATE")
        raise GestureError(message, f"say when you gave it: {first}")
    if day < account.given:
        message = f"{account.for_}: its access was given on {account.given}"
        raise GestureError(message, f"{day} is before that: give --on a later day")


def _accounts_left(shelf: Shelf, given: Account, key: str) -> Iterator[str]:
    if key != "given":
        return
    if given.sealed is None:
        yield f"if a code belongs to it, seal it: {command('seal', shelf.client, 'NAME')}"
    left = [one.for_ for one in shelf.portal.accounts if not one.given and one is not given]
    yield f"still to hand over: {', '.join(left)}" if left else "every account is handed over"
