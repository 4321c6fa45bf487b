"""What an author means by a name: an entry by its id, its file, its number or its title."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from portalgen.gestures.refusal import GestureError
from portalgen.gestures.words import beginning, command, quoted
from portalgen.model.entry import Account, Amendment, Correction, Deliverable, Step
from portalgen.model.portal import Portal
from portalgen.model.spellings import closest, folded
from portalgen.model.values import path_segment
from portalgen.parse.entries import file_order
from portalgen.problem import Severity, in_reading_order
from portalgen.scaffold.opening import Shelf

Named = Step | Deliverable | Correction | Amendment

KINDS: dict[str, str] = {
    "steps": "a step",
    "deliverables": "a deliverable",
    "corrections": "a correction",
    "amendments": "an amendment",
}
_LISTED = 12
"""The most names that a message lists."""
_SHORTEST_PART = 3
"""Signs of a part of a name that may stand for the whole."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry, and what it may be called.

    Attributes:
        number: that of its file's name, or its position in a list from 1.
    """

    kind: str
    entry: Named
    number: int | None

    @property
    def stem(self) -> str:
        """The name of its file, without the ending; its id in a list."""
        path = self.entry.place().source.path
        return path.rpartition("/")[2].removesuffix(".md") if path.endswith(".md") else self.id

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def title(self) -> str:
        """What it is called in words; a correction has its number only."""
        return self.id if isinstance(self.entry, Correction) else self.entry.title

    @property
    def line(self) -> str:
        """What a list of candidates says of it."""
        return _in_words(self.entry)


def _begun(kind: str, client: str) -> str:
    words = "TEXT" if kind == "corrections" else "TITLE"
    return command("new", kind.removesuffix("s"), client, words)


def _is_over(candidate: Candidate) -> bool:
    """Whether nothing is left to do about it; of those, nobody speaks every day."""
    entry = candidate.entry
    if isinstance(entry, Step):
        return entry.state == "done"
    if isinstance(entry, Correction):
        return not entry.is_open
    return bool(entry.approved if isinstance(entry, Deliverable) else entry.agreed)


def _in_words(entry: Named) -> str:
    return quoted(beginning(entry.text)[0]) if isinstance(entry, Correction) else entry.title


Sense = Callable[[Candidate], bool]


def found(shelf: Shelf, name: str, kinds: Sequence[str]) -> Named:
    """The entry of those kinds that is meant.

    Raises:
        GestureError: there is none, several may be meant, or it has errors.
    """
    kinds, bare = _told_apart(name, kinds)
    candidates = [c for kind in kinds for c in _candidates(shelf.portal, kind)]
    matching = _matching(candidates, _strict_senses(bare))
    if not matching:
        _refuse_unread(shelf, bare, kinds)
        matching = _matching(candidates, _loose_senses(bare, kinds))
    if len(matching) == 1:
        return matching[0].entry
    if matching:
        raise _ambiguous(name, matching)
    raise _unknown(shelf, bare, kinds, candidates)


def exactly(portal: Portal, name: str, kinds: Sequence[str]) -> Named | None:
    """The entry with that very id, or in a file of that name."""
    kinds, bare = _told_apart(name, kinds)
    candidates = [c for kind in kinds for c in _candidates(portal, kind)]
    return next((c.entry for c in candidates if bare in (c.id, c.stem)), None)


def account_found(portal: Portal, name: str) -> tuple[Deliverable, int]:
    """The account that is meant: its deliverable, and its position there.

    Raises:
        GestureError: there is none, or several may be meant.
    """
    accounts = [(item, n) for item in portal.deliverables for n in range(len(item.accounts))]
    slug = path_segment(name)
    for is_meant in (_is_account, _is_in_account):
        hits = [(item, n) for item, n in accounts if is_meant(item.accounts[n], slug)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            listed = "\n".join(f"  {item.accounts[n].for_}" for item, n in hits)
            raise GestureError(f'"{name}" may be several accounts', f"say more of it:\n{listed}")
    if name.isdecimal() and 0 < int(name) <= len(accounts):
        return accounts[int(name) - 1]
    listed = "\n".join(f"  {item.accounts[n].for_}" for item, n in accounts[:_LISTED])
    hint = f"the accounts are:\n{listed}" if accounts else "a deliverable lists them in accounts"
    raise GestureError(f'there is no account "{name}" in content/{portal.folder}', hint)


def _is_account(account: Account, slug: str) -> bool:
    sealed = (account.sealed or "").removeprefix("sealed/").removesuffix(".json")
    names = (account.for_, account.login or "", account.address or "", sealed)
    return bool(slug) and slug in map(path_segment, names)


def _is_in_account(account: Account, slug: str) -> bool:
    return _is_part(slug, path_segment(account.for_))


def _told_apart(name: str, kinds: Sequence[str]) -> tuple[Sequence[str], str]:
    """The kinds that a name with a folder before it may be, and the name alone."""
    bare = name.removesuffix(".md").rstrip("/")
    folder, _, last = bare.rpartition("/")
    kind = folder.rpartition("/")[2].removesuffix(".yaml")
    return ([kind], last) if kind in kinds else (kinds, bare)


def _candidates(portal: Portal, kind: str) -> Iterator[Candidate]:
    entries: Sequence[Named] = getattr(portal, kind)
    for position, entry in enumerate(entries, 1):
        path = entry.place().source.path
        number = file_order(path)[0] if path.endswith(".md") else position
        yield Candidate(kind, entry, int(number) if number != float("inf") else None)


def _matching(candidates: Sequence[Candidate], senses: Iterable[Sense]) -> list[Candidate]:
    """Those that a name fits, in the first sense in which it fits any."""
    return next((hits for is_meant in senses if (hits := [*filter(is_meant, candidates)])), [])


def _strict_senses(name: str) -> tuple[Sense, ...]:
    return (
        lambda c: c.id == name,
        lambda c: c.stem == name,
        lambda c: folded(name) in (folded(c.id), folded(c.stem), folded(c.title)),
    )


def _loose_senses(name: str, kinds: Sequence[str]) -> tuple[Sense, ...]:
    """A number is that of a correction only where nothing else has one."""
    number, slug = int(name) if name.isdecimal() else None, path_segment(name)
    numbered = [kind for kind in kinds if kind != "corrections"] or kinds
    return (
        lambda c: number is not None and c.number == number and c.kind in numbered,
        lambda c: bool(slug) and slug in (path_segment(c.id), path_segment(c.title)),
        lambda c: _is_part(slug, path_segment(c.id)) or _is_part(slug, path_segment(c.title)),
    )


def _is_part(slug: str, whole: str) -> bool:
    """Whether a word of the whole, or several, begin like that."""
    return len(slug) >= _SHORTEST_PART and f"-{slug}" in f"-{whole}"


def _ambiguous(name: str, candidates: Iterable[Candidate]) -> GestureError:
    ways = "\n".join(f"  {c.kind}/{c.stem}: {c.line}" for c in candidates)
    return GestureError(f'"{name}" may be several things', f"say which:\n{ways}")


def _refuse_unread(shelf: Shelf, name: str, kinds: Sequence[str]) -> None:
    """An entry that has errors is none of the portal's, and its own errors say more."""
    unread = [
        problem
        for problem in shelf.found
        if problem.severity is Severity.ERROR and _is_at(problem.place.source.path, name, kinds)
    ]
    if unread:
        path = unread[0].place.source.path
        raise GestureError(f"{path} has errors", "mend them first", in_reading_order(unread))


def _is_at(path: str, name: str, kinds: Sequence[str]) -> bool:
    folder, _, file = path.rpartition("/")
    if file.removesuffix(".yaml") in kinds:
        return True
    stem = file.removesuffix(".md")
    number = re.match(r"\d+", stem)
    names = {stem, re.sub(r"^\d+[-_. ]+", "", stem), str(int(number[0])) if number else ""}
    return folder.rpartition("/")[2] in kinds and folded(name) in map(folded, names)


def near(portal: Portal, name: str, kinds: Sequence[str]) -> Named | None:
    """The entry whose id or title is nearest to a name, when one is near."""
    by_name: dict[str, Named] = {}
    for candidate in (c for kind in kinds for c in _candidates(portal, kind)):
        by_name |= {path_segment(candidate.title): candidate.entry, candidate.id: candidate.entry}
    key = closest(path_segment(name), list(by_name)) or closest(name, list(by_name))
    return by_name[key] if key else None


def _unknown(
    shelf: Shelf, name: str, kinds: Sequence[str], candidates: Sequence[Candidate]
) -> GestureError:
    what = " or ".join(KINDS[kind].partition(" ")[2] for kind in kinds)
    message = f'there is no {what} "{name}" in content/{shelf.client}'
    other = near(shelf.portal, name, kinds)
    if other:
        return GestureError(message, f'did you mean "{other.id}" ({_in_words(other)})?')
    if not candidates:
        return GestureError(message, f"there is none yet: {_begun(kinds[0], shelf.client)}")
    open_first = sorted(candidates, key=_is_over)
    listed = "\n".join(f"  {c.id}: {c.line}" for c in open_first[:_LISTED])
    return GestureError(message, f"there are:\n{listed}")
