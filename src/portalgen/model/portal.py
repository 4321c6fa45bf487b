"""The content as a whole, once parsed: the studio, and each client's portal."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portalgen.model.access import Access
from portalgen.model.billing import Invoice
from portalgen.model.body import Body
from portalgen.model.client import Client, Contact, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Step, Update
from portalgen.model.studio import Studio
from portalgen.problem import Place


@dataclass(frozen=True, slots=True)
class File:
    """A file of a client's folder that the content may refer to; its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something agreed on, from the specification or from an amendment."""

    id: str
    text: str
    place: Place
    amendment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """What all portals share: who the studio is, its words, its people."""

    studio: Studio
    glossary: tuple[tuple[str, str], ...] = ()
    access: Access | None = None
    is_read: bool = True
    """False when studio.yaml has errors, and a stand-in holds its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """Everything one client's folder says."""

    folder: str
    client: Client
    spec: Spec
    steps: tuple[Step, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    updates: tuple[Update, ...] = ()
    corrections: tuple[Correction, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    access: Access | None = None
    files: Mapping[str, File]
    outside: frozenset[str] = frozenset()
    """Paths in the folder that lead out of it through a link."""
    unread: frozenset[str] = frozenset()
    """Files that could not be read, and ids of entries with errors of their own."""
    invoices_unread: bool = False
    """Whether an invoice has errors, so that it is none of `invoices`."""

    @property
    def path(self) -> str:
        """The portal's segment of the address."""
        return self.client.path or self.folder

    @property
    def public_steps(self) -> tuple[Step, ...]:
        """The steps that the client may see."""
        return tuple(step for step in self.steps if not step.internal)

    def person(self, name: str) -> Contact | None:
        """The contact with that id or name."""
        return next((c for c in self.client.contacts if name in (c.id, c.name)), None)

    def file(self, path: str) -> File | None:
        """The file at a path, however its accents are stored (Macs decompose them)."""
        found = self.files.get(path)
        if found is not None or path.isascii():
            return found
        wanted = unicodedata.normalize("NFC", path)
        names = (name for name in self.files if unicodedata.normalize("NFC", name) == wanted)
        return next((self.files[name] for name in names), None)

    def requirements(self) -> Iterator[Requirement]:
        """Every requirement ever agreed on, in order: the specification's, then what was added."""
        yield from _requirements_in(self.spec.text, None)
        for amendment in self.amendments:
            if amendment.text:
                yield from _requirements_in(amendment.text, amendment.id)


def _requirements_in(body: Body, amendment: str | None) -> Iterator[Requirement]:
    for found in body.document.requirements:
        yield Requirement(found.id, found.text, body.place(found.line), amendment)
