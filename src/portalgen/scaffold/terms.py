"""One more term in the glossary, explained for the clients of the whole workspace."""

from pathlib import Path

from portalgen.approving import only_one
from portalgen.edit import with_values
from portalgen.model.folder import CONTENT
from portalgen.model.spellings import folded
from portalgen.parse import parse_studio
from portalgen.problem import Severity, in_reading_order
from portalgen.read import read_studio
from portalgen.scaffold.opening import NewError
from portalgen.schema import modeline
from portalgen.write import write_file

_GLOSSARY = "glossary.yaml"
PATH = f"{CONTENT}/{_GLOSSARY}"


def add_term(root: Path, term: str, explanation: str) -> None:
    """Write a term and its explanation at the end of the glossary, which is made when missing.

    Raises:
        NewError: it is explained already, the glossary has errors, or the term cannot stand in it.
        OSError: the file cannot be written.
    """
    with only_one(root):
        folder, unread = read_studio(root)
        workspace, found = parse_studio(folder)
        errors = (p for p in (*unread, *found) if p.severity is Severity.ERROR)
        broken = in_reading_order(p for p in errors if p.place.source.path == PATH)
        if broken:
            raise NewError("mend this first", problems=broken)
        for known in workspace.glossary:
            if folded(known.name) == folded(term):
                raise NewError(f'"{known.name}" is explained already', f"change it in {PATH}")
        file = root / PATH
        old = file.read_bytes().decode("utf-8") if file.exists() else f"{modeline(0, 'glossary')}\n"
        last = workspace.glossary[-1].name if workspace.glossary else ""
        new = with_values(old, {term: explanation}, last)
        if new is None:
            hint = f"write it into {PATH} by hand, as term: explanation, each in quotes if needed"
            raise NewError(f'"{term}" cannot be added as the glossary is laid out', hint)
        write_file(file.resolve(), new.encode())
