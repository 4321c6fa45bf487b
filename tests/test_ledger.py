"""What is issued never changes: the ledger, the frozen documents, and what the pages say."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import PORTAL, SMALLEST, Run, Workspace
from portals import open_portal
from test_approve import BARBER, BY_HAND, COMPLETE, LEDGER, WAITING, files_of, lines_of

from portalgen.check import Books, Claims
from portalgen.check.ledger import check_ledger
from portalgen.invoice.numbering import numbering
from portalgen.ledger import line_of, read_ledger, text_of
from portalgen.model.ledger import Entry, Issue
from portalgen.model.page import invoice_page
from portalgen.problem import Place, Source

STUDIO = SMALLEST["studio.yaml"]
BANKED = STUDIO + "bank: {iban: FR76 3000 6000 0112 3456 7890 189}\n"
ISSUED = "content/salon/issued/2026-001.json"
PAGE = invoice_page(PORTAL.decode(), "invoice")


@pytest.fixture
def issued(workspace: Workspace, run: Run) -> Path:
    """A workspace with an issued invoice of the salon."""
    root = workspace({**COMPLETE, "studio.yaml": BANKED, "salon/invoice.yaml": WAITING})
    ran = run(root, "approve", "salon", "--by", "claire")
    assert ran.code == 0, ran.err
    return root


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def page_of(root: Path, run: Run) -> str:
    """The invoice's page, after a build without any problem."""
    ran = run(root, "build", "--strict")
    assert ran.code == 0, ran.err
    return open_portal(root / "output/salon")[PAGE]


def text_in(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


CHANGES = {
    "the studio's address": ("studio.yaml", "2 rue des Halles", "9 rue Neuve"),
    "the studio's account": (
        "studio.yaml",
        "FR76 3000 6000 0112 3456 7890 189",
        "DE89 3704 0044 0532 0130 00",
    ),
    "the studio's terms": ("studio.yaml", "days: 30", "days: 45"),
    "the studio's VAT regime": ("studio.yaml", "size: micro", "size: micro, vat_regime: franchise"),
    "the client's address": ("salon/client.yaml", "8 rue du Port", "9 rue du Port"),
    "the word of thanks": ("salon/invoice.yaml", "thanks: Merci", "thanks: Bravo"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_later_change_elsewhere_does_not_reach_it(name: str, issued: Path, run: Run) -> None:
    before = text_in(page_of(issued, run))
    file, old, new = CHANGES[name]
    replace_in(issued / "content" / file, old, new)
    assert text_in(page_of(issued, run)) == before


def test_a_payment_changes_no_frozen_document(issued: Path, run: Run) -> None:
    frozen = (issued / ISSUED).read_bytes()
    before = page_of(issued, run)
    invoice = issued / "content/salon/invoice.yaml"
    invoice.write_text(
        invoice.read_text("utf-8") + "payments: [{on: 2026-11-23, amount: 1000.00}]\n", "utf-8"
    )
    after = page_of(issued, run)
    assert (issued / ISSUED).read_bytes() == frozen
    assert "1 160,00" not in text_in(before).replace("\u202f", " ")
    assert "1 160,00" in text_in(after).replace("\u202f", " ")


BILLED = {
    "lines.0.text": ("text: Création", "text: Refonte"),
    "lines.0.price": ("price: 1800", "price: 1800.01"),
    "lines.0.vat": ("vat: 20", "vat: 10"),
    "lines.0.quantity": ("price: 1800", "quantity: 2, price: 1800"),
    "lines.0.unit": ("price: 1800", "unit: jour, price: 1800"),
    "lines.0.base_quantity": ("price: 1800", "base_quantity: 2, price: 1800"),
    "lines.0.discounts": ("vat: 20", "vat: 20, discounts: [{percent: 5, why: Ami}]"),
    "lines": ("vat: 20}", "vat: 20}\n- {text: Plus, price: 1, vat: 20}"),
    "charges": ("thanks:", "charges: [{amount: 10, why: Envoi, vat: 20}]\nthanks:"),
    "kind": ("kind: facture", "kind: acompte"),
    "issued": ("issued: 2026-11-23", "issued: 2026-11-22"),
    "currency": ("kind: facture", "kind: facture\ncurrency: CHF"),
    "rounding": ("kind: facture", "kind: facture\nrounding: 0.01"),
    "due": ("kind: facture", "kind: facture\ndue: 2027-03-01"),
    "delivered_on": ("kind: facture", "kind: facture\ndelivered_on: 2026-11-01"),
}


@pytest.mark.parametrize("field", BILLED)
def test_what_is_billed_cannot_change(field: str, issued: Path, run: Run) -> None:
    old, new = BILLED[field]
    page_of(issued, run)
    replace_in(issued / "content/salon/invoice.yaml", old, new)
    ran = run(issued, "build")
    assert ran.code == 1
    name = field.rpartition(".")[2]
    assert f"error[issued-and-edited]: 2026-001 was issued, and {name} was changed" in ran.err
    assert "corrected by a credit note" in ran.err
    assert PAGE not in open_portal(issued / "output/salon")


def test_the_same_written_in_another_way_is_no_change(issued: Path, run: Run) -> None:
    before = text_in(page_of(issued, run))
    replace_in(
        issued / "content/salon/invoice.yaml",
        "price: 1800, vat: 20",
        "price: 1800.00, vat: {rate: 20.0}, quantity: 1",
    )
    assert text_in(page_of(issued, run)) == before


def test_an_approval_taken_back_loses_nothing(issued: Path, run: Run) -> None:
    invoice = issued / "content/salon/invoice.yaml"
    text = invoice.read_text("utf-8")
    invoice.write_text(re.sub(r"(approval: .*\n)(  .*\n)+", r"\1", text), "utf-8")
    before = files_of(issued)
    ran = run(issued, "build")
    assert ran.code == 1
    assert "error[issued-without-approval]" in ran.err
    assert PAGE not in open_portal(issued / "output/salon")
    assert files_of(issued) == before
    invoice.write_text(text, "utf-8")
    assert run(issued, "check", "--strict").code == 0


def test_once_issued_nothing_is_asked_any_more(issued: Path, run: Run) -> None:
    logo = issued / "content/salon/deliverables/logo.md"
    logo.parent.mkdir()
    logo.write_text("---\ntitle: Logo\n---\n", "utf-8")
    assert "2026-001" in page_of(issued, run)


def test_a_build_writes_nothing_into_the_content(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": BY_HAND})
    before = files_of(root)
    run(root, "build")
    assert files_of(root) == before


def test_a_renamed_folder_keeps_its_invoices(issued: Path, run: Run) -> None:
    (issued / "content/salon").rename(issued / "content/martin")
    ran = run(issued, "check", "--strict")
    assert (ran.code, ran.err) == (0, "nothing to mend\n")


def test_a_client_who_is_gone_is_told_of(issued: Path, run: Run, workspace: Workspace) -> None:
    workspace({**COMPLETE, **BARBER, "studio.yaml": BANKED})
    shutil.rmtree(issued / "content/salon")
    ran = run(issued, "build")
    assert ran.code == 1
    assert "error[issued-invoice-missing]: 2026-001 was issued" in ran.err
    assert "barbier: built" in ran.out


def test_a_credit_note_corrects(issued: Path, run: Run) -> None:
    (issued / "content/salon/invoices").mkdir()
    content = issued / "content/salon"
    (content / "invoice.yaml").rename(content / "invoices/01-invoice.yaml")
    (content / "invoices/02-avoir.yaml").write_text(
        "kind: avoir\ncorrects: 2026-001\nlines:\n- {text: Rendu, price: 200, vat: 20}\n",
        "utf-8",
    )
    ran = run(issued, "approve", "salon", "avoir", "--by", "claire")
    assert ran.code == 0, ran.err
    frozen = (content / "issued/2026-002.json").read_text("utf-8")
    assert '"corrects": {\n    "issued": "2026-11-23",\n    "number": "2026-001"\n  }' in frozen
    assert run(issued, "check", "--strict").code == 0


# --- two branches ---------------------------------------------------------------------------------


def git(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    settings = ["-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *settings, *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def branches(workspace: Workspace, run: Run) -> Path:
    """A merge that stopped: two branches issued 2026-001, one to the salon, one to the barber."""
    files: Mapping[str, str | None] = {**COMPLETE, **BARBER}
    root = workspace({**files, "salon/invoice.yaml": WAITING, "barbier/invoice.yaml": WAITING})
    git(root, "init", "-b", "main")
    git(root, "add", "content")
    git(root, "commit", "-m", "start")
    for client in ("salon", "barbier"):
        git(root, "checkout", "-b", client, "main")
        assert run(root, "approve", client, "--by", "claire").code == 0
        git(root, "add", "content")
        git(root, "commit", "-m", client)
    merged = git(root, "merge", "salon")
    assert merged.returncode == 1
    assert f"CONFLICT (add/add): Merge conflict in {LEDGER}" in merged.stdout
    return root


def keep_both(root: Path) -> None:
    """Resolve a conflict as the message says."""
    text = (root / LEDGER).read_text("utf-8")
    (root / LEDGER).write_text(re.sub(r"^[<=>]{7}.*\n", "", text, flags=re.MULTILINE), "utf-8")


def test_an_unfinished_merge_is_seen(branches: Path, run: Run) -> None:
    ran = run(branches, "check")
    assert ran.code == 1
    assert "error[ledger-conflict]" in ran.err
    assert ran.err.count("error[ledger-unreadable]") == 2


def test_the_same_number_from_two_branches(branches: Path, run: Run) -> None:
    keep_both(branches)
    ran = run(branches, "check")
    assert ran.code == 1
    assert "error[number-issued-twice]: the number 2026-001 was issued twice" in ran.err
    assert "portalgen approve salon invoice --renumber" in ran.err
    ran = run(branches, "approve", "salon", "invoice", "--renumber", "--today", "2026-11-25")
    assert ran.code == 0, ran.err
    assert [line[:3] for line in lines_of(branches)] == [
        ["2026-001", "2026-11-23", "barbier"],
        ["2026-002", "2026-11-25", "salon"],
    ]
    assert [path.name for path in (branches / "content/salon/issued").iterdir()] == [
        "2026-002.json"
    ]
    assert "number: 2026-002\nissued: 2026-11-25\n" in (
        branches / "content/salon/invoice.yaml"
    ).read_text("utf-8")
    assert run(branches, "check", "--strict", "--today", "2026-11-25").code == 0


def test_the_same_number_for_two_invoices_of_one_client(workspace: Workspace, run: Run) -> None:
    """One file in issued/ cannot be both: the one that is kept keeps the number."""
    deposit = WAITING.replace("facture", "acompte")
    second = deposit.replace("1800", "900")
    root = workspace(
        {**COMPLETE, "salon/invoices/01-un.yaml": deposit, "salon/invoices/02-deux.yaml": second}
    )
    git(root, "init", "-b", "main")
    git(root, "add", "content")
    git(root, "commit", "-m", "start")
    for invoice in ("un", "deux"):
        git(root, "checkout", "-b", invoice, "main")
        assert run(root, "approve", "salon", invoice, "--by", "claire").code == 0
        git(root, "add", "content")
        git(root, "commit", "-m", invoice)
    merged = git(root, "merge", "un")
    assert f"CONFLICT (add/add): Merge conflict in {ISSUED}" in merged.stdout
    keep_both(root)
    git(root, "checkout", "--theirs", ISSUED)
    ran = run(root, "check")
    assert {"number-issued-twice", "issued-and-edited"} <= set(re.findall(r"error.(.+?)]", ran.err))
    ran = run(root, "approve", "salon", "un", "--renumber")
    assert "the file of 2026-001 in issued/ is that of un" in ran.err
    ran = run(root, "approve", "salon", "deux", "--renumber")
    assert ran.code == 0, ran.err
    assert [line[0] for line in lines_of(root)] == ["2026-001", "2026-002"]
    assert '"price": "900"' in (root / "content/salon/issued/2026-002.json").read_text("utf-8")
    assert run(root, "check", "--strict").code == 0


def test_a_number_that_was_issued_once_stays(issued: Path, run: Run) -> None:
    before = files_of(issued)
    ran = run(issued, "approve", "salon", "invoice", "--renumber")
    assert ran.code == 1
    assert "2026-001 was not issued twice, and keeps its number" in ran.err
    assert files_of(issued) == before


# --- the file -------------------------------------------------------------------------------------


def issue(count: int, day: date = date(2026, 11, 23), client: str = "salon") -> Issue:
    return Issue(
        number=f"2026-{count:03}",
        issued=day,
        client=client,
        kind="invoice",
        currency="EUR",
        total=Decimal("12.50"),
        digest=f"{count:064x}",
    )


def test_what_is_written_is_read_back() -> None:
    issues = (issue(1), issue(2, client="Salon d’été"))
    ledger, problems = read_ledger(Source(LEDGER, text_of(issues)))
    assert problems == []
    assert tuple(entry.issue for entry in ledger.entries) == issues


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "# a comment between",
        line_of(issue(2)).strip() + " ",
        line_of(issue(2)).replace("\t", "  ").strip(),
        line_of(issue(2)).replace("12.50", "12.5").strip(),
        line_of(issue(2)).replace("12.50", "1_2.50").strip(),
        line_of(issue(2)).replace("EUR", "eur").strip(),
        line_of(issue(2)).replace("invoice", "facture").strip(),
        line_of(issue(2)).replace("2026-11-23", "20261123").strip(),
        line_of(issue(2)).replace("2026-11-23", "2026-11-31").strip(),
        line_of(issue(2)).replace("2026-002", "../2026-002").strip(),
        line_of(issue(2)).strip().upper(),
        line_of(issue(2)).strip()[:-1],
    ],
)
def test_a_line_by_hand_is_refused(line: str) -> None:
    text = text_of([issue(1)]) + line + "\n"
    _, problems = read_ledger(Source(LEDGER, text))
    assert [(problem.code, problem.place.line) for problem in problems] == [("broken-ledger", 5)]


def test_ten_thousand_lines_are_read_and_checked() -> None:
    issues = [issue(count) for count in range(1, 10_001)]
    text = text_of(issues)
    ledger, problems = read_ledger(Source(LEDGER, text))
    place = Place(Source(""))
    kept = tuple(Entry(one, place) for one in issues)
    claims = Claims("salon", "salon", False, place, None, place, (), issued=kept)
    series = numbering("YYYY-001")
    assert series
    found = list(check_ledger(Books(ledger, series, [claims], date(2026, 11, 23))))
    assert problems == []
    assert {problem.code for _, problem in found} == {"issued-without-invoice"}
    assert len(found) == 10_000
