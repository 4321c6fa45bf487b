"""What a build made, in clear: its pages opened with the keys that it kept, and the shell."""

import json
import re
from pathlib import Path

from portals import envelope_of

from portalgen.envelope import open_page
from portalgen.keyring import kept_key

_ENVELOPE = re.compile(r'(id="portalgen-lock">).*?(</script>)')
_SHELL = re.compile(r"const SHELL=(.*);\n")


def clear_pages(root: Path) -> dict[str, str]:
    """Every page of a built workspace by its address in the output, as it was before locking."""
    output = root / "output"
    files = sorted(output.glob("*/**/index.html"))
    return {str(file.relative_to(output)): _opened(root, file) for file in files}


def _opened(root: Path, file: Path) -> str:
    envelope = envelope_of(file)
    key = kept_key(root, envelope.portal)
    assert key is not None
    return open_page(envelope.page, key.key, envelope.portal, envelope.page_id).decode()


def shell_pages(root: Path) -> dict[str, str]:
    """What needs no key: the front page, the two lock pages less what is locked, and the form that
    their script puts into them."""
    output = root / "output"
    below = min(output.glob("*/spec/index.html"))
    files = {
        "front.html": output / "index.html",
        "lock.html": below.parents[1] / "index.html",
        "lock-below.html": below,
    }
    pages = {name: _ENVELOPE.sub(r"\1\2", file.read_text("utf-8")) for name, file in files.items()}
    return {**pages, "lock-form.html": _form(below.parents[1])}


def _form(portal: Path) -> str:
    """The form of the lock page, out of the script that brings it."""
    (script,) = portal.glob("assets/lock-*.js")
    found = _SHELL.match(script.read_text("utf-8"))
    assert found is not None
    form = json.loads(found[1])["form"]
    assert isinstance(form, str)
    return form


def style_sheets(root: Path) -> dict[str, str]:
    """Every style sheet of a built workspace, by its published name; the same for all portals."""
    files = sorted((root / "output").glob("*/assets/*.css"))
    return {file.name: file.read_text("utf-8") for file in files}
