"""Problems for other programs: a JSON document, and the annotations of GitHub's workflows."""

import json
import re
from pathlib import Path

import pytest
from conftest import SMALLEST, Run, Workspace

from portalgen.formats import as_github
from portalgen.problem import Place, Source, note

STEP = "salon/steps/01-maquette.md"
BROKEN = {STEP: "---\ntitle: Maquette\ncovers: [R1, R2]\ndue: 3/12/2026\nstauts: fait\n---\n"}


def test_check_tells_a_program_everything(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(BROKEN), "check", "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert json.loads(ran.out) == {
        "version": 1,
        "summary": {"errors": 2, "warnings": 0, "notes": 0, "silenced": 0, "fixable": 1},
        "problems": [
            {
                "code": "date-form",
                "severity": "error",
                "message": '"3/12/2026" is not written as a date here',
                "hint": "write 2026-12-03",
                "file": "content/salon/steps/01-maquette.md",
                "line": 4,
                "column": 6,
                "endColumn": 15,
                "invoice": None,
                "fix": {
                    "line": 4,
                    "column": 6,
                    "endColumn": 15,
                    "before": "3/12/2026",
                    "after": "2026-12-03",
                },
            },
            {
                "code": "unknown-key",
                "severity": "error",
                "message": '"stauts" is not a key here',
                "hint": 'did you mean "status"?',
                "file": "content/salon/steps/01-maquette.md",
                "line": 5,
                "column": 1,
                "endColumn": 7,
                "invoice": None,
                "fix": None,
            },
        ],
    }


def test_a_problem_of_a_whole_file_has_no_line(workspace: Workspace, run: Run) -> None:
    ran = run(workspace({"salon/spec.md": None}), "check", "--format", "json")
    problem = json.loads(ran.out)["problems"][0]
    assert (problem["code"], problem["file"]) == ("missing-spec", "content/salon/spec.md")
    assert [problem[key] for key in ("line", "column", "endColumn")] == [None, None, None]


def test_nothing_wrong_is_a_document_too(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(), "check", "--format", "json")
    told = json.loads(ran.out)
    assert (ran.code, ran.err, told["problems"]) == (0, "", [])
    assert told["summary"]["errors"] == 0


def test_build_tells_a_program_what_became_of_each_portal(workspace: Workspace, run: Run) -> None:
    barber = {f"barbier/{path[6:]}": SMALLEST[path] for path in SMALLEST if "/" in path}
    ran = run(workspace({**barber, **BROKEN}), "build", "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    told = json.loads(ran.out)
    assert [problem["code"] for problem in told["problems"]] == ["date-form", "unknown-key"]
    assert told["portals"] == [
        {
            "client": "barbier",
            "state": "published",
            "path": "barbier",
            "pages": 5,
            "people": ["Claire Martin"],
            "withheld": 0,
        },
        {
            "client": "salon",
            "state": "absent",
            "path": None,
            "pages": 0,
            "people": ["Claire Martin"],
            "withheld": 0,
        },
    ]


def test_github_gets_an_annotation_for_each(
    workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace({**BROKEN, "salon/notes.txt.md": "x", "salon/spec.md": None})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
    ran = run(root, "check", "--format", "github")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == (
        "::warning file=content/salon/notes.txt.md,title=warning[unread-file]"
        "::nothing reads this file%0Amove it to files/ if the content refers to it\n"
        "::error file=content/salon/spec.md,title=error[missing-spec]"
        "::there is no specification%0Awrite what was agreed: no specification, no portal\n"
        "::error file=content/salon/steps/01-maquette.md,line=4,col=6,endColumn=15,"
        'title=error[date-form]::"3/12/2026" is not written as a date here%0Awrite 2026-12-03\n'
        "::error file=content/salon/steps/01-maquette.md,line=5,col=1,endColumn=7,"
        'title=error[unknown-key]::"stauts" is not a key here%0Adid you mean "status"?\n'
    )


def test_github_finds_a_workspace_inside_its_repository(
    workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace({"salon/spec.md": None})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root.parent))
    ran = run(root, "check", "--format", "github")
    assert ran.out.startswith(f"::error file={root.name}/content/salon/spec.md,")


def test_nothing_in_a_message_can_be_taken_for_a_command() -> None:
    source = Source("content/a,b:c%\n.md", "x")
    problem = note("a-code", "50 % : a, b\r\n::error::no\x1b[31m", Place(source, 1, 1, 1))
    assert "".join(as_github([problem])) == (
        "::notice file=content/a%2Cb%3Ac%25%0A.md,line=1,col=1,endColumn=2,title=note[a-code]"
        "::50 %25 : a, b%0D%0A::error::no\ufffd[31m\n"
    )


def test_build_annotates_as_check_does(
    workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    root = workspace(BROKEN)
    built, checked = (run(root, command, "--format", "github") for command in ("build", "check"))
    assert built == checked


def test_the_examples_of_the_documentation_are_what_is_printed(
    workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (Path(__file__).parents[1] / "docs/ci.md").read_text("utf-8")
    bakery = {f"bakery/{path[6:]}": SMALLEST[path] for path in SMALLEST if "/" in path}
    step = "---\ntitle: Mock-up\ncovers: [R1, R2]\n{}\n---\n"
    shown = json.loads(re.findall(r"```json\n(.*?)```", guide, re.DOTALL)[0])
    root = workspace({**bakery, "bakery/steps/03-mockup.md": step.format("due: 3/12/2026")})
    assert json.loads(run(root, "check", "--format", "json").out) == shown
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
    root = workspace({"bakery/steps/03-mockup.md": step.format("status: finsihed")})
    annotation = re.findall(r"```text\n(::.*?)```", guide, re.DOTALL)[0]
    assert run(root, "check", "--format", "github").out == annotation
