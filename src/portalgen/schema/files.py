"""The schemas as files of a workspace, and whether they are in step with this portalgen."""

from pathlib import Path

from portalgen.schema import schemas
from portalgen.write import write_file


def out_of_step(folder: Path) -> tuple[str, ...]:
    """The names of the files that are missing in the folder, or other than they should be.

    Raises:
        OSError: the folder, or a file in it, cannot be read.
    """
    return tuple(name for name, text in schemas().items() if _read(folder / name) != text.encode())


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def bring_in_step(folder: Path) -> tuple[str, ...]:
    """Write the files that are not in step, and name them.

    Raises:
        OSError: the folder, or a file in it, cannot be written.
    """
    changed = out_of_step(folder)
    for name in changed:
        write_file(folder / name, schemas()[name].encode())
    return changed
