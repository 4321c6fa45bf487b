"""Looks at the machine, the workspace, git, the host's files and the people; changes nothing."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from portalgen.doctor import files, machine, people
from portalgen.doctor.finding import Finding, State
from portalgen.doctor.repository import repository
from portalgen.model.folder import CONTENT
from portalgen.parse import parse_studio
from portalgen.read import client_names, read_studio, workspace_above
from portalgen.scaffold.pin import Pin

__all__ = ["Finding", "State", "examine"]


def examine(root: Path, pin: Pin, encoding: str) -> Iterator[Finding]:
    """All that can be told about a workspace, or about a folder that is none.

    Args:
        pin: the portalgen that runs.
        encoding: of the terminal, such as utf-8.

    Raises:
        OSError: a folder of the workspace cannot be read.
    """
    yield from machine.programs()
    yield machine.terminal_encoding(encoding)
    if not (root / CONTENT).is_dir():
        yield machine.pdf_engine(is_wanted=False)
        says = f"there is no workspace here: no folder {CONTENT}/"
        above = workspace_above(root)
        mend = shlex.join(["cd", os.path.relpath(above, root)]) if above else "portalgen init"
        yield Finding("workspace", "warning", says, mend)
        return
    folder, unreadable = read_studio(root)
    workspace, unparsed = parse_studio(folder)
    yield machine.pdf_engine(is_wanted=workspace.studio.facturx)
    yield from people.studio(workspace, (*unreadable, *unparsed))
    yield from people.clients(root, client_names(root), workspace)
    yield from people.cut_off(root)
    yield from files.cache(root)
    yield from files.leftovers(root)
    yield from repository(root)
    yield from files.host_files(root, pin)
    yield from files.schemas(root)
