"""The content as a whole, once parsed: the studio, and each client's portal."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from portalgen.envelope import path_id
from portalgen.model.access import Access
from portalgen.model.billing import Invoice
from portalgen.model.body import Body
from portalgen.model.client import Client, Contact, Spec
from portalgen.model.entry import Account, Amendment, Correction, Deliverable, Step, Update
from portalgen.model.file import File
from portalgen.model.glossary import Term
from portalgen.model.issued import Issued
from portalgen.model.seal import SealedCode
from portalgen.model.studio import Studio
from portalgen.model.theme import ThemeFiles
from portalgen.problem import Place


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
    glossary: tuple[Term, ...] = ()
    access: Access | None = None
    is_read: bool = True
    """False when studio.yaml has errors, and a stand-in holds its place."""
    access_is_read: bool = True
    """False when access.yaml has errors, so that its people are not known."""


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
    seals: Mapping[str, SealedCode] = field(default_factory=dict)
    """Sealed codes by their path in the folder; one that is broken is in `unread`."""
    issued: Mapping[str, Issued] = field(default_factory=dict)
    """Issued invoices by their number; one that is broken is in `unread`."""
    theme: ThemeFiles | None = None
    """What the folder changes in the theme, for this portal alone."""
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

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account to hand over, in the order of the deliverables."""
        return tuple(account for item in self.deliverables for account in item.accounts)

    @property
    def unissued(self) -> tuple[Invoice, ...]:
        """The invoices that may still change, and have to be right once they are approved."""
        return tuple(invoice for invoice in self.invoices if not self.is_issued(invoice))

    def is_issued(self, invoice: Invoice) -> bool:
        """Whether an invoice is frozen: nothing is asked of it any more."""
        return invoice.number is not None and invoice.number in self.issued

    def person(self, name: str) -> Contact | None:
        """The contact with that id or name."""
        return next((c for c in self.client.contacts if name in (c.id, c.name)), None)

    def full_name(self, name: str) -> str:
        """The full name of the contact with that id; the name itself for anybody else."""
        contact = self.person(name)
        return contact.name if contact else name

    def public_work(self, name: str | None) -> Step | Deliverable | None:
        """The step or deliverable with that id; None for one that the client may not see."""
        entries: tuple[Step | Deliverable, ...] = (*self.public_steps, *self.deliverables)
        return next((entry for entry in entries if entry.id == name), None)

    def file(self, path: str) -> File | None:
        """The file at a path, however its accents are stored (Macs decompose them)."""
        found = self.files.get(path)
        if found is not None or path.isascii():
            return found
        wanted = unicodedata.normalize("NFC", path)
        names = (name for name in self.files if unicodedata.normalize("NFC", name) == wanted)
        return next((self.files[name] for name in names), None)

    def with_files(self, files: Iterable[File]) -> "Portal":
        """The same portal, with those files as they were read."""
        return replace(self, files={**self.files, **{file.path: file for file in files}})

    def requirements(self) -> Iterator[Requirement]:
        """Every requirement ever agreed on, in order: the specification's, then what was added."""
        yield from _requirements_in(self.spec.text, None)
        for amendment in self.amendments:
            if amendment.text:
                yield from _requirements_in(amendment.text, amendment.id)


def _requirements_in(body: Body, amendment: str | None) -> Iterator[Requirement]:
    for found in body.document.requirements:
        yield Requirement(found.id, found.text, body.place(found.line), amendment)


def id_of(portal: Portal, workspace: Workspace) -> str:
    """The portal's own id; one from the studio's while nobody else has access."""
    own = portal.access.portal if portal.access else None
    return own or path_id(workspace.access.salt if workspace.access else "", portal.path)
