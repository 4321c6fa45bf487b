"""The mail as a file that mail programs open as a draft (RFC 5322, RFC 2046)."""

from collections.abc import Iterable
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from portalgen.digest.make import Draft, Reader
from portalgen.digest.text import letter

_BOUNDARY_LENGTH = 24


def mail_of(draft: Draft) -> bytes:
    """The draft with its two parts; the same draft gives the same bytes.

    Whoever has an address that no header can bear is left out, as `unaddressed` says.
    """
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"  # Outlook and Apple Mail open it to be edited, and not as received
    senders = _addresses([draft.sender] if draft.sender else [])
    if senders:
        mail["From"] = senders
    readers = _addresses(draft.to)
    if readers:
        mail["To"] = readers
    mail["Subject"] = draft.digest.subject
    mail.set_content(letter(draft.digest), cte="quoted-printable")
    mail.add_alternative(draft.html, subtype="html", cte="quoted-printable")
    mail.set_boundary(_boundary(draft))
    return mail.as_bytes()


def unaddressed(draft: Draft) -> tuple[str, ...]:
    """The addresses that the author has to write into the mail by hand."""
    everybody = (*draft.to, *([draft.sender] if draft.sender else []))
    return tuple(reader.email for reader in everybody if _address(reader) is None)


def _addresses(readers: Iterable[Reader]) -> list[Address]:
    return [address for reader in readers if (address := _address(reader))]


def _address(reader: Reader) -> Address | None:
    """The address as a header bears it; the domain in ASCII (RFC 5891)."""
    local, _, domain = reader.email.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
        local.encode("ascii")
        return Address(reader.name, addr_spec=f"{local}@{ascii_domain}")
    except (ValueError, IndexError, MessageError):
        return None


def _boundary(draft: Draft) -> str:
    """Between the parts, where neither has such a line; the library would draw one by chance."""
    digest = sha256(f"{draft.digest.subject}\0{draft.html}".encode()).hexdigest()
    return f"portalgen-{digest[:_BOUNDARY_LENGTH]}"
