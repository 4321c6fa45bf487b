"""Names that every system can unpack: Windows refuses some, and tells no capitals apart.

The rules are those of Microsoft's "Naming Files, Paths, and Namespaces". Accents are composed
(Unicode NFC), as most systems write them.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?: *\..*)?", re.IGNORECASE)
_SEGMENT_BYTES = 120
"""Of one name: ext4 ends at 255, and a counter may be added."""
_PATH_SIGNS = 160
"""Of a whole path: Windows ends at 260, with the folder that it is unpacked in."""


def safe_names(paths: Iterable[str], top: str) -> dict[str, str]:
    """A path that can be unpacked anywhere for each of those, all different.

    Args:
        paths: with slashes, each once.
        top: a folder that is left out: what lies in it goes beside what lies in none.
    """
    taken: set[str] = set()
    folders: dict[str, str] = {"": "", top: ""}
    in_order = sorted(paths, key=lambda path: (not path.startswith(f"{top}/"), path))
    names = {path: _place(path, folders, taken) for path in in_order}
    return {
        path: name if len(name) <= _PATH_SIGNS else _short(path) for path, name in names.items()
    }


def _place(path: str, folders: dict[str, str], taken: set[str]) -> str:
    """Where a path goes; its folders, by their own paths, go to the same place for all in them."""
    parent, _, name = path.rpartition("/")
    if parent not in folders:
        folders[parent] = f"{_place(parent, folders, taken)}/"
    return _untaken(folders[parent], _safe(name), taken)


def _untaken(folder: str, name: str, taken: set[str]) -> str:
    """The name in its folder, with a number when something else is called so."""
    stem, dot, ending = name.rpartition(".") if "." in name[1:] else (name, "", "")
    number = 1
    while _known(f"{folder}{name}") in taken:
        number += 1
        name = f"{stem} ({number}){dot}{ending}"
    taken.add(_known(f"{folder}{name}"))
    return f"{folder}{name}"


def _known(path: str) -> str:
    """The same for all paths that some system takes for one."""
    return unicodedata.normalize("NFC", path.casefold())


def _safe(name: str) -> str:
    text = unicodedata.normalize("NFC", name)
    text = "".join("_" if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    text = _cut(_FORBIDDEN.sub("_", text))
    if text.rstrip(". ") != text:
        text = text.rstrip(". ") + "_"
    return f"_{text}" if _RESERVED.fullmatch(text) else text


def _cut(name: str) -> str:
    """A name that is not too long; what stands after its last dot stays, unless that is long."""
    if len(name.encode()) <= _SEGMENT_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 16:  # noqa: PLR2004 (no ending that a system knows)
        stem, dot, ending = name, "", ""
    room = _SEGMENT_BYTES - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending


def _short(path: str) -> str:
    """For what lies too deep: its own name, behind digits that no other has."""
    return f"{sha256(path.encode()).hexdigest()[:16]}-{_safe(path.rpartition('/')[2])}"
