"""Access codes: each is sealed for everybody who may open the portal, and belongs to an account."""

import shlex
from collections.abc import Iterator, Sequence

from portalgen.model import spellings
from portalgen.model.entry import Account
from portalgen.model.portal import Portal, Workspace
from portalgen.model.seal import (
    SealedCode,
    readers_of_codes,
    seal_name,
    seal_name_from,
    sealed_path,
)
from portalgen.problem import Problem, warning


def unsealed_codes(portal: Portal) -> Iterator[Problem]:
    """`sealed` of an account that names no sealed code."""
    for account in portal.accounts:
        path = account.sealed
        if path is None or path in portal.seals or path in portal.unread:
            continue
        place = account.place("sealed")
        name = seal_name(path)
        if name is None:
            message = "this is not the path of a sealed code, sealed/NAME.json"
            yield Problem("not-sealed", message, place, _how_to_seal(portal, account, path))
            continue
        near = spellings.closest(name, [code.seal.name for code in portal.seals.values()])
        hint = f'did you mean "{sealed_path(near)}"?' if near else f"seal it: {_seal(portal, name)}"
        yield Problem("file-not-found", f'there is no file "{path}"', place, hint)


def _how_to_seal(portal: Portal, account: Account, written: str) -> str:
    name = seal_name_from(account.for_) or "NAME"
    path, command = sealed_path(name), _seal(portal, name)
    if path in portal.seals:
        return f"write {path}"
    if portal.file(written) is None:
        return f"seal the code: {command}\nthen write {path}"
    clear = shlex.quote(f"content/{portal.folder}/{written}")
    return f"seal it: {command} < {clear}\nthen write {path}, and remove that file"


def foreign_seals(portal: Portal) -> Iterator[Problem]:
    """A code that was sealed for another portal: nobody here could open it."""
    for code in portal.seals.values():
        if "access.yaml" not in portal.unread and not _is_own(portal, code):
            message = "this code is sealed for another portal"
            hint = f"seal it for this one: {_seal(portal, code.seal.name)}"
            yield Problem("foreign-seal", message, code.place, hint)


def renamed_seals(portal: Portal) -> Iterator[Problem]:
    """A sealed code whose file has another name than it was sealed under."""
    for code in portal.seals.values():
        right = sealed_path(code.seal.name)
        if code.path != right:
            message = f"this code was sealed as {code.seal.name}"
            command = _seal(portal, seal_name(code.path) or code.seal.name)
            hint = f"rename the file to {right}, or seal the right code: {command}"
            yield Problem("renamed-seal", message, code.place, hint)


def outdated_seals(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """A code that somebody cannot open who should, or can open who should not."""
    if "access.yaml" in portal.unread or not workspace.access_is_read:
        return
    readers = readers_of_codes(portal.access, workspace.access)
    for code in portal.seals.values():
        if not _is_own(portal, code):
            continue
        is_open_to_others = code.opens_for_others(readers)
        command = _seal(portal, code.seal.name)
        if missing := [portal.full_name(person.name) for person in code.closed_to(readers)]:
            message, hint = f"{_listed(missing)} cannot open this code", f"seal it again: {command}"
            if is_open_to_others:
                message = f"{message}, and keys that were taken away can"
                hint = f"{hint}\nand change the code first if somebody else has those keys"
            yield warning("seal-outdated", message, code.place, hint)
        elif is_open_to_others:
            message = "somebody who has no access any more can open this code"
            hint = f"change the code, then seal the new one: {command}"
            yield warning("seal-outdated", message, code.place, hint)


def unused_seals(portal: Portal) -> Iterator[Problem]:
    """A sealed code that no account names: no page shows it."""
    if any(unsealed_codes(portal)):
        return  # one of those accounts may mean it
    named = {account.sealed for account in portal.accounts}
    for code in portal.seals.values():
        if code.path not in named:
            hint = f"write sealed: {code.path} under its account, or remove the file"
            yield warning("unused-seal", "no account names this code", code.place, hint)


def _is_own(portal: Portal, code: SealedCode) -> bool:
    return portal.access is not None and code.seal.portal == portal.access.portal


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _seal(portal: Portal, name: str) -> str:
    return shlex.join(["portalgen", "seal", portal.folder, name])
