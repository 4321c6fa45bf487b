"""Where another machine gets this very portalgen: a line for its requirements.txt."""

import json
import re
from dataclasses import dataclass
from importlib.metadata import distribution
from urllib.parse import urlsplit, urlunsplit

PROGRAM = "portalgen"

_LINE = re.compile(rf"^{PROGRAM}\b(?!-) *(\[[^\]\n]*\])?.*$", re.MULTILINE | re.IGNORECASE)
_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Pin:
    """The portalgen that runs.

    Attributes:
        version: such as 0.1.0.
        requirement: what pip installs on any machine, such as `portalgen==0.1.0`; None when this
            one came from a folder or a file of this machine.
    """

    version: str
    requirement: str | None


def this_portalgen() -> Pin:
    """The one that runs, by what its installer noted down."""
    installed = distribution(PROGRAM)
    origin = installed.read_text("direct_url.json")
    return Pin(installed.version, requirement_of(installed.version, origin))


def requirement_of(version: str, origin: str | None) -> str | None:
    """What installs the same again, by the text of a `direct_url.json` (PEP 610).

    Without that file it came from an index. No password that stood in an address is repeated.
    """
    if origin is None:
        return f"{PROGRAM}=={version}"
    try:
        said = json.loads(origin)
        address = _without_password(said["url"])
        if "vcs_info" in said:
            kind, commit = said["vcs_info"]["vcs"], said["vcs_info"]["commit_id"]
            source = f"{kind}+{address}@{commit}"
        else:
            source = f"{address}{_digest(said['archive_info'])}"
    except (KeyError, TypeError, ValueError):
        return None
    return None if urlsplit(address).scheme == "file" else f"{PROGRAM} @ {source}"


def pinned_in(text: str) -> str | None:
    """What a requirements.txt says of portalgen, without its extras; None when it says nothing."""
    found = _LINE.search(text)
    return found[0].replace(found[1] or "", "", 1).strip() if found else None


def with_pin(text: str, requirement: str) -> str:
    """A requirements.txt that names that portalgen, and says all else that it said."""
    if _LINE.search(text):
        return _LINE.sub(lambda found: _with_extras(requirement, found[1]), text, count=1)
    end = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{end}{requirement}\n"


def _with_extras(requirement: str, extras: str | None) -> str:
    return f"{PROGRAM}{extras or ''}{requirement.removeprefix(PROGRAM)}"


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    kept = "" if parts.scheme in _WEB else user.partition(":")[0] + at
    return urlunsplit(parts._replace(netloc=f"{kept}{host}"))


def _digest(archive: dict[str, dict[str, str]]) -> str:
    digest = archive.get("hashes", {}).get("sha256")
    return f"#sha256={digest}" if digest else ""
