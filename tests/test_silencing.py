"""`silenced` in studio.yaml: what is not said, where, and what cannot be silenced."""

import os
import re
from pathlib import Path

from conftest import SMALLEST, Run, Workspace

SOURCES = Path(__file__).parents[1] / "src/portalgen"
CODES = SOURCES / "silencing/codes.txt"
HEAD = """\
# Every code, and whether it is said as an error, a warning or a note. Written by make accept.
"""
ERROR = r"(?:Problem|Slip|fail|choice|one_of|_report|_unknown|Flaw)"

STEP, OTHER = "salon/steps/01-accueil.md", "salon/steps/02-tarifs.md"
APOLOGY = "---\ntitle: L’accueil\ncovers: [R1, R2]\n---\n\nDésolée, les photos viendront mardi.\n"
STUDIO = SMALLEST["studio.yaml"]


def said_as(call: str) -> set[str]:
    text = "".join(path.read_text("utf-8") for path in sorted(SOURCES.rglob("*.py")))
    return set(re.findall(rf'(?<!\w){call}\(\s*"([a-z0-9]+(?:-[a-z0-9]+)+)"', text))


def test_the_list_of_codes_is_what_the_source_says() -> None:
    kinds = {"error": said_as(ERROR), "warning": said_as("warning"), "note": said_as("note")}
    kinds["error"] |= {"bad-value"}
    codes = sorted(set().union(*kinds.values()))
    lines = (f"{code} {' '.join(k for k in kinds if code in kinds[k])}\n" for code in codes)
    listed = HEAD + "".join(lines)
    if os.environ.get("ACCEPT"):
        CODES.write_text(listed, "utf-8")
    assert CODES.read_text("utf-8") == listed


def test_a_silence_reaches_as_far_as_it_says(workspace: Workspace, run: Run) -> None:
    for where, left in (("", 0), ("in: salon, ", 0), (f"in: content/{STEP}, ", 1), ("in: x, ", 2)):
        silenced = f"silenced: [{{rule: apology-or-excuse, {where}why: c’est moi}}]\n"
        files = {"studio.yaml": STUDIO + silenced, STEP: APOLOGY, OTHER: APOLOGY}
        ran = run(workspace(files), "build")
        assert ran.err.count("warning[apology-or-excuse]") == left, where
        assert f"{2 - left} silenced" in ran.err or left == 2


def test_what_is_silenced_fails_nothing_under_strict(workspace: Workspace, run: Run) -> None:
    silenced = "silenced: [{rule: apology-or-excuse, why: c’est moi}]\n"
    root = workspace({STEP: APOLOGY})
    assert run(root, "build", "--strict").code == 1
    (root / "content/studio.yaml").write_text(STUDIO + silenced, "utf-8")
    assert run(root, "build", "--strict").code == 0


def test_an_error_speaks_whatever_is_silenced(workspace: Workspace, run: Run) -> None:
    silenced = "silenced: [{rule: wrong-identifier, why: ça ira}]\nbank: {iban: FR00}\n"
    invoice = (
        "approval: 2026-11-20\nnumber: 2026-001\nissued: 2026-11-20\nthanks: Merci\n"
        "lines: [{text: Site, price: 900.00, vat: 20}]\n"
    )
    root = workspace({"studio.yaml": STUDIO + silenced})
    assert "1 silenced" in run(root, "check").err
    (root / "content/salon/invoice.yaml").write_text(invoice, "utf-8")
    assert "error[wrong-identifier]" in run(root, "check").err


def test_a_silence_is_only_called_unused_when_everything_was_checked(
    workspace: Workspace, run: Run
) -> None:
    silenced = "silenced: [{rule: apology-or-excuse, why: c’est moi}]\n"
    root = workspace({"studio.yaml": STUDIO + silenced})
    assert "warning[unused-silence]" in run(root, "check").err
    assert "unused-silence" not in run(root, "check", "salon").err
    assert "unused-silence" not in run(root, "build").err
    (root / "content/salon/steps.yaml").write_text("- {title: Plan, due: bientôt}\n", "utf-8")
    assert "unused-silence" not in run(root, "check").err
