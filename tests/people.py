"""Ready people for `access.yaml`, so that no test has to wait for their keys."""

from pathlib import Path

from conftest import FIXTURES, SMALLEST

from portalgen.access.file import read_access
from portalgen.model.access import Access

ACCESS = SMALLEST["salon/access.yaml"]
HEAD = ACCESS[: ACCESS.index("- name:")]
CLAIRE = ACCESS[ACCESS.index("- name:") :]
MARC = (FIXTURES / "marc-entry.yaml").read_text("utf-8")
LINK = (FIXTURES / "claire-link-entry.yaml").read_text("utf-8")
"""Claire's access link."""

STUDIO = (FIXTURES / "studio-access.yaml").read_text("utf-8")
"""The studio's own list: Nadia."""

MARC_PASSPHRASE = "tilleul-carafe-boussole-grenier-ombrage-velours"
LINK_SECRET = "JKY5lxd83-c_9fnHMbzQV9ye_eNqqqaSlYlA6e-7z-Q"

TWO = SMALLEST["salon/client.yaml"].replace(
    "contacts: [", "contacts: [{id: marc, name: Marc Aubert}, "
)
"""A client with two contacts."""

EVERYBODY = {"salon/client.yaml": TWO, "salon/access.yaml": f"{HEAD}{CLAIRE}{MARC}{LINK}"}
"""Both have access, and Claire has a link besides."""


def access_in(text: str) -> Access:
    """What an access file says."""
    access = read_access(text)
    assert access is not None
    return access


def kid_of(entry: str) -> str:
    """The key id of an entry."""
    return access_in(f"salt: x\npeople:\n{entry}").people[0].kid


def access_file(root: Path) -> Path:
    """The file that says who opens the portal of the smallest site's client."""
    return root / "content/salon/access.yaml"


def text_of(file: Path) -> str:
    """A file to the letter, with its own line ends."""
    return file.read_bytes().decode("utf-8")


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a workspace."""
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
