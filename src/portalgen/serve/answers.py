"""What the preview answers to each address. Nothing is looked up on the disk by it: an address is
the name of something in memory, or of nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote

from portalgen.lock import LockedFile
from portalgen.model.page import INDEX, page_path
from portalgen.serve.documents import (
    OWN,
    list_of_portals,
    notice,
    page_in_clear,
    page_locked,
)
from portalgen.serve.kept import Kept
from portalgen.serve.make import FILES
from portalgen.serve.scripts import own_file
from portalgen.serve.shown import Shown, Stored, digest_of, named
from portalgen.serve.site import Site
from portalgen.serve.told import ToldPortal, told_problems, told_readers
from portalgen.shell import ASSETS

_INDEX = page_path(INDEX)
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
_JSON = "application/json; charset=utf-8"
_HTML = "text/html; charset=utf-8"
_BYTES = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send.

    Attributes:
        body: whole, in pieces, or a file that is sent as far as it is asked for.
        keeps: whether a browser may keep it; never what a client's folder says.
        moved_to: where it is instead.
    """

    status: int = 200
    media_type: str = _HTML
    body: bytes | Iterable[bytes] | Stored = field(default=b"", repr=False)
    keeps: bool = False
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks at the site.

    Attributes:
        person: who is to be greeted, where they can be.
        is_private: whether nobody but this machine can connect.
    """

    person: str | None
    is_private: bool


def answer(site: Site, look: Look, target: str) -> Answer:
    """What stands at the target of a request (RFC 9112, origin form)."""
    path, _, query = target.partition("?")
    try:
        segments = [unquote(part, errors="strict") for part in path.split("/")[1:]]
    except UnicodeDecodeError:
        return _nothing(look)
    if not path.startswith("/") or any("/" in s or "\\" in s or "\0" in s for s in segments):
        return _nothing(look)
    if segments == [""]:
        return _list(site, look)
    if segments[0] == OWN:
        return _own(site, "/".join(segments[1:]), query)
    with site.held():
        return _in_portal(site, look, segments)


# --- portals -------------------------------------------------------------------------------------


def _in_portal(site: Site, look: Look, segments: list[str]) -> Answer:
    name, rest = segments[0], "/".join(segments[1:])
    if rest.startswith(ASSETS):
        return _asset(site, rest)
    shown, kept = _find(site, name)
    if shown is None or len(segments) == 1:
        if shown is not None:
            return Answer(301, moved_to=f"/{quote(name)}/")
        return _nothing(look, kept)
    if rest.startswith(FILES):
        return _file(look, shown, rest)
    wanted = _page_of(rest)
    if wanted is None and f"{rest}/{_INDEX}" in shown.pages:
        return Answer(301, moved_to=f"/{quote(name)}/{quote(rest)}/")
    html = shown.page(wanted) if wanted else None
    if wanted is None or html is None:
        return _nothing(look, kept)
    told = _told(site, look, shown, wanted, html)
    if shown.is_locked:
        return Answer(body=page_locked(html, told).encode("utf-8", "replace"))
    script = f"{'../' * wanted.count('/')}{ASSETS}{site.scripts.show}"
    return Answer(body=page_in_clear(script, {**told, "html": html}).encode("utf-8", "replace"))


def _find(site: Site, segment: str) -> tuple[Shown | None, Kept | None]:
    """What there is to look at under a path, and which client's it is."""
    kept = site.client_at(segment)
    if kept is not None:
        return kept.shown, kept
    return site.dashboard_at(segment), None


def _page_of(rest: str) -> str | None:
    """The path of the page that an address means; None for one that is no page's."""
    if rest.endswith(_INDEX):
        return rest
    return f"{rest}{_INDEX}" if not rest or rest.endswith("/") else None


def _told(site: Site, look: Look, shown: Shown, path: str, html: str) -> dict[str, object]:
    reader = named(shown.readers, look.person)
    return {
        "kind": "locked" if site.is_locked else "clear",
        "isPrivate": look.is_private,
        "digest": _digest(shown, html),
        "folder": site.name_at(shown.path),
        "portal": shown.identity,
        "page": path.rpartition("/")[0] or INDEX,
        "readers": told_readers(shown.readers),
        "reader": reader.kid if reader else "",
        "isDraftInvoice": path in shown.drafts,
        "drafts": [
            (title, f"/{quote(shown.path)}/{_folder(at)}") for at, title in shown.drafts.items()
        ],
    }


def _digest(shown: Shown, html: str) -> str:
    """What tells a page, and what is said around it, from what it was."""
    return digest_of(repr((html, shown.readers, sorted(shown.drafts.items()))))


def _asset(site: Site, path: str) -> Answer:
    shell = site.shell
    name = path.removeprefix(ASSETS)
    if shell is None:
        return Answer(404)
    found = shell.assets.get(path)
    if found is not None:
        return _lasting(name, found)
    own = site.scripts.all.get(name)
    return _lasting(name, own)


def _lasting(name: str, content: bytes | None) -> Answer:
    """What another name would stand for if it were another."""
    if content is None:
        return Answer(404)
    return Answer(media_type=_type_of(name), body=content, keeps=True)


def _file(look: Look, shown: Shown, path: str) -> Answer:
    found = shown.files.get(path)
    if found is None:
        return _nothing(look)
    if isinstance(found, LockedFile):
        return Answer(media_type=_BYTES, body=found)
    return Answer(media_type=found.media_type or _BYTES, body=found)


def _nothing(look: Look, kept: Kept | None = None) -> Answer:
    title, sentence = "There is nothing here", "No portal has a page of this address."
    if kept is not None and kept.shown is None and kept.made.draft:
        title, sentence = "A draft, not published", "Its client.yaml says draft: yes."
    elif kept is not None and kept.shown is None:
        title = "Nothing to show yet"
        sentence = "What is wrong stands below. The page comes by itself once it is mended."
    told = {"kind": "notice", "isPrivate": look.is_private, "digest": "", "portal": ""}
    return Answer(404, body=notice(title, sentence, told).encode())


# --- the preview itself --------------------------------------------------------------------------


def _list(site: Site, look: Look) -> Answer:
    with site.held():
        styles = _styles(site)
    told = {"kind": "list", "isPrivate": look.is_private, "digest": digest_of("".join(styles))}
    return Answer(body=list_of_portals(styles, {**told, "portal": ""}).encode())


def _own(site: Site, name: str, query: str) -> Answer:
    if name.startswith(ASSETS):
        with site.held():
            return _asset(site, name)
    if name == "state":
        at = parse_qs(query).get("at", ["/"])[0]
        return _in_json(_state(site, at))
    if name == "list":
        return _in_json({"portals": _portals(site), "dashboard": _dashboard(site)})
    found = own_file(name)
    return _lasting(name, found)


def _styles(site: Site) -> list[str]:
    theme = site.desk.theme
    return [f"/{OWN}/{ASSETS}{name}" for name in theme.styles] if theme and site.shell else []


def _state(site: Site, path: str) -> Mapping[str, object]:
    """How the page at that path is now."""
    segments = [unquote(part) for part in path.split("/")[1:]]
    with site.held():
        if segments == [""]:
            problems = told_problems(site.problems(None))
            return {
                "digest": digest_of("".join(_styles(site))),
                "state": "shown",
                "problems": problems,
            }
        shown, kept = _find(site, segments[0])
        page = _page_of("/".join(segments[1:])) if len(segments) > 1 else None
        html = shown.page(page) if shown and page else None
        return {
            "digest": _digest(shown, html) if shown and html is not None else "",
            "state": kept.state if kept else "shown",
            "problems": told_problems(site.problems(kept)),
        }


def _portals(site: Site) -> list[ToldPortal]:
    with site.held():
        return [_listed(site, name, kept) for name, kept in site.clients.items()]


def _listed(site: Site, name: str, kept: Kept) -> ToldPortal:
    is_kept_back = site.is_locked and kept.made.draft
    return {
        "folder": name,
        "client": kept.client or name,
        "title": kept.title,
        "path": None
        if is_kept_back
        else f"/{quote(_address_of(site, name, kept), errors='replace')}/",
        "state": kept.state,
        "problems": told_problems(site.own_problems(kept)),
    }


def _address_of(site: Site, name: str, kept: Kept) -> str:
    return kept.path if site.name_at(kept.path) == name else name


def _dashboard(site: Site) -> str | None:
    with site.held():
        path = site.desk.workspace.studio.dashboard
        return f"/{quote(path)}/" if site.dashboard_at(path) else None


def _in_json(value: object) -> Answer:
    return Answer(
        media_type=_JSON, body=json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    )


def _folder(path: str) -> str:
    return path.removesuffix(_INDEX)


def _type_of(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2], _BYTES)
