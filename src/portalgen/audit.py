"""`portalgen verify`: a finished output, held against the content and the keys at hand."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portalgen.desk import Desk, open_desk
from portalgen.envelope import dashboard_id
from portalgen.keyring import kept_key
from portalgen.model.access import Access, kids_of, people_of
from portalgen.model.page import INDEX
from portalgen.model.portal import id_of
from portalgen.parallel import map_parallel
from portalgen.parse import parse_client
from portalgen.problem import Place, Problem, Source, as_given
from portalgen.read import client_names, read_client
from portalgen.shell import Shell
from portalgen.verify import UNKNOWN, Expected, nobodys, portal_id, verify_output, verify_portal
from portalgen.write import is_our_output, is_portal


@dataclass(frozen=True, slots=True)
class _Content:
    """What the content tells of the portals.

    Attributes:
        expected: what is known of each portal, by its id.
        is_whole: whether that is all of them.
    """

    expected: Mapping[str, Expected]
    is_whole: bool


def audit(root: Path, output: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with an output, or with the folder of one portal.

    Raises:
        FileNotFoundError: the workspace has no content folder.
    """
    desk, problems = open_desk(root)
    if desk.shell is None:
        return tuple(problems)
    foreign = _not_an_output(output)
    if foreign:
        return (*problems, foreign)
    found = [known for _, known in map_parallel(partial(_client, desk), client_names(root))]
    expected = dict(known for known in found if known)
    if desk.workspace.access:
        expected |= [_dashboard(root, desk.workspace.access)]
    content = _Content(expected, is_whole=None not in found)
    return (*problems, *_held_against(content, output, desk.shell))


def _held_against(content: _Content, output: Path, shell: Shell) -> Iterator[Problem]:
    if not is_portal(output):
        yield from verify_output(output, shell, content.expected, all_known=content.is_whole)
        return
    shown, identity = as_given(output), portal_id(output) or ""
    yield from verify_portal(output, shown, shell, content.expected.get(identity, UNKNOWN))
    if content.is_whole and identity and identity not in content.expected:
        yield nobodys(shown)


def _not_an_output(output: Path) -> Problem | None:
    """Why there is nothing to verify in a folder, if that is so."""
    place = Place(Source(as_given(output)))
    if not output.is_dir():
        return Problem("no-output", "there is no such folder", place, "run portalgen build")
    if is_our_output(output) or any(is_portal(output / name) for name in ("", *os.listdir(output))):
        return None
    hint = "name the output, such as portalgen verify output"
    return Problem("foreign-folder", "portalgen did not write this folder", place, hint)


def _client(desk: Desk, name: str) -> tuple[str, Expected] | None:
    """The id of a client's portal, and what is known of it; None when it cannot be told."""
    folder, _ = read_client(desk.root, name)
    portal, _ = parse_client(folder)
    has_own_id = portal.access is not None and portal.access.portal is not None
    if "access.yaml" in portal.unread or not (has_own_id or "client.yaml" not in portal.unread):
        return None
    identity = id_of(portal, desk.workspace)
    people = people_of(portal.access, desk.workspace.access)
    return identity, Expected(readers=kids_of(people), key=kept_key(desk.root, identity))


def _dashboard(root: Path, access: Access) -> tuple[str, Expected]:
    """The dashboard's id, and what is known of it: one page, for the studio's people alone."""
    identity = dashboard_id(access.salt)
    readers, key = kids_of(access.people), kept_key(root, identity)
    return identity, Expected(readers=readers, key=key, pages=(INDEX,), has_more=False)
