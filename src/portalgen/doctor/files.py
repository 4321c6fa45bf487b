"""The files that portalgen keeps in a workspace: are they those of this portalgen?"""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from portalgen.doctor.finding import Finding
from portalgen.keyring import CACHE
from portalgen.model.folder import CONTENT
from portalgen.scaffold.editor import SETTINGS, with_schemas
from portalgen.scaffold.hosts import REQUIREMENTS, State, standing_hosts, state_of
from portalgen.scaffold.pin import Pin, pinned_in
from portalgen.scaffold.placing import STAGE
from portalgen.schema import FOLDER
from portalgen.schema.files import out_of_step

_RENEW = "portalgen init --renew"
_OTHERS = 0o077
_SAID: Mapping[State, str] = {
    "current": "is what portalgen writes",
    "older": "is that of another portalgen",
    "edited": "is yours since you changed it",
    "edited older": "is yours since you changed it, and portalgen writes another one now",
    "own": "is your own",
}


def host_files(root: Path, pin: Pin) -> Iterator[Finding]:
    """The files of hosts, and the portalgen that they build with."""
    found = tuple(standing_hosts(root))
    for host, path in found:
        state = state_of(host, path, _text(root / path))
        is_older = state in ("older", "edited older")
        mend = f"{_RENEW} --host {host}" if is_older else ""
        yield Finding("host", "warning" if is_older else "ok", f"{path} {_SAID[state]}", mend)
    if found:
        yield _requirement(root, pin)
    else:
        says = "no host builds on a push"
        yield Finding("host", "ok", says, f"{_RENEW} --host netlify, github, gitlab or cloudflare")


def schemas(root: Path) -> Iterator[Finding]:
    """What editors complete and explain with."""
    old = out_of_step(root / CONTENT / FOLDER)
    if old:
        says = f"the schemas in {CONTENT}/{FOLDER} are not those of this portalgen"
        yield Finding("editor", "warning", says, "portalgen schema")
    else:
        yield Finding("editor", "ok", "the schemas are those of this portalgen")
    if not (root / SETTINGS).is_file():
        yield Finding("editor", "ok", "no settings for VS Code", _RENEW)
        return
    text = _text(root / SETTINGS)
    changed = with_schemas(text)
    if changed is None:
        says = f"{SETTINGS} is yours since you changed it"
        yield Finding("editor", "ok", says)
    elif changed != text:
        says = f"{SETTINGS} does not name all the schemas"
        yield Finding("editor", "warning", says, _RENEW)
    else:
        yield Finding("editor", "ok", f"{SETTINGS} names the schemas")


def cache(root: Path) -> Iterator[Finding]:
    """The portals' keys between builds are for this user alone."""
    folder = root / CACHE
    try:
        mode = stat.S_IMODE(folder.lstat().st_mode)
    except FileNotFoundError:
        return
    if folder.is_symlink() or not folder.is_dir():
        says = f"{CACHE} is no folder, and the portals' keys cannot be kept"
        yield Finding("workspace", "problem", says, f"rm {CACHE}")
    elif os.name == "posix" and mode & _OTHERS:
        says = f"others on this machine can read {CACHE}/, where the portals' keys are"
        yield Finding("workspace", "problem", says, f"chmod 700 {CACHE}")
    else:
        yield Finding("workspace", "ok", f"{CACHE}/ is for you alone")


def leftovers(root: Path) -> Iterator[Finding]:
    """What an init that was cut off left behind."""
    if (root / STAGE).is_dir():
        yield Finding("workspace", "warning", f"{STAGE}/ was left behind", f"rm -r {STAGE}")


def _requirement(root: Path, pin: Pin) -> Finding:
    """The portalgen that a host installs, against the one that runs here."""
    said = pinned_in(_text(root / REQUIREMENTS))
    if said is None:
        says = f"{REQUIREMENTS} does not say where the host gets portalgen"
        mend = f"write into it: {pin.requirement or 'portalgen @ git+https://…'}"
        return Finding("host", "problem", says, mend)
    if pin.requirement and said != pin.requirement:
        says = f"the host builds with another portalgen: {said}"
        return Finding("host", "warning", says, _RENEW)
    if f"portalgen=={pin.version}" not in said and said.startswith("portalgen=="):
        says = f"the host builds with another portalgen: {said}"
        return Finding(
            "host", "warning", says, f"write portalgen=={pin.version}, or install that one here"
        )
    return Finding("host", "ok", f"{REQUIREMENTS} names {said}")


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
