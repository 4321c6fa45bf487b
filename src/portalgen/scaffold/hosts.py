"""The files by which a host builds the portals on every push.

Each begins with a line that holds the digest of the rest, so that a file which portalgen would
write differently today is told from one that its author changed.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal

from portalgen.scaffold.pin import Pin
from portalgen.scaffold.texts import written

State = Literal["current", "older", "edited", "edited older", "own"]
"""How a host's file stands to what portalgen writes today: the same; as an earlier one wrote it;
changed since; both of these; or never written by it."""

NO_HOST = "none"
REQUIREMENTS = "requirements.txt"

_FILES: Mapping[str, Mapping[str, str]] = {
    "netlify": {"netlify.toml": "netlify.toml"},
    "github": {".github/workflows/portals.yml": "portals.yml"},
    "gitlab": {".gitlab-ci.yml": "gitlab.yml"},
    "cloudflare": {"build.sh": "build.sh"},
}
HOSTS = (*_FILES, NO_HOST)

_WRITTEN_IN = ("en", "fr")
_NO_DIGEST = "0" * 12
_SEAL = re.compile(r"^#.*portalgen init \(([0-9a-f]{12})\).*\n", re.MULTILINE)


def host_files(host: str, language: str) -> dict[str, str]:
    """The files of a host, by their paths in the workspace.

    Args:
        host: one of `HOSTS`.
        language: of their comments.
    """
    return {path: _sealed(name, language) for path, name in _FILES.get(host, {}).items()}


def requirements(pin: Pin, language: str) -> str:
    """The requirements.txt that a host installs from."""
    source = pin.requirement
    if source is None:
        unknown = written("hosts/unknown-source.txt", language, {"version": pin.version})
        source = unknown.rstrip("\n")
    return written(f"hosts/{REQUIREMENTS}", language, {"source": source})


def standing_hosts(root: Path) -> Iterator[tuple[str, str]]:
    """The hosts that have files in a workspace, each with the path of the file."""
    for host, paths in _FILES.items():
        for path in paths:
            if (root / path).is_file():
                yield host, path


def state_of(host: str, path: str, text: str) -> State:
    """How a host's file stands to what portalgen writes today."""
    now = {_digest(host_files(host, language)[path]) for language in _WRITTEN_IN}
    found, digest = _SEAL.search(_with_plain_ends(text)), _digest(text)
    if digest in now:
        return "current"
    if found is None:
        return "own"
    if found[1] == digest:
        return "older"
    return "edited" if found[1] in now else "edited older"


def _sealed(name: str, language: str) -> str:
    seal = written("hosts/seal.txt", language, {"digest": _NO_DIGEST}).rstrip("\n")
    text = written(f"hosts/{name}", language, {"seal": seal})
    return text.replace(_NO_DIGEST, _digest(text), 1)


def _digest(text: str) -> str:
    """The digest of a file without its seal, whatever its line ends."""
    bare = _SEAL.sub("", _with_plain_ends(text), count=1)
    return sha256(bare.encode()).hexdigest()[: len(_NO_DIGEST)]


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n")
