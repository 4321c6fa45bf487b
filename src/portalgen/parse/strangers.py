"""Texts and folders that look like content and that nothing reads."""

from portalgen.model import spellings
from portalgen.model.folder import COLLECTIONS, Folder
from portalgen.model.issued import ISSUED
from portalgen.model.ledger import LEDGER
from portalgen.parse.records import Problems
from portalgen.problem import Place, Problem, Source, warning

STUDIO_FILES = ("studio.yaml", "glossary.yaml", "access.yaml", LEDGER)
_TEXT_ENDINGS = (".md", ".markdown", ".mdown", ".txt", ".yaml", ".yml")
CLIENT_FILES = (
    "client.yaml",
    "spec.md",
    "invoice.yaml",
    "access.yaml",
    *(f"{name}.yaml" for name in COLLECTIONS if name != "invoices"),
)


def strangers(folder: Folder, known: tuple[str, ...]) -> Problems:
    """Texts that look like content and that nothing reads."""
    problems = []
    for path, source in folder.texts.items():
        inside, _, name = path.rpartition("/")
        if path in known or inside or name.upper().startswith("README"):
            continue
        stem, dot, _ending = name.rpartition(".")
        near = spellings.closest(stem, [k.rpartition(".")[0] for k in known])
        right = next((k for k in known if near and k.startswith(near + dot)), None)
        collection = spellings.closest(stem, list(COLLECTIONS))
        if collection and right == f"{collection}.yaml" and name.endswith(".md"):
            right = f"{collection}/{name}"
        if right and right not in folder.texts:
            hint = f"did you mean {right}?"
            problems.append(Problem("unknown-file", "nothing reads this file", Place(source), hint))
        else:
            hint = "move it to files/ if the content refers to it"
            problems.append(warning("unread-file", "nothing reads this file", Place(source), hint))
    return problems + _stranger_folders(folder) + _stranger_entries(folder)


def _stranger_entries(folder: Folder) -> Problems:
    """Texts in a collection that are no entries of it, by their ending or their depth."""
    return [
        Problem(
            "wrong-ending",
            "nothing reads this file: an entry is a file NAME.md, directly in its collection",
            Place(Source(f"{folder.path}/{path}")),
            "rename it, or move it to files/ if the content refers to it",
        )
        for path in sorted(folder.files)
        if path.partition("/")[0] in COLLECTIONS and path.lower().endswith(_TEXT_ENDINGS)
    ]


def _stranger_folders(folder: Folder) -> Problems:
    """Folders whose name is nearly that of a collection, with texts that would be passed over."""
    texts = (path for path in folder.files if path.endswith((".md", ".yaml", ".yml")))
    names = {path.partition("/")[0] for path in texts if "/" in path}
    problems = []
    for name in sorted(names - {"files", "theme", ISSUED}):
        near = spellings.closest(name, list(COLLECTIONS))
        if near and name not in COLLECTIONS:
            place = Place(Source(f"{folder.path}/{name}/"))
            message = f"nothing reads the folder {name}"
            problems.append(Problem("unknown-folder", message, place, f"did you mean {near}?"))
    return problems
