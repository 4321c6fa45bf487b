"""`portalgen approve`: the approval, the number, the frozen document and the ledger's line."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import SMALLEST, TODAY, Run, Workspace
from test_interrupt import HOOK

from portalgen.invoice.document import Document

AGREED = "---\nagreed: {by: claire, on: 2026-09-01}\n---\n- R1: Le site\n- R2: Les tarifs\n"
STEP = "---\ntitle: Maquette\nfinished: 2026-10-09\ncovers: [R1, R2]\n---\nFait.\n"
LINES = "thanks: Merci\nlines:\n- {text: Création, price: 1800, vat: 20}\n"
WAITING = f"# The balance.\nkind: facture\napproval:   # not yet\n\n{LINES}"
BY_HAND = f"approval: 2026-11-02\nnumber: 2026-001\nissued: 2026-11-03\n{LINES}"

STUDIO = SMALLEST["studio.yaml"]
COMPLETE: Mapping[str, str | None] = {
    "salon/spec.md": AGREED,
    "salon/steps/01-maquette.md": STEP,
}
BARBER: Mapping[str, str | None] = {
    path.replace("salon/", "barbier/"): text
    for path, text in {**SMALLEST, **COMPLETE}.items()
    if path.startswith("salon/")
}
LEDGER = "content/invoices.lock"


def files_of(root: Path) -> dict[str, bytes]:
    """Everything in content/, by path."""
    content = root / "content"
    return {str(p.relative_to(root)): p.read_bytes() for p in content.rglob("*") if p.is_file()}


def lines_of(root: Path) -> list[list[str]]:
    """The columns of the ledger's lines."""
    text = (root / LEDGER).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_everything_at_once(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING})
    ran = run(root, "approve", "salon", "--by", "Claire Martin", "--via", "de vive voix")
    assert ran.code == 0, ran.err
    assert ran.out == (
        "2026-001: issued on 2026-11-23, salon, invoice, 2160.00 EUR\n"
        "  content/salon/issued/2026-001.json\n"
        "  content/invoices.lock\n"
        "  content/salon/invoice.yaml\n"
    )
    assert "git commit -m 'Invoice 2026-001'" in ran.err
    assert (root / "content/salon/invoice.yaml").read_text("utf-8") == (
        "# The balance.\nkind: facture\napproval:   # not yet\n  by: claire\n  on: 2026-11-23\n"
        f"  via: de vive voix\nnumber: 2026-001\nissued: 2026-11-23\n\n{LINES}"
    )
    kept = (root / "content/salon/issued/2026-001.json").read_text("utf-8")
    document = Document.from_json(kept)
    assert (document.number, document.buyer.city) == ("2026-001", "Clisson")
    (line,) = lines_of(root)
    assert line[:6] == ["2026-001", "2026-11-23", "salon", "invoice", "EUR", "2160.00"]
    ran = run(root, "check", "--strict")
    assert (ran.code, ran.err) == (0, "nothing to mend\n")


def test_a_build_is_the_same_before_and_after_what_is_issued_by_hand(
    workspace: Workspace, run: Run
) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": BY_HAND})
    ran = run(root, "check")
    assert "warning[not-issued]" in ran.err
    before = (root / "content/salon/invoice.yaml").read_bytes()
    assert run(root, "approve", "salon", "invoice").code == 0
    assert (root / "content/salon/invoice.yaml").read_bytes() == before
    assert [line[0] for line in lines_of(root)] == ["2026-001"]
    assert run(root, "check", "--strict").code == 0


def test_again_is_no_harm(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING})
    run(root, "approve", "salon", "--by", "claire")
    files = files_of(root)
    ran = run(root, "approve", "salon", "invoice", "--by", "claire")
    assert (ran.code, ran.out) == (
        0,
        "2026-001: issued already on 2026-11-23, salon, invoice, 2160.00 EUR\n",
    )
    assert run(root, "approve", "salon").code == 1
    assert files_of(root) == files


def test_a_dry_run_writes_nothing(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING})
    files = files_of(root)
    ran = run(root, "approve", "salon", "--by", "claire", "--dry-run")
    assert ran.code == 0
    assert "2026-001: would be issued on 2026-11-23" in ran.out
    assert "    +number: 2026-001\n" in ran.out
    assert files_of(root) == files
    assert not (root / ".portalgen").exists()


MISSING = {"salon/deliverables/logo.md": "---\ntitle: Logo\n---\n"}

REFUSED: Mapping[str, tuple[Mapping[str, str | None], list[str], str]] = {
    "something is missing": (MISSING, ["--by", "claire"], '"Logo" is not delivered yet'),
    "nobody approved": ({}, [], "say who did: --by NAME"),
    "a contact that is none": ({}, ["--by", "clare"], 'did you mean "claire"?'),
    "an approval of tomorrow": ({}, ["--by", "claire", "--on", "2026-11-24"], "in the future"),
    "an unknown thing to go without": ({}, ["--by", "claire", "--waive", "x"], "unknown-waived"),
    "a number of another form": ({}, ["--by", "claire", "--number", "F12"], "write one like"),
    "a number of another year": ({}, ["--by", "claire", "--number", "2025-001"], "2026-11-23"),
    "a path for a number": ({}, ["--by", "claire", "--number", "../../x"], "write one like"),
    "an approval said twice": (
        {"salon/invoice.yaml": BY_HAND},
        ["--by", "claire"],
        "stands in content/salon/invoice.yaml already",
    ),
    "dated tomorrow": (
        {"salon/invoice.yaml": BY_HAND.replace("2026-11-03", "2026-11-24")},
        [],
        "today is 2026-11-23",
    ),
    "a portal in error": (
        {"salon/steps/02-x.md": "---\ntitle: X\nstatus: finsihed\n---\n"},
        ["--by", "claire"],
        '"finsihed" is not a status',
    ),
    "an invoice in error": (
        {"salon/invoice.yaml": WAITING + "nombre: 1\n"},
        ["--by", "claire"],
        '"nombre" is not a key here',
    ),
    "a bill that cannot be reckoned": (
        {"salon/invoice.yaml": WAITING.replace(", vat: 20", "")},
        ["--by", "claire"],
        "vat-missing",
    ),
    "a layout that leaves no way": (
        {"salon/invoice.yaml": f"? approval\n: no\n{LINES}"},
        ["--by", "claire"],
        "write these lines into it, and run this again:\napproval: {by: claire, on: 2026-11-23}\n",
    ),
    "a ledger that cannot be read": (
        {"invoices.lock": "2026-001 by hand\n"},
        ["--by", "claire"],
        "broken-ledger",
    ),
    "no invoice": ({"salon/invoice.yaml": None}, ["--by", "claire"], "salon has no invoice"),
    "an invoice that waits for another": (
        {**BARBER, "barbier/invoice.yaml": BY_HAND},
        ["--by", "claire"],
        "issue in this order:\nportalgen approve barbier invoice",
    ),
    "a file in the way": (
        {"salon/issued/2026-001.json": "{}\n"},
        ["--by", "claire"],
        "broken-issued-invoice",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_and_nothing_written(name: str, workspace: Workspace, run: Run) -> None:
    files, options, says = REFUSED[name]
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING, **files})
    before = files_of(root)
    ran = run(root, "approve", "salon", *options)
    assert ran.code == 1
    assert says in ran.err
    assert ran.err.endswith("nothing was written\n")
    assert files_of(root) == before


def test_a_folder_that_leads_elsewhere(workspace: Workspace, run: Run, tmp_path: Path) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING})
    (tmp_path / "elsewhere").mkdir()
    (root / "content/salon/issued").symlink_to(tmp_path / "elsewhere")
    ran = run(root, "approve", "salon", "--by", "claire")
    assert ran.code == 1
    assert "a folder of a client cannot be a link" in ran.err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_several_invoices_are_to_be_named(workspace: Workspace, run: Run) -> None:
    deposit = WAITING.replace("facture", "acompte")
    final = WAITING.replace("facture", "solde\ndeposits: [acompte]")
    root = workspace(
        {
            **COMPLETE,
            "salon/invoices/01-acompte.yaml": deposit,
            "salon/invoices/02-solde.yaml": final,
        }
    )
    ran = run(root, "approve", "salon", "--by", "claire")
    assert "has several invoices that are not issued: acompte, solde" in ran.err
    assert run(root, "approve", "salon", "acompte", "--by", "claire").code == 0
    assert run(root, "approve", "salon", "02-solde", "--by", "claire").code == 0
    kept = (root / "content/salon/issued/2026-002.json").read_text("utf-8")
    (deducted,) = Document.from_json(kept).deposits
    assert (deducted.number, str(deducted.gross)) == ("2026-001", "2160.00")
    assert [line[0] for line in lines_of(root)] == ["2026-001", "2026-002"]


def test_one_sequence_over_all_clients(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            **COMPLETE,
            **BARBER,
            "studio.yaml": STUDIO + "numbering: F-AAAA/014\n",
            "salon/invoice.yaml": WAITING,
            "barbier/invoice.yaml": WAITING,
        }
    )
    assert run(root, "approve", "salon", "--by", "claire").code == 0
    assert run(root, "approve", "barbier", "--by", "claire").code == 0
    numbers = [(line[0], line[2]) for line in lines_of(root)]
    assert numbers == [("F-2026/014", "salon"), ("F-2026/015", "barbier")]
    assert (root / "content/barbier/issued/F-2026%2F015.json").exists()
    assert run(root, "check", "--strict").code == 0


def test_a_new_year_begins_anew(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, **BARBER, "salon/invoice.yaml": WAITING})
    workspace({**COMPLETE, **BARBER, "barbier/invoice.yaml": WAITING})
    options = ("--by", "claire", "--number", "2026-041")
    assert run(root, "approve", "salon", *options).code == 0
    ran = run(root, "approve", "barbier", *options)
    assert "the next number is 2026-042, not 2026-041" in ran.err
    ran = run(root, "approve", "barbier", "--by", "claire", "--today", "2027-01-04")
    assert ran.code == 0
    assert [line[0] for line in lines_of(root)] == ["2026-041", "2027-001"]
    assert run(root, "check", "--strict", "--today", "2027-01-04").code == 0


def test_nothing_is_issued_before_the_last_one(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, **BARBER, "salon/invoice.yaml": WAITING})
    workspace({**COMPLETE, **BARBER, "barbier/invoice.yaml": WAITING})
    run(root, "approve", "salon", "--by", "claire")
    options = ("--by", "claire", "--on", "2026-11-20", "--today", "2026-11-20")
    ran = run(root, "approve", "barbier", *options)
    assert ran.code == 1
    assert "2026-001 was issued on 2026-11-23, and nothing is issued before it" in ran.err


def test_windows_line_ends_are_kept(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            **COMPLETE,
            "salon/invoice.yaml": WAITING.replace("\n", "\r\n"),
        }
    )
    assert run(root, "approve", "salon", "--by", "claire").code == 0
    data = (root / "content/salon/invoice.yaml").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    for path in (LEDGER, "content/salon/issued/2026-001.json"):
        file = root / path
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(root, "check", "--strict").code == 0, "git may change the line ends"


# --- whenever it is stopped -----------------------------------------------------------------------

CHANGED = {LEDGER, "content/salon/invoice.yaml", "content/salon/issued/2026-001.json"}


def started(root: Path, hooks: Path, stop: str = "") -> tuple[int, list[str]]:
    """Approve as a program of its own, stopped before one of its steps."""
    hooks.mkdir(exist_ok=True)
    (hooks / "sitecustomize.py").write_text(HOOK, "utf-8")
    log = hooks / "log"
    log.write_text("")
    environment = os.environ | {
        "PYTHONPATH": str(hooks),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOOK_LOG": str(log),
        "HOOK_STOP": stop,
        "HOOK_OUTPUT": str(root),
    }
    words = ["approve", "salon", "--by", "claire", "-w", str(root), "--today", TODAY]
    command = [sys.executable, "-m", "portalgen", *words]
    ran = subprocess.run(command, capture_output=True, env=environment, check=False)
    return ran.returncode, log.read_text().split()


def test_killed_at_any_moment(workspace: Workspace, run: Run, tmp_path: Path) -> None:
    """The next command finishes it, or it was never begun; either way all files agree."""
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING})
    start, work = tmp_path / "start", tmp_path / "work"
    start.mkdir()
    (root / "content").rename(start / "content")
    shutil.copytree(start, work)
    code, steps = started(work, tmp_path / "hooks")
    assert code == 0
    whole, untouched = files_of(work), files_of(start)
    assert set(whole) == set(untouched) | CHANGED
    finished = 0
    stride = 1 if os.environ.get("EVERY_MOMENT") else 2
    for moment in range(len(steps), 0, -stride):
        shutil.rmtree(work)
        shutil.copytree(start, work)
        assert started(work, tmp_path / "hooks", f"KILL:{moment}")[0] == -9
        is_begun = (work / ".portalgen/approving/journal.json").exists()
        told = "error[approval-interrupted]" in run(work, "check").err
        assert told == is_begun
        assert is_begun or {**files_of(work)} in (untouched, whole)
        ran = run(work, "approve", "salon", "--by", "claire")
        assert ("was cut off, and is finished now" in ran.out) == is_begun
        finished += is_begun
        assert files_of(work) == whole
        assert run(work, "check", "--strict").code == 0
    assert finished >= len(CHANGED)


def test_cut_off_and_changed_by_hand_is_undone(
    workspace: Workspace, run: Run, tmp_path: Path
) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING})
    steps = started(root, tmp_path / "hooks", "KILL:0")[1]
    shutil.rmtree(root / "content")
    shutil.rmtree(root / ".portalgen")
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING})
    assert started(root, tmp_path / "hooks", f"KILL:{len(steps)}")[0] == -9
    invoice = root / "content/salon/invoice.yaml"
    invoice.write_text(invoice.read_text("utf-8") + "notes: À bientôt\n", "utf-8")
    ran = run(root, "approve")
    assert ran.code == 0
    assert "is undone: content/salon/invoice.yaml changed since" in ran.out
    assert not (root / LEDGER).exists()
    assert not list((root / "content/salon/issued").iterdir())
    assert run(root, "approve", "salon").code == 0
    assert run(root, "check", "--strict").code == 0


def test_a_journal_from_elsewhere_writes_nothing(workspace: Workspace, run: Run) -> None:
    root = workspace(COMPLETE)
    journal = root / ".portalgen/approving/journal.json"
    journal.parent.mkdir(parents=True)
    journal.write_text('{"what": "x", "changes": [["content/../y", null, "eA=="]]}', "utf-8")
    assert run(root, "approve").code == 2
    assert not (root / "y").exists()


def test_two_at_once_get_two_numbers(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {**COMPLETE, **BARBER, "salon/invoice.yaml": WAITING, "barbier/invoice.yaml": WAITING}
    )
    command = [sys.executable, "-m", "portalgen", "approve"]
    options = ["--by", "claire", "-w", str(root), "--today", TODAY]
    pair = [
        subprocess.Popen([*command, client, *options], stdout=subprocess.PIPE, text=True)
        for client in ("salon", "barbier")
    ]
    said = "".join(one.communicate()[0] for one in pair)
    assert sorted(re.findall(r"^(\S+): issued", said, re.MULTILINE)) == ["2026-001", "2026-002"]
    assert [line[0] for line in lines_of(root)] == ["2026-001", "2026-002"]
    assert run(root, "check", "--strict").code == 0


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WAITING})
    before = files_of(root)
    (root / "content").chmod(0o500)
    ran = run(root, "approve", "salon", "--by", "claire")
    (root / "content").chmod(0o700)
    assert ran.code == 1
    assert files_of(root) == before
