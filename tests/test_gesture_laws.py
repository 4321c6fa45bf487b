"""However a file is written, a gesture touches the lines it has to, and says what it should."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner
from conftest import SMALLEST, TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from portalgen.cli import main
from portalgen.edit.layout import lines_of
from portalgen.parse import parse_client
from portalgen.read import read_client

WRITTEN: Mapping[str, tuple[str, ...]] = {
    "title": ("title: La maquette", "title: 'L''accueil'", 'title: "Un, deux : trois"   # à dire'),
    "id": ("id: maquette", '"id": maquette'),
    "status": ("status: à faire", "status: 'To do' # bientôt", "status :   pendiente"),
    "due": ("due: 2026-12-14/2026-12-16", 'due: "2026-12-14"', "due:\n    2026-12-14"),
    "covers": ("covers: [R1]", "covers:\n  - R1\n  - R2 # aussi", "covers: [R1,\n    R2]"),
    "moved": ("moved: [{was: 2026-11-20}]", "moved:\n- was: 2026-11-20\n  why: neige", "moved: []"),
    "question": ("question: Bleu ou vert ?", "question: |\n  Bleu ?\n\n  # vert ?", "question:"),
}
BETWEEN = st.sampled_from([[], [], [""], ["# une note"], ["", "# une note"]])
GESTURES: Mapping[str, tuple[str, ...]] = {
    "start": ("started", "status"),
    "done": ("finished", "status"),
    "move": ("due", "moved"),
    "wait": ("waiting",),
}
MORE: Mapping[str, tuple[str, ...]] = {"move": ("2027-01-11",), "wait": ("Vos tarifs : tous",)}


@st.composite
def entries(draw: st.DrawFn) -> list[str]:
    """The lines of a step's keys, in any order, in some style, with notes between."""
    names = ["title", "id", *draw(st.sets(st.sampled_from(sorted(set(WRITTEN) - {"title", "id"}))))]
    lines: list[str] = []
    for name in draw(st.permutations(names)):
        lines += [*draw(BETWEEN), *draw(st.sampled_from(WRITTEN[name])).split("\n")]
    return lines


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str]:
    """A file of steps, by its path in the client's folder: Markdown, or one list."""
    lines, end = draw(entries()), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    if draw(st.booleans()):
        body = draw(st.sampled_from(["", "\nUn texte.\n\n---\n\nsuite\n", "collé"]))
        text = "\n".join(["---", *lines, "---", body])
        return "steps/01-x.md", mark + text.replace("\n", end)
    first = next(n for n, line in enumerate(lines) if line and not line.startswith("#"))
    item = [*lines[:first], f"- {lines[first]}"]
    item += [f"  {line}" if line else "" for line in lines[first + 1 :]]
    others = draw(st.sampled_from([[], ["", "# la suite", "- {title: Autre, id: autre}"]]))
    last = draw(st.sampled_from(["", "\n"]))
    return "steps.yaml", mark + ("\n".join([*item, *others]) + last).replace("\n", end)


@settings(deadline=None, max_examples=60)
@given(files(), st.sampled_from(sorted(GESTURES)))
def test_a_gesture_touches_the_lines_it_has_to(file: tuple[str, str], gesture: str) -> None:
    path, text = file
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        step = root / "content/salon" / path
        for name, content in {**SMALLEST, f"salon/{path}": text}.items():
            (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
            (root / "content" / name).write_bytes(content.encode())
        words = [gesture, "salon", "maquette", *MORE.get(gesture, ()), "--today", TODAY]
        ran = CliRunner().invoke(main, [*words, "--workspace", str(root)])
        assert ran.exit_code == 0, ran.stderr
        edited = step.read_bytes().decode()
        assert_is_so(root, gesture)
    assert edited.startswith("\ufeff") == text.startswith("\ufeff")
    gone = missing(lines_of(text.removeprefix("\ufeff")), lines_of(edited.removeprefix("\ufeff")))
    assert all(may_go(line, text, GESTURES[gesture]) for line in gone), gone


def assert_is_so(root: Path, gesture: str) -> None:
    portal, problems = parse_client(read_client(root, "salon")[0])
    step = next(step for step in portal.steps if step.id == "maquette")
    assert problems == []
    said = {
        "start": (step.state, str(step.started)) == ("in progress", TODAY),
        "done": (step.state, str(step.finished)) == ("done", TODAY),
        "move": step.due is not None and str(step.due.first) == "2027-01-11",
        "wait": step.waiting is not None and step.waiting.what == "Vos tarifs : tous",
    }
    assert said[gesture]


def missing(before: list[str], after: list[str]) -> list[str]:
    """The lines that do not stand in the file any more, in their order."""
    gone: list[str] = []
    at = 0
    for line in before:
        if line in after[at:]:
            at = after.index(line, at) + 1
        else:
            gone.append(line)
    return gone


def may_go(line: str, text: str, keys: tuple[str, ...]) -> bool:
    """A line of a key that changes, its value below it, or the last one for want of an end."""
    bare = line.strip().removeprefix("- ").strip("\"'")
    return bare.startswith((*keys, "2026-12-14")) or text.endswith(line)
