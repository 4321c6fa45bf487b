"""Sealed codes: each in a file of its own, of which only the shape can be seen.

What is not sealed may be a code in clear: no message repeats anything of such a file.
"""

import shlex

from portalgen.canonical import EnvelopeError
from portalgen.envelope_shape import parse_seal
from portalgen.model.folder import Folder
from portalgen.model.seal import SEALED, SealedCode, seal_name, seal_name_from
from portalgen.parse.records import Problems
from portalgen.problem import Place, Problem, Source


def seals_of(folder: Folder) -> tuple[dict[str, SealedCode], frozenset[str], Problems]:
    """Every sealed code by its path, and the paths of those that are broken."""
    seals: dict[str, SealedCode] = {}
    broken: set[str] = set()
    problems = [_stranger(folder, path) for path in sorted(folder.files) if _is_inside(path)]
    for path, source in folder.texts.items():
        if not _is_inside(path):
            continue
        text = source.text.removesuffix("\n")
        try:
            seals[path] = SealedCode(path, text, parse_seal(text), Place(source))
        except EnvelopeError:
            broken.add(path)
            name = seal_name(path)
            problems.append(_broken(folder, path, name) if name else _stranger(folder, path))
    return seals, frozenset(broken), problems


def _is_inside(path: str) -> bool:
    folder, slash, name = path.partition("/")
    return slash != "" and folder == SEALED and not name.upper().startswith("README")


def _broken(folder: Folder, path: str, name: str) -> Problem:
    message = "this is no sealed code, or it was altered"
    hint = f"take it back from git, or seal the code anew: {_command(folder, name)}"
    return Problem("broken-seal", message, Place(Source(f"{folder.path}/{path}")), hint)


def _stranger(folder: Folder, path: str) -> Problem:
    """A file that `portalgen seal` never writes, among those that it does."""
    shown = f"{folder.path}/{path}"
    name = seal_name_from(path.removeprefix(f"{SEALED}/").partition(".")[0]) or "NAME"
    message = "only sealed codes stand here, each in a file NAME.json"
    seal = f"{_command(folder, name)} < {shlex.quote(shown)}"
    hint = f"move it away; if it holds a code, seal it first: {seal}"
    return Problem("broken-seal", message, Place(Source(shown)), hint)


def _command(folder: Folder, name: str) -> str:
    return shlex.join(["portalgen", "seal", folder.path.rpartition("/")[2], name])
