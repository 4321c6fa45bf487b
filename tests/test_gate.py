"""The approval gate: the invoice page does not exist before the client has approved."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import PORTAL, Run, Workspace
from portals import open_portal

from portalgen.model.page import invoice_page

STEP = "---\ntitle: Maquette\nfinished: 2026-10-09\ncovers: [R1, R2]\n---\nFait.\n"
AGREED = "---\nagreed: {by: claire, on: 2026-09-01}\n---\n- R1: Le site\n- R2: Les tarifs\n"
LINES = "thanks: Merci\nlines:\n- {text: Création du site XYZZY, price: 1800, vat: 20}\n"
NUMBERED = "number: 2026-001\nissued: 2026-11-03\n"

COMPLETE: Mapping[str, str | bytes | None] = {
    "salon/steps/01-maquette.md": STEP,
    "salon/spec.md": AGREED,
}


def invoice(approval: str, *, numbered: bool = True) -> str:
    """An invoice with these lines about its approval."""
    return f"{approval}\n{NUMBERED if numbered else ''}{LINES}"


def built(root: Path) -> Path:
    return root / "output" / "salon"


def page_of(invoice: str = "invoice") -> str:
    """The name of the page of the salon's invoice with that id."""
    return invoice_page(PORTAL.decode(), invoice)


def is_open(root: Path, invoice: str = "invoice") -> bool:
    """Whether the invoice exists; when it does not, no byte, link or word of it does either."""
    pages = open_portal(built(root))
    exists = (built(root) / page_of(invoice)).exists()
    assert exists == (page_of(invoice) in pages)
    everything = "".join(pages.values())
    assert exists == ("XYZZY" in everything)
    assert exists == (f"{page_of(invoice)}/index.html" in everything)
    return exists


def warned(*codes: str, err: str) -> bool:
    """Whether nothing is said but those warnings."""
    return re.findall(r"(error|warning)\[(.+?)\]", err) == [("warning", code) for code in codes]


def invoices_in(pages: Mapping[str, str]) -> set[str]:
    """The names of the pages of invoices."""
    return {name for name in pages if name.startswith("invoice")}


@pytest.mark.parametrize(
    "approval",
    [
        "",
        "approval:",
        "approval: ''",
        "approval: null",
        "approval: ~",
        "approval: {}",
        "approval: no",
        "approval: No",
        "approval: NON",
        "approval: non",
        "approval: false",
        "approval: False",
        "approval: faux",
        "approval: 'no'",
    ],
)
def test_unset(approval: str, workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": invoice(approval, numbered=False)})
    ran = run(root, "build")
    assert (ran.code, ran.err) == (0, "")
    assert not is_open(root)


@pytest.mark.parametrize(
    "approval",
    [
        "approval: 2026-11-02",
        "approval: '2026-11-02'",
        "approval: 2026-11-23",
        "approval: yes",
        "approval: Yes",
        "approval: true",
        "approval: True",
        "approval: oui",
        "approval: OUI",
        "approval: vrai",
        "approval: {on: 2026-11-02}",
        "approval: {by: claire, on: 2026-11-02, via: courriel}",
        "approval: {on: 2026-11-02, waived: tout}",
        "approval: {on: 2026-11-02, waived: []}",
    ],
)
def test_set(approval: str, workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": invoice(approval)})
    ran = run(root, "build")
    assert ran.code == 0
    assert warned("not-issued", err=ran.err)
    assert is_open(root)


@pytest.mark.parametrize(
    ("approval", "code"),
    [
        ("approval: bientôt", "bad-approval"),
        ("approval: ok", "bad-approval"),
        ("approval: claire", "bad-approval"),
        ("approval: [2026-11-02]", "bad-approval"),
        ("approval: {by: claire}", "approval-without-date"),
        ("approval: {on: bientôt}", "not-a-date"),
        ("approval: {on: 2026-11-02, par: claire}", "unknown-key"),
        ("approval: {on: 2026-11-02, waived: [logo]}", "unknown-waived"),
        ("approval: 02/11/2026", "date-form"),
        ("approval: 2026-02-30", "impossible-date"),
        ("approval: 1", "not-a-date"),
        ("approval: 2026-11-24", "approval-in-future"),
        ("approval: {on: 2027-01-01}", "approval-in-future"),
    ],
)
def test_anything_else_is_an_error_and_the_gate_stays_shut(
    approval: str, code: str, workspace: Workspace, run: Run
) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": invoice(approval)})
    ran = run(root, "build")
    assert ran.code == 1
    assert f"error[{code}]" in ran.err
    assert "salon: built" in ran.out
    assert not is_open(root)


def test_approved_with_something_missing_goes_out_without_the_invoice(
    workspace: Workspace, run: Run
) -> None:
    root = workspace(
        {
            **COMPLETE,
            "salon/deliverables/logo.md": "---\ntitle: Logo\n---\n",
            "salon/invoice.yaml": invoice("approval: 2026-11-02"),
        }
    )
    ran = run(root, "build")
    assert ran.code == 1
    assert 'error[approved-but-incomplete]: "Logo" is not delivered yet' in ran.err
    assert not is_open(root)


MISSING = {
    "a deliverable": ({"salon/deliverables/logo.md": "---\ntitle: Logo\n---\n"}, "logo"),
    "an account": (
        {
            "salon/deliverables/logo.md": (
                "---\ntitle: Logo\ndelivered: 2026-11-01\naccounts: [{for: Hébergement}]\n---\n"
            )
        },
        "logo",
    ),
    "a correction": ({"salon/corrections/C1.md": "---\nabout: maquette\n---\nPlus gros.\n"}, "C1"),
    "a requirement": ({"salon/spec.md": AGREED + "- R3: Les photos\n"}, "R3"),
    "an amendment's requirement": (
        {
            "salon/amendments/A1.md": (
                "---\ntitle: Photos\nagreed: {on: 2026-10-01}\n---\n- R3: Les photos\n"
            )
        },
        "R3",
    ),
}


@pytest.mark.parametrize("name", MISSING)
def test_each_thing_missing_shuts_the_gate_and_can_be_waived(
    name: str, workspace: Workspace, run: Run
) -> None:
    files, thing = MISSING[name]
    approved = {**COMPLETE, **files, "salon/invoice.yaml": invoice("approval: 2026-11-02")}
    root = workspace(approved)
    assert run(root, "build").code == 1
    assert not is_open(root)

    waived = f"approval: {{on: 2026-11-02, waived: [{thing}]}}"
    workspace({**approved, "salon/invoice.yaml": invoice(waived)})
    assert run(root, "build").code == 0
    assert is_open(root)


NOT_MISSING = {
    "a correction withdrawn": {
        "salon/corrections/C1.md": "---\nwithdrawn: 2026-10-10\n---\nPlus gros.\n"
    },
    "a requirement that an amendment removed": {
        "salon/spec.md": AGREED + "- R3: Les photos\n",
        "salon/amendments/A1.md": (
            "---\ntitle: Sans photos\nagreed: {on: 2026-10-01}\nremoves: [R3]\n---\n"
        ),
    },
    "an amendment nobody agreed to": {
        "salon/amendments/A1.md": "---\ntitle: Photos\n---\n- R3: Les photos\n"
    },
    "a parent whose children are served": {
        "salon/spec.md": AGREED + "- R3: Les photos\n  - R3.1: Le salon\n  - R3.2: L’équipe\n",
        "salon/deliverables/photos.md": (
            "---\ntitle: Photos\ndelivered: 2026-11-01\ncovers: [R3.1, R3.2]\n---\n"
        ),
    },
    "children of a parent that is served": {
        "salon/spec.md": AGREED + "- R3: Les photos\n  - R3.1: Le salon\n",
        "salon/deliverables/photos.md": (
            "---\ntitle: Photos\ndelivered: 2026-11-01\ncovers: [R3]\n---\n"
        ),
    },
}


@pytest.mark.parametrize("name", NOT_MISSING)
def test_what_does_not_count_as_missing(name: str, workspace: Workspace, run: Run) -> None:
    root = workspace(
        {**COMPLETE, **NOT_MISSING[name], "salon/invoice.yaml": invoice("approval: 2026-11-02")}
    )
    ran = run(root, "build")
    assert ran.code == 0
    assert warned("not-issued", err=ran.err)
    assert is_open(root)


def test_approval_taken_back(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": invoice("approval: 2026-11-02")})
    run(root, "build")
    assert is_open(root)
    workspace({**COMPLETE, "salon/invoice.yaml": invoice("approval:")})
    assert run(root, "build").code == 0
    assert not is_open(root)
    assert [path.name for path in built(root).iterdir() if "invoice" in path.name] == []


@pytest.mark.parametrize(
    "approval", ["approval:", "approval: bientôt", "approval: [", "thanks: a : b"]
)
def test_approval_taken_back_while_the_portal_is_in_error(
    approval: str, workspace: Workspace, run: Run
) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": invoice("approval: 2026-11-02")})
    run(root, "build")
    workspace(
        {
            **COMPLETE,
            "salon/invoice.yaml": invoice(approval),
            "salon/steps/02-site.md": "---\ntitle: Site\nstatus: finsihed\n---\n",
        }
    )
    ran = run(root, "build")
    assert (ran.code, ran.out) == (1, "salon: in error: the copy built before stays\n")
    pages = open_portal(built(root))
    assert invoices_in(pages) == set()
    assert not (built(root) / page_of()).exists()


def test_an_invoice_that_stands_stays_while_the_portal_is_in_error(
    workspace: Workspace, run: Run
) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": invoice("approval: 2026-11-02")})
    run(root, "build")
    workspace({"salon/steps/02-site.md": "---\ntitle: Site\nstatus: finsihed\n---\n"})
    assert run(root, "build").code == 1
    assert is_open(root)


def test_without_number_the_lines_to_paste_are_said(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {**COMPLETE, "salon/invoice.yaml": invoice("approval: 2026-11-02", numbered=False)}
    )
    ran = run(root, "build")
    assert ran.code == 1
    assert "number: 2026-001\n" in ran.err
    assert "issued: 2026-11-23\n" in ran.err
    assert not is_open(root)


def test_the_next_number_counts_all_clients(workspace: Workspace, run: Run) -> None:
    other = {path.replace("salon/", "barbier/"): text for path, text in COMPLETE.items()}
    root = workspace(
        {
            **COMPLETE,
            **other,
            "barbier/client.yaml": "name: Barbier\nproject: {title: Site}\n",
            "access.yaml": (Path(__file__).parent / "fixtures/studio-access.yaml").read_bytes(),
            "barbier/invoice.yaml": invoice("approval:").replace("2026-001", "2026-041"),
            "salon/invoice.yaml": invoice("approval: 2026-11-02", numbered=False),
        }
    )
    assert "number: 2026-042\n" in run(root, "build").err


def test_a_deposit_needs_its_approval_and_an_agreed_specification(
    workspace: Workspace, run: Run
) -> None:
    deposit = invoice("kind: acompte\napproval: 2026-11-02")
    root = workspace({"salon/invoice.yaml": deposit})
    ran = run(root, "build")
    assert ran.code == 1
    assert "error[deposit-before-agreement]" in ran.err
    assert not is_open(root)
    workspace({"salon/spec.md": AGREED})
    assert run(root, "build").code == 0
    assert is_open(root), "a deposit does not wait for the work"


def test_a_credit_note_needs_its_original(workspace: Workspace, run: Run) -> None:
    note = invoice("kind: avoir\napproval: 2026-11-20\ncorrects: 2026-001")
    note = note.replace("number: 2026-001", "number: 2026-002").replace("XYZZY", "PLUGH")
    files = {**COMPLETE, "salon/invoices/02-avoir.yaml": note}
    root = workspace({**files, "salon/invoices/01-facture.yaml": invoice("approval:")})
    ran = run(root, "build")
    assert ran.code == 1
    assert "error[credit-note-without-original]" in ran.err
    workspace({**files, "salon/invoices/01-facture.yaml": invoice("approval: 2026-11-02")})
    assert run(root, "build").code == 0
    pages = open_portal(built(root))
    assert "XYZZY" in pages[page_of("facture")]
    assert "PLUGH" in pages[page_of("avoir")]


def test_only_the_approved_one_of_several(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            **COMPLETE,
            "salon/invoices/01-acompte.yaml": invoice("kind: acompte\napproval: 2026-09-02"),
            "salon/invoices/02-solde.yaml": invoice(
                "kind: solde\ndeposits: [acompte]\napproval:", numbered=False
            ).replace("XYZZY", "PLUGH"),
        }
    )
    assert run(root, "build").code == 0
    pages = open_portal(built(root))
    assert invoices_in(pages) == {page_of("acompte")}
    assert not any("PLUGH" in page for page in pages.values())


def test_an_invoice_that_leans_on_one_that_is_not_out_waits_for_it(
    workspace: Workspace, run: Run
) -> None:
    root = workspace(
        {
            **COMPLETE,
            "salon/invoices/01-acompte.yaml": invoice("kind: acompte\napproval: 2027-01-02"),
            "salon/invoices/02-solde.yaml": invoice(
                "kind: solde\ndeposits: [acompte]\napproval: 2026-11-02"
            ).replace("2026-001", "2026-002"),
        }
    )
    ran = run(root, "build")
    assert ran.code == 1
    assert "error[approval-in-future]" in ran.err
    assert "error[deposit-not-billed]" in ran.err
    assert not is_open(root)


def test_an_amendment_removes_what_stood_before_it_and_not_what_it_adds(
    workspace: Workspace, run: Run
) -> None:
    amendment = "---\ntitle: A\nagreed: {on: 2026-10-01}\nremoves: [R2]\n---\n- R2.2: Un plan\n"
    root = workspace(
        {
            **COMPLETE,
            "salon/steps/01-maquette.md": STEP.replace("[R1, R2]", "[R1]"),
            "salon/amendments/A1.md": amendment,
            "salon/invoice.yaml": invoice("approval: 2026-11-02"),
        }
    )
    ran = run(root, "build")
    assert "R2.2 (Un plan) is agreed, and no done step" in ran.err
    assert "R2 (" not in ran.err


def test_waiving_a_parent_waives_its_children(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            **COMPLETE,
            "salon/spec.md": AGREED + "- R3: Photos\n  - R3.1: Le salon\n",
            "salon/invoice.yaml": invoice("approval: {on: 2026-11-02, waived: [R3]}"),
        }
    )
    assert run(root, "build").code == 0
    assert is_open(root)


def test_a_kept_copy_keeps_the_invoices_that_stand(workspace: Workspace, run: Run) -> None:
    """Pages are named by what they are, so that it is known which is whose."""
    first = invoice("kind: acompte\napproval: 2026-09-02")
    second = invoice("kind: acompte\napproval: 2026-10-02").replace("2026-001", "2026-002")
    root = workspace(
        {
            **COMPLETE,
            "salon/invoices/01-un.yaml": first,
            "salon/invoices/02-deux.yaml": second,
        }
    )
    assert run(root, "build").code == 0
    assert {page_of("un"), page_of("deux")} <= set(open_portal(built(root)))
    unread = first.replace("2026-09-02", "") + "nombre: 1\n"
    broken = "---\ntitle: Site\nstatus: finsihed\n---\n"
    workspace({**COMPLETE, "salon/invoices/01-un.yaml": unread, "salon/steps/02-site.md": broken})
    assert run(root, "build").code == 1
    left = [path.name for path in built(root).iterdir() if "invoice" in path.name]
    assert left == [page_of("deux")]


def test_an_address_stays_with_its_invoice(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoices/02-solde.yaml": invoice("approval: 2026-11-02")})
    run(root, "build")
    assert is_open(root, "solde")
    early = invoice("kind: acompte\napproval: 2026-09-02").replace("XYZZY", "PLUGH")
    early = early.replace("2026-001", "2025-009").replace("2026-11-03", "2025-11-03")
    workspace({**COMPLETE, "salon/invoices/01-acompte.yaml": early})
    run(root, "build")
    assert is_open(root, "solde")
    assert "XYZZY" in open_portal(built(root))[page_of("solde")]
