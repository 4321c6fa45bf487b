"""Archives of the salon, made and unpacked."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

from conftest import Run

DAY = "2026-11-23"
WITH_FILES: Mapping[str, str | bytes] = {
    "salon/deliverables.yaml": (
        "- title: La maquette\n"
        "  delivered: 2026-11-02\n"
        "  approved: {by: claire, on: 2026-11-03, via: téléphone}\n"
        "  covers: [R1, R2]\n"
        "  files: [files/maquette.pdf, files/e\u0301te\u0301.txt, MAQUETTE.pdf]\n"
        "  accounts: [{for: L’hébergement, login: claire, given: 2026-11-04}]\n"
    ),
    "salon/files/maquette.pdf": b"%PDF-1.4 le dessin",
    "salon/files/e\u0301te\u0301.txt": "Un été\n",
    "salon/MAQUETTE.pdf": b"%PDF-1.4 les sources",
    "salon/files/brouillon.txt": "ce que rien ne mentionne",
    "salon/steps.yaml": "- {title: La relecture, status: fait, finished: 2026-11-02}\n",
}


def unpacked(target: Path) -> Path:
    """The one folder that an archive unpacks to."""
    with ZipFile(target) as archive:
        archive.extractall(target.with_suffix(""))
    (folder,) = target.with_suffix("").iterdir()
    return folder


def names_in(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def made(root: Path, run: Run, *options: str, name: str = "made.zip") -> Path:
    """The folder of an archive of the salon."""
    ran = run(root, "archive", "salon", "-o", str(root / name), *options)
    assert ran.code == 0, ran.err
    assert ran.out == f"{root / name}\n"
    return unpacked(root / name)
