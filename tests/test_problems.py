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
    seen = set(re.findall(r"(?:error|warning|note)\[([a-z0-9-]+)\]", says))
    assert codes_in_source() - seen == {code for codes in ELSEWHERE.values() for code in codes}


def test_what_has_no_case_here_has_one_elsewhere() -> None:
    for file, codes in ELSEWHERE.items():
        tests = (Path(__file__).parent / file).read_text("utf-8")
        missing = {code for code in codes if not re.search(rf"[\"\[]{code}[\"\]]", tests)}
        assert not missing, file


ELSEWHERE = {
    # a file that no text can be: a link, an encoding, a size, no permission
    "test_problem_files.py": {
        "bad-file-name",
        "cannot-make",
        "no-electronic-invoice",
        "not-utf8",
        "outside-folder",
        "text-too-large",
        "unreadable-file",
    },
    "test_files.py": {"large-file"},
    # what only a build meets: an output, keys, pages
    "test_approve.py": {"approval-interrupted"},
    "test_build.py": {"cannot-keep-key", "foreign-folder", "path-taken", "revoked-can-open"},
    "test_archive_refused.py": {"cannot-lock"},
    "test_facturx.py": {"no-pdf-engine"},
    "test_verify.py": {"broken-output", "no-output", "stray-output", "unknown-portal"},
    # themes, with pictures and style sheets
    "test_own_theme.py": {"asset-too-large", "heavy-theme", "template-error"},
    "unit/test_theme_line.py": {"low-contrast"},
    # the arithmetic, which knows no files
    "unit/test_invoice_flaws.py": {
        "adjustment-without-reason",
        "adjustment-without-vat",
        "bad-currency",
        "bad-number",
        "bad-percent",
        "bad-vat-rate",
        "line-without-text",
        "negative-price",
        "no-lines",
        "vat-on-line-adjustment",
        "vat-outside-scope-mixed",
        "vat-reason-missing",
        "vat-reason-unexpected",
    },
}
"""The codes that cannot be met by a check of a tiny site of text, by the tests that meet them."""


def codes_in_source() -> set[str]:
    """The codes of all problems that the program can report."""
    root = Path(__file__).parents[1] / "src/portalgen"
    text = "".join(path.read_text("utf-8") for path in root.rglob("*.py"))
    call = r"(?:Problem|Slip|warning|note|fail|choice|one_of|_report|_unknown|Flaw)\(\s*"
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
