"""`portalgen invoice list`: what every invoice comes to, whatever else is missing."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, Workspace
from invoice_cases import CASES, currency_of, files_of, parsed, studio_of, totals_of, vat_of

from portalgen.invoicing import document_of
from portalgen.parse import parse_client, parse_studio
from portalgen.read import read_client, read_studio

CLIENT = "name: Boulangerie\nproject: {title: Site}\n"
SITE = "lines: [{text: Site, price: 1000, vat: 20}]\n"


def listed(run: Run, root: Path, *clients: str, code: int = 0) -> list[dict[str, Any]]:
    ran = run(root, "invoice list", *clients, "--format", "json")
    assert ran.code == code, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


@pytest.mark.parametrize("studio", sorted({studio_of(case) for case in CASES}))
def test_every_case_is_listed_to_the_cent(studio: str, workspace: Workspace, run: Run) -> None:
    cases = {f"c{at:03}": c for at, c in enumerate(CASES) if studio_of(c) == studio}
    files = {"studio.yaml": studio, "salon/client.yaml": None, "salon/spec.md": None}
    for name, case in cases.items():
        files |= {f"{name}/client.yaml": CLIENT}
        files |= {f"{name}/{path}": text for path, text in files_of(case).items()}
    found = listed(run, workspace(files))
    last = {entry["client"]: entry for entry in found}
    assert list(last) == sorted(cases)
    for name, case in cases.items():
        assert last[name] == {
            "client": name,
            "number": None,
            "kind": parsed(case).invoice.kind,
            "currency": currency_of(case),
            "totals": totals_of(case),
            "vat": vat_of(case),
        }


def test_the_order_is_that_of_the_folders(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "salon/invoices/10-later.yaml": f"number: A-10\n{SITE}",
            "salon/invoices/9-earlier.yaml": f"number: A-9\n{SITE}",
            "bakery/client.yaml": CLIENT,
            "bakery/invoice.yaml": f"number: A-11\n{SITE}",
        }
    )
    assert [e["number"] for e in listed(run, root)] == ["A-11", "A-9", "A-10"]
    assert [e["number"] for e in listed(run, root, "salon")] == ["A-9", "A-10"]
    assert [e["number"] for e in listed(run, root, "salon", "bakery")] == ["A-11", "A-9", "A-10"]
    assert "no client" in run(root, "invoice list", "nobody").err


def test_the_json_has_these_keys_in_this_order(workspace: Workspace, run: Run) -> None:
    invoice = """\
kind: deposit
number: 2026-001
lines:
- {text: Site, price: 1000, vat: 20}
- {text: Abroad, price: 12.5, vat: {category: AE, why: Autoliquidation}}
payments: [{on: 2026-03-01, amount: 12.5}]
"""
    ran = run(workspace({"salon/invoice.yaml": invoice}), "invoice list", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == """\
[
  {
    "client": "salon",
    "number": "2026-001",
    "kind": "deposit",
    "currency": "EUR",
    "totals": {
      "BT-106": "1012.50",
      "BT-107": "0.00",
      "BT-108": "0.00",
      "BT-109": "1012.50",
      "BT-110": "200.00",
      "BT-112": "1212.50",
      "BT-113": "12.50",
      "BT-114": "0.00",
      "BT-115": "1200.00"
    },
    "vat": [
      {
        "category": "S",
        "rate": "20",
        "base": "1000.00",
        "tax": "200.00"
      },
      {
        "category": "AE",
        "rate": "0",
        "base": "12.50",
        "tax": "0.00"
      }
    ]
  }
]
"""
    )


BILLED = "approval: {by: claire, on: 2026-03-01, waived: all}\nissued: 2026-03-02\n"


def test_the_table_tells_drafts_and_credit_notes_apart(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "salon/invoices/1-site.yaml": f"{BILLED}number: 2026-001\n{SITE}",
            "salon/invoices/2-less.yaml": f"{BILLED}number: 2026-002\nkind: avoir\n"
            "corrects: site\nlines: [{text: Less, price: 100.5, vat: 20}]\n",
            "salon/invoices/3-next.yaml": "lines: [{text: Next, price: 7, vat: 20}]\n",
            "salon/invoices/5-early.yaml": f"{BILLED}number: 2026-004\n{SITE}".replace(
                ", waived: all", ""
            ),
            "salon/invoices/4-yen.yaml": f"{BILLED}number: 2026-003\ncurrency: JPY\n"
            "lines: [{text: Site, price: 90000, vat: 10}]\n",
        }
    )
    ran = run(root, "invoice list")
    assert ran.err == ""
    assert (
        ran.out
        == """\
client           invoice           kind         currency  without VAT     VAT  with VAT  already paid  left to pay
salon            2026-001          invoice      EUR           1000.00  200.00   1200.00          0.00      1200.00
salon            2026-002          credit note  EUR           -100.50  -20.10   -120.60          0.00      -120.60
salon            next (draft)      invoice      EUR              7.00    1.40      8.40          0.00         8.40
salon            2026-003          invoice      JPY             90000    9000     99000             0        99000
salon            2026-004 (draft)  invoice      EUR           1000.00  200.00   1200.00          0.00      1200.00
total billed                                    EUR                                                        1079.40
total of drafts                                 EUR                                                        1208.40
total billed                                    JPY                                                          99000
"""  # noqa: E501
    )


def test_legal_facts_may_be_missing(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "studio.yaml": "name: Atelier Lumen\nlegal: {vat_regime: franchise}\n",
            "salon/spec.md": None,
            "salon/client.yaml": "name: Salon Martin\n",
            "salon/invoice.yaml": "lines:\n- {text: Site, price: 1000}\n"
            "- {text: Lesson, price: 50, vat: {category: E}}\n",
        }
    )
    (entry,) = listed(run, root)
    assert entry["totals"]["BT-115"] == "1050.00"
    assert entry["vat"] == [{"category": "E", "rate": "0", "base": "1050.00", "tax": "0.00"}]


BROKEN = {
    "no rate": ("lines: [{text: Site, price: 1}]\n", "this line has no VAT rate"),
    "no line": ("lines: []\n", "nothing is billed: an invoice has at least one line"),
    "no yaml": ("lines: [", "the bracket [ is not closed"),
    "a key twice": (f"{SITE}{SITE}", '"lines" stands twice'),
    "no price": ("lines: [{text: Site, vat: 20}]\n", '"price" is missing'),
    "half a cent": (
        f"{SITE}payments: [{{on: 2026-03-01, amount: 0.005}}]\n",
        "0.005 has more than the 2 decimals of EUR",
    ),
    "a deposit that is not there": (
        f"{SITE}deposits: [acompte]\n",
        '"acompte" is not a deposit of this project',
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_reckoned_is_named_and_the_others_stand(
    name: str, workspace: Workspace, run: Run
) -> None:
    text, says = BROKEN[name]
    files = {"salon/invoices/1-broken.yaml": text, "salon/invoices/2-sound.yaml": SITE}
    root = workspace(files)
    broken, sound = listed(run, root, code=1)
    assert sound["totals"]["BT-115"] == "1200.00"
    assert broken["client"] == "salon"
    assert (broken["totals"], broken["vat"]) == (None, None)
    assert broken["error"].startswith("content/salon/invoices/1-broken.yaml:")
    assert says in broken["error"]
    ran = run(root, "invoice list")
    assert ran.code == 1
    assert says in ran.err
    assert "1-broken.yaml  " in ran.out
    assert "cannot be reckoned\n" in ran.out
    assert "1200.00" in ran.out


def test_an_invoice_that_leans_on_a_broken_deposit_says_so(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "salon/invoices/1-acompte.yaml": "kind: deposit\nlines: [{text: A, price: 1}]\n",
            "salon/invoices/2-yen.yaml": f"kind: deposit\ncurrency: JPY\n{SITE}",
            "salon/invoices/3-final.yaml": f"kind: final\ndeposits: [acompte]\n{SITE}",
            "salon/invoices/4-other.yaml": f"kind: final\ndeposits: [yen]\n{SITE}",
        }
    )
    errors = [entry.get("error") for entry in listed(run, root, code=1)]
    lost = "content/salon/invoices/1-acompte.yaml:2:9: this line has no VAT rate"
    other = "content/salon/invoices/4-other.yaml:2:12: the deposit yen is in JPY, and this invoice"
    assert errors == [lost, None, lost, f"{other} in EUR"]


def test_a_broken_studio_keeps_back_what_is_taken_from_it(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "studio.yaml": "name: Atelier\nlegal: {vat_regime: franchyse}\n",
            "salon/invoices/1-own.yaml": f"currency: EUR\n{SITE}",
            "salon/invoices/2-leaning.yaml": "lines: [{text: Site, price: 1000}]\n",
        }
    )
    own, leaning = listed(run, root, code=1)
    assert own["totals"]["BT-115"] == "1200.00"
    assert leaning["error"].startswith("content/studio.yaml:2:")


def test_nothing_is_billed_yet(workspace: Workspace, run: Run) -> None:
    root = workspace()
    assert listed(run, root) == []
    assert run(root, "invoice list").out == "there is no invoice yet\n"


def test_an_issued_invoice_says_what_it_said_then(workspace: Workspace, run: Run) -> None:
    text = f"{BILLED}number: 2026-001\n{SITE}"
    root = workspace({"salon/invoice.yaml": text})
    frozen = frozen_text(root)
    changed = text.replace("1000", "1") + "payments: [{on: 2026-04-01, amount: 200}]\n"
    root = workspace({"salon/invoice.yaml": changed, "salon/issued/2026-001.json": frozen})
    (entry,) = listed(run, root)
    assert entry["totals"]["BT-112"] == "1200.00"
    assert entry["totals"]["BT-113"] == "200.00"
    assert entry["totals"]["BT-115"] == "1000.00"
    changed = text.replace(
        "lines", "currency: CHF\npayments: [{on: 2026-04-01, amount: 0.005}]\nlines"
    )
    root = workspace({"salon/invoice.yaml": changed})
    (entry,) = listed(run, root, code=1)
    assert entry["error"].endswith("0.005 has more than the 2 decimals of EUR")


def frozen_text(root: Path) -> str:
    """The document of the only invoice, as it is kept once issued."""
    studio, _ = parse_studio(read_studio(root)[0])
    portal, _ = parse_client(read_client(root, "salon")[0])
    return document_of(portal.invoices[0], portal, studio).to_json()
