"""`portalgen new step|update|deliverable|correction|amendment`: files in, the new file out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import SMALLEST, Ran, Run, Workspace

from portalgen.parse import parse_client
from portalgen.read import read_client

ENGLISH = {"studio.yaml": SMALLEST["studio.yaml"].replace("language: fr", "language: en")}
SPANISH = {"studio.yaml": SMALLEST["studio.yaml"].replace("language: fr", "language: es")}
STEP = {"salon/steps/01-dessin.md": "---\ntitle: Le dessin\ncovers: [R1]\n---\n"}
DELIVERABLE = {"salon/deliverables/01-site.md": "---\ntitle: Le site\ncovers: [R2]\n---\n"}
PLAN = {"salon/files/plan.pdf": b"%PDF-1.7"}


def content(root: Path) -> dict[str, bytes]:
    """Every file of content/, by its path there."""
    folder = root / "content"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def added(run: Run, root: Path, *words: str, stdin: str | None = None) -> tuple[str, str]:
    """The path of what a command wrote, and its text; the content passes every check."""
    ran = run(root, "new", *words, stdin=stdin)
    assert ran.code == 0, ran.err
    (path,) = ran.out.splitlines()
    checked = run(root, "check")
    assert "error[" not in checked.err, checked.err
    return path, (root / path).read_text("utf-8")


def refused(run: Run, root: Path, *words: str) -> Ran:
    """What is said by a command that changes nothing."""
    before = content(root)
    ran = run(root, "new", *words)
    assert ran.code != 0
    assert ran.out == ""
    assert content(root) == before
    return ran


@dataclass(frozen=True)
class Case:
    """Files, the command, the file that it writes, and its text."""

    files: Mapping[str, str]
    words: list[str]
    path: str
    text: str


FILES: Mapping[str, Case] = {
    "a step in English": Case(
        ENGLISH,
        ["step", "salon", "Drawing the first page", "--due", "2026-12-04", "--covers", "R1,R2"],
        "content/salon/steps/02-drawing-the-first-page.md",
        "---\ntitle: Drawing the first page\n"
        "due: 2026-12-04  # a day, or a range that you can keep: 2026-09-14/2026-09-18\n"
        "covers: [R1, R2]  # the requirements that it serves, such as [R1, R2]\n"
        "# Under the next line comes what your client reads, in plain words.\n---\n\n",
    ),
    "a step in French, begun, with a text": Case(
        {},
        [
            "step",
            "salon",
            "Les photos",
            "--started",
            "--internal",
            "--text",
            "Une heure.\n\nÀ midi.",
        ],
        "content/salon/steps/02-les-photos.md",
        "---\ntitle: Les photos\nstarted: 2026-11-23\n"
        "due:   # un jour, ou une plage tenable : 2026-09-14/2026-09-18\n"
        "covers: []  # les exigences servies, par exemple [R1, R2]\ninternal: yes\n"
        "# Sous la ligne suivante, écrire avec des mots simples ce que le client lira.\n---\n\n"
        "Une heure.\n\nÀ midi.\n",
    ),
    "a step in a language without texts of its own": Case(
        SPANISH,
        ["step", "salon", "El dibujo"],
        "content/salon/steps/02-el-dibujo.md",
        "---\ntitle: El dibujo\n"
        "due:   # a day, or a range that you can keep: 2026-09-14/2026-09-18\n"
        "covers: []  # the requirements that it serves, such as [R1, R2]\n"
        "# Under the next line comes what your client reads, in plain words.\n---\n\n",
    ),
    "an update": Case(
        ENGLISH,
        ["update", "salon", "The page is drawn", "--by", "Ida", "--text", "Come and see."],
        "content/salon/updates/2026-11-23-the-page-is-drawn.md",
        "---\ntitle: The page is drawn\nby: Ida\n"
        "# The day stands in the file's name. Your news comes under the next line.\n---\n\n"
        "Come and see.\n",
    ),
    "an update of another day": Case(
        {},
        ["update", "salon", "Le dessin", "--on", "2026-11-02"],
        "content/salon/updates/2026-11-02-le-dessin.md",
        "---\ntitle: Le dessin\n"
        "# Le jour est dans le nom du fichier. Écrire la nouvelle sous la ligne suivante.\n---\n\n",
    ),
    "a deliverable": Case(
        ENGLISH,
        ["deliverable", "salon", "The plan", "--file", "content/salon/files/plan.pdf"],
        "content/salon/deliverables/02-the-plan.md",
        "---\ntitle: The plan\n"
        "due:   # a day, or a range; the day you hand it over, add delivered: 2026-11-23\n"
        "files: [files/plan.pdf]  # from the client's folder, such as [files/plan.pdf]\n"
        "covers: []  # the requirements that it serves, such as [R1, R2]\n"
        "# Also: link, version, question, accounts. Under the next line comes what your client "
        "reads.\n---\n\n",
    ),
    "a deliverable in French": Case(
        {},
        ["deliverable", "salon", "Le plan", "--covers", "R2", "--due", "2026-12-01/2026-12-04"],
        "content/salon/deliverables/02-le-plan.md",
        "---\ntitle: Le plan\ndue: 2026-12-01/2026-12-04  # un jour, ou une plage ; le jour de la "
        "remise, ajouter delivered: 2026-11-23\n"
        "files: []  # depuis le dossier du client, par exemple [files/plan.pdf]\n"
        "covers: [R2]  # les exigences servies, par exemple [R1, R2]\n"
        "# Aussi : link, version, question, accounts. Sous la ligne suivante, ce que le client "
        "lira.\n---\n\n",
    ),
    "a correction": Case(
        ENGLISH,
        ["correction", "salon", "The blue is cold", "--by", "Claire Martin", "--about", "dessin"],
        "content/salon/corrections/C1.md",
        "---\non: 2026-11-23\nby: claire\nabout: dessin  # the id of a step or a deliverable\n"
        "# Once it is done, add the day and your answer: done: 2026-11-23, and reply: …\n---\n\n"
        "The blue is cold\n",
    ),
    "a correction in French": Case(
        {},
        ["correction", "salon", "Le bleu est froid", "--on", "2026-11-20"],
        "content/salon/corrections/C1.md",
        "---\non: 2026-11-20\nby:\nabout:   # l’id d’une étape ou d’un livrable\n"
        "# Une fois faite, ajouter le jour et la réponse : done: 2026-11-23, puis reply: …\n---\n\n"
        "Le bleu est froid\n",
    ),
    "an amendment": Case(
        ENGLISH,
        ["amendment", "salon", "Gift cards", "--price-change", "-180.00", "--removes", "R2"],
        "content/salon/amendments/A1.md",
        "---\ntitle: Gift cards\n"
        "# A proposal, which counts for nothing, until your client agrees. Then add:\n"
        "# agreed: {by: claire, on: 2026-11-23, via: by phone}\nremoves: [R2]\n"
        "price_change: -180.00  # without VAT: 180.00, or -180.00\n"
        "due_change:   # the project's new date; write it into client.yaml as well\nwhy:\n"
        "# Also: removes, such as [R1]. What is added comes under the next line, with its number:\n"
        "# - R3: …\n---\n\n",
    ),
    "an amendment in French": Case(
        {},
        [
            *("amendment", "salon", "Cartes cadeaux", "--due-change", "2026-12-18"),
            *("--why", "Les fêtes", "--text", "- R3 : Une carte à imprimer."),
        ],
        "content/salon/amendments/A1.md",
        "---\ntitle: Cartes cadeaux\n# Une proposition, qui ne compte pas encore, jusqu’à l’accord "
        "du client. Ajouter alors :\n# agreed: {by: claire, on: 2026-11-23, via: par téléphone}\n"
        "price_change:   # hors taxes : 180.00, ou -180.00\n"
        "due_change: 2026-12-18  # la nouvelle date du projet ; à écrire aussi dans client.yaml\n"
        "why: Les fêtes\n# Aussi : removes, par exemple [R1]. Sous la ligne suivante, ce qui est "
        "ajouté, avec son numéro :\n# - R3 : …\n---\n\n- R3 : Une carte à imprimer.\n",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_its_own(name: str, workspace: Workspace, run: Run) -> None:
    case = FILES[name]
    root = workspace({**STEP, **DELIVERABLE, **PLAN, **case.files})
    assert added(run, root, *case.words) == (case.path, case.text)


HEAD = "# The plan.\r\n- title: Le dessin   # first\r\n  id: dessin\r\n"
LISTS: Mapping[str, Case] = {
    "a step": Case(
        {"salon/steps.yaml": HEAD},
        ["step", "salon", "Les photos", "--covers", "R1", "--text", "Une heure.\n\nÀ midi."],
        "content/salon/steps.yaml",
        f"{HEAD}\r\n- title: Les photos\r\n  covers: [R1]\r\n  text: |\r\n    Une heure.\r\n\r\n"
        "    À midi.\r\n",
    ),
    "a step with the title of another": Case(
        {"salon/steps.yaml": HEAD},
        ["step", "salon", "Dessin"],
        "content/salon/steps.yaml",
        f"{HEAD}\r\n- id: dessin-2\r\n  title: Dessin\r\n",
    ),
    "an update": Case(
        {"salon/updates.yaml": "- on: 2026-11-01\n  title: Bonjour\n"},
        ["update", "salon", "Le dessin", "--by", "Ida"],
        "content/salon/updates.yaml",
        "- on: 2026-11-01\n  title: Bonjour\n\n- title: Le dessin\n  by: Ida\n  on: 2026-11-23\n",
    ),
    "a correction": Case(
        {"salon/corrections.yaml": "- id: C4\n  text: Plus grand\n"},
        ["correction", "salon", "Plus petit", "--by", "claire"],
        "content/salon/corrections.yaml",
        "- id: C4\n  text: Plus grand\n\n- id: C5\n  on: 2026-11-23\n  by: claire\n"
        "  text: Plus petit\n",
    ),
    "an amendment, the first of its list": Case(
        {"salon/amendments.yaml": "# None yet.\n"},
        ["amendment", "salon", "Cartes", "--price-change", "320.00"],
        "content/salon/amendments.yaml",
        "# None yet.\n- id: A1\n  title: Cartes\n  price_change: 320.00\n",
    ),
    "a deliverable": Case(
        {"salon/deliverables.yaml": "- title: Le site\n"},
        ["deliverable", "salon", "Le guide"],
        "content/salon/deliverables.yaml",
        "- title: Le site\n- title: Le guide\n",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_one_more_in_a_list(name: str, workspace: Workspace, run: Run) -> None:
    case = LISTS[name]
    root = workspace(case.files)
    path, _ = added(run, root, *case.words)
    assert path == case.path
    assert (root / path).read_bytes().decode() == case.text


def test_what_to_do_next(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/deliverables.yaml": "- title: a\n"})
    assert run(root, "new", "step", "salon", "Photos").err == (
        "open it and write, under the second ---, what your client will read\n"
        "then: portalgen check salon\n"
        "when it begins: portalgen start salon photos\n"
    )
    assert run(root, "new", "deliverable", "salon", "Photos").err == (
        "it is the last entry of the list, with the id photos\n"
        "add the key text to it, with what your client receives\n"
        "then: portalgen check salon\n"
        "when you hand it over: portalgen deliver salon photos\n"
    )
    assert run(root, "new", "correction", "salon", "Le bleu est froid").err == (
        "then: portalgen check salon\nwhen it is done: portalgen done salon C1\n"
    )


@pytest.mark.parametrize("kind", ["step", "correction"])
def test_the_next_gesture_knows_the_new_entry(kind: str, workspace: Workspace, run: Run) -> None:
    ran = run(root := workspace(), "new", kind, "salon", "Le bleu est froid")
    words = ran.err.splitlines()[-1].partition(": portalgen ")[2].split()
    assert run(root, *words).code == 0


NUMBERS = {
    "none": ((), "01-x.md"),
    "two digits": (("01-a", "09-b"), "10-x.md"),
    "one digit": (("1-a", "9-b"), "10-x.md"),
    "three digits": (("007-a",), "008-x.md"),
    "tens": (("10-a", "20-b"), "30-x.md"),
    "gaps": (("01-a", "05-b"), "06-x.md"),
    "no numbers": (("a", "b"), "x.md"),
    "some without": (("01-a", "note"), "02-x.md"),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_numbering_goes_on_as_it_is(name: str, workspace: Workspace, run: Run) -> None:
    stems, expected = NUMBERS[name]
    files = {f"salon/steps/{stem}.md": f"---\ntitle: {stem}\n---\n" for stem in stems}
    path, _ = added(run, workspace(files), "step", "salon", "x")
    assert path == f"content/salon/steps/{expected}"


def test_a_number_is_never_given_twice(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/corrections/C2.md": "a", "salon/corrections/C10.md": "b"})
    path, _ = added(run, root, "correction", "salon", "c")
    assert path == "content/salon/corrections/C11.md"


def test_two_updates_of_one_day_and_title(workspace: Workspace, run: Run) -> None:
    root = workspace()
    paths = [added(run, root, "update", "salon", "Essais")[0] for _ in range(3)]
    stem = "content/salon/updates/2026-11-23-essais"
    assert paths == [f"{stem}.md", f"{stem}-2.md", f"{stem}-3.md"]


THREE = {
    f"salon/steps/{stem}.md": f"---\ntitle: {stem}\n---\n" for stem in ("01-a", "02-b", "03-c")
}
SPOTS = {
    "behind the first": (["--after", "a"], ["01-a", "02-x", "03-b", "04-c"]),
    "before the first": (["--before", "01-a"], ["01-x", "02-a", "03-b", "04-c"]),
    "before the last": (["--before", "C"], ["01-a", "02-b", "03-x", "04-c"]),
    "behind the last": (["--after", "c"], ["01-a", "02-b", "03-c", "04-x"]),
}


@pytest.mark.parametrize("name", SPOTS)
def test_a_step_between_others(name: str, workspace: Workspace, run: Run) -> None:
    options, stems = SPOTS[name]
    root = workspace(THREE)
    added(run, root, "step", "salon", "x", *options)
    assert sorted(p.stem for p in (root / "content/salon/steps").iterdir()) == stems
    portal, _ = parse_client(read_client(root, "salon")[0])
    assert [step.id for step in portal.steps] == [stem[3:] for stem in stems]


def test_a_gap_between_numbers_is_used(workspace: Workspace, run: Run) -> None:
    files = {f"salon/steps/{n}0-s{n}.md": f"---\ntitle: {n}\n---\n" for n in (1, 2)}
    ran = run(workspace(files), "new", "step", "salon", "x", "--after", "s1")
    assert ran.out == "content/salon/steps/15-x.md\n"
    assert "renamed" not in ran.err


def test_files_have_their_old_names_when_the_new_one_cannot_be_written(
    workspace: Workspace, run: Run
) -> None:
    root = workspace(THREE)
    (root / "content/salon/steps/.fresh-02-x.md").mkdir()  # where it would be written first
    ran = refused(run, root, "step", "salon", "x", "--after", "a")
    assert ran.err.endswith(". Nothing was written.\n")


def test_renamed_files_are_named(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(THREE), "new", "step", "salon", "x", "--after", "b")
    assert ran.err.startswith("renamed content/salon/steps/03-c.md to 04-c.md; its id stays\n")
