"""Every file of tests/problems/ is a tiny broken site with the exact messages it gives.

A file overlays the smallest site of conftest.py. `=== PATH` begins a file of content/, `===
PATH (removed)` takes one away, `=== says` begins the messages. To accept new messages, run
`make accept` and read the diff.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Run, Workspace

CASES = sorted((Path(__file__).parent / "problems").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_says_exactly(case: Path, workspace: Workspace, run: Run) -> None:
    files, expected = _read(case)
    ran = run(workspace(files), "check")
    if os.environ.get("ACCEPT"):
        head = case.read_text("utf-8").partition("=== says\n")[0]
        case.write_text(f"{head}=== says\n{ran.err}", "utf-8")
        return
    assert ran.err == expected
    assert ran.code == (1 if "error" in expected else 0)
    assert ran.out == ""


def test_there_is_a_case_for_every_code() -> None:
    says = "".join(case.read_text("utf-8").partition("=== says\n")[2] for case in CASES)
    seen = set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", says))
    assert codes_in_source() - seen == ELSEWHERE


ELSEWHERE = {
    "asset-too-large",
    "bad-file-name",
    "large-file",
    "not-utf8",
    "outside-folder",
    "text-too-large",
    "unreadable-file",
}
"""Codes whose cases are in test_problem_files.py and test_files.py."""


def codes_in_source() -> set[str]:
    """The codes of all problems that reading, parsing and checking can report."""
    root = Path(__file__).parents[1] / "src/portalgen"
    rooms = ("read.py", "parse/*.py", "yaml_source/*.py", "check/*.py", "model/*.py")
    text = "".join(path.read_text("utf-8") for room in rooms for path in root.glob(room))
    call = r"(?:Problem|Slip|warning|fail|choice|one_of|_report|_unknown|Flaw)\(\s*"
    return set(re.findall(call + r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text))


def _read(case: Path) -> tuple[Mapping[str, str | None], str]:
    parts = re.split(r"^=== (.+)\n", case.read_text("utf-8"), flags=re.MULTILINE)
    files: dict[str, str | None] = {}
    for head, text in zip(parts[1::2], parts[2::2], strict=True):
        if head.endswith(" (removed)"):
            files[head.removesuffix(" (removed)")] = None
        else:
            files[head] = text
    return files, files.pop("says") or ""
