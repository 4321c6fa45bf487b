"""`portalgen new invoice`: filled in from the agreement, and good to be approved."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import LAWFUL_CLIENT, SMALLEST, TODAY, Run, Workspace
from test_interrupt import HOOK
from test_new import ENGLISH, added, content, refused

from portalgen.model.billing import Invoice
from portalgen.model.portal import Portal
from portalgen.parse import parse_client
from portalgen.read import read_client

AGREED = (
    "---\nprice: 1800\nagreed: {by: claire, on: 2026-09-01}\n---\n- R1: Le site\n- R2: Les tarifs\n"
)
COMPLETE: Mapping[str, str] = {
    "salon/spec.md": AGREED,
    "salon/steps/01-maquette.md": (
        "---\ntitle: Maquette\nfinished: 2026-10-09\ncovers: [R1, R2]\n---\nFait.\n"
    ),
}
CHANGES: Mapping[str, str] = {
    "salon/amendments/A1.md": (
        "---\ntitle: Cartes cadeaux\nagreed: {on: 2026-10-01}\nprice_change: 320.50\n---\n"
    ),
    "salon/amendments/A2.md": (
        "---\ntitle: Sans la lettre\nagreed: {on: 2026-10-02}\nprice_change: -180\n---\n"
    ),
    "salon/amendments/A3.md": "---\ntitle: En anglais\nprice_change: 260\n---\n",
}
OWN = "thanks: Merci\nlines:\n- {text: Création, price: 1800, vat: 20}\n"
WRITTEN = "# yaml-language-server: $schema=../.schemas/invoice.json\n# Mine.\nkind: invoice\n" + OWN


def portal_of(root: Path) -> Portal:
    return parse_client(read_client(root, "salon")[0])[0]


def invoice_of(root: Path, name: str) -> Invoice:
    return next(invoice for invoice in portal_of(root).invoices if invoice.id == name)


def test_the_agreed_price_in_french(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, **CHANGES})
    path, text = added(run, root, "invoice", "salon")
    assert path == "content/salon/invoice.yaml"
    assert text == (
        "# yaml-language-server: $schema=../.schemas/invoice.json\n"
        "# À relire : les lignes et le mot de remerciement sont à adapter.\n"
        "# Rien n’en sort avant l’approbation : portalgen approve salon invoice --by NOM\n"
        "kind: invoice\napproval:\n\nlines:\n"
        "  - text: Site vitrine\n    price: 1800.00\n    vat: 20\n"
        "  - text: Cartes cadeaux\n    price: 320.50\n    vat: 20\n    covers: [A1]\n"
        "  - text: Sans la lettre\n    quantity: -1\n    price: 180.00\n    vat: 20\n"
        "    covers: [A2]\n\n"
        "thanks: Merci de votre confiance, Claire Martin. Ce fut un plaisir de mener ce travail "
        "avec vous.\n"
    )


def test_a_deposit_in_english(workspace: Workspace, run: Run) -> None:
    informal = SMALLEST["salon/client.yaml"] + "address_form: informal\nlanguage: fr\n"
    root = workspace({**ENGLISH, **COMPLETE, "salon/client.yaml": informal})
    path, text = added(
        run, root, "invoice", "salon", "--kind", "deposit", "--percent", "33.3", "--price", "999.99"
    )
    assert path == "content/salon/invoices/01-deposit.yaml"
    assert text == (
        "# yaml-language-server: $schema=../../.schemas/invoice.json\n"
        "# Read it through: the lines and the thanks are yours to change.\n"
        "# Nothing of it goes out before it is approved: "
        "portalgen approve salon deposit --by NAME\n"
        "kind: deposit\napproval:\n\nlines:\n"
        '  - text: "Acompte de 33,3\u00a0%\u00a0: Site vitrine"\n    price: 333.00\n    vat: 20\n\n'
        "thanks: Merci de ta confiance, Claire Martin. C’est un plaisir de commencer ce travail "
        "avec toi.\n"
    )


def test_from_the_deposit_to_the_credit_note(workspace: Workspace, run: Run) -> None:
    root = workspace(COMPLETE)
    added(run, root, "invoice", "salon", "--kind", "deposit")
    assert run(root, "approve", "salon", "--by", "claire").code == 0
    path, _ = added(run, root, "invoice", "salon")
    assert path == "content/salon/invoices/02-solde.yaml"
    assert (invoice_of(root, "solde").kind, invoice_of(root, "solde").deposits) == (
        "final",
        ("acompte",),
    )
    ran = run(root, "approve", "salon", "--by", "claire")
    assert ran.out.startswith("2026-002: issued on 2026-11-23, salon, solde, 2160.00 EUR\n")
    words = ("invoice", "salon", "--kind", "avoir")
    ran = refused(run, root, *words)
    assert "say which: --corrects NUMBER; 2026-001 (acompte), 2026-002 (solde)" in ran.err
    path, _ = added(run, root, *words, "--corrects", "2026-002")
    assert path == "content/salon/invoices/03-avoir.yaml"
    assert invoice_of(root, "avoir").corrects == "2026-002"
    ran = run(root, "approve", "salon", "--by", "claire")
    assert ran.out.startswith("2026-003: issued on 2026-11-23, salon, avoir, 2160.00 EUR\n")
    assert run(root, "check", "--strict").code == 0


LINES = """\
approval: {by: claire, on: 2026-11-02}
thanks: Merci
lines:
- {text: "Cartes : 1", quantity: 250, unit: cartes, price: 42.5, base_quantity: 100, vat: 20,
   discounts: [{percent: 10, why: "Coin, corné"}, {amount: 1, why: b}],
   charges: [{amount: 2, why: c}], covers: [R1]}
- {text: Atelier, price: 300, vat: {category: E, rate: 0, why: "Exonéré : 261-4"}}
discounts: [{amount: 5, why: "Fidélité, encore", vat: 20}]
charges: [{percent: 1.5, why: Port, vat: {category: E, rate: 0, why: "Exonéré : 261-4"}}]
currency: EUR
"""


def test_a_credit_note_gives_back_every_line(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": LINES})
    assert run(root, "approve", "salon").code == 0
    ran = run(root, "new", "invoice", "salon", "--kind", "avoir")
    assert ran.code == 0, ran.err
    given, original = (invoice_of(root, name) for name in ("avoir", "invoice"))
    assert [line.model_dump() for line in given.lines] == [
        line.model_dump() for line in original.lines
    ]
    assert run(root, "approve", "salon", "avoir", "--by", "claire").code == 0
    frozen = [
        json.loads((root / f"content/salon/issued/2026-00{n}.json").read_text("utf-8"))
        for n in (1, 2)
    ]
    assert frozen[0]["totals"] == frozen[1]["totals"]


def test_an_invoice_that_stood_alone_moves_beside_the_new_one(
    workspace: Workspace, run: Run
) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WRITTEN.replace("\n", "\r\n")})
    assert run(root, "approve", "salon", "--by", "claire").code == 0
    before = (root / "content/salon/invoice.yaml").read_bytes()
    ran = run(root, "new", "invoice", "salon")
    assert ran.out == (
        "content/salon/invoices/02-facture.yaml\ncontent/salon/invoices/01-invoice.yaml\n"
    )
    assert ran.err.startswith(
        "content/salon/invoice.yaml is content/salon/invoices/01-invoice.yaml now"
    )
    assert not (root / "content/salon/invoice.yaml").exists()
    assert (root / "content/salon/invoices/01-invoice.yaml").read_bytes() == before.replace(
        b"=../.schemas", b"=../../.schemas"
    )
    assert run(root, "check", "--strict").code == 0
    assert run(root, "approve", "salon", "invoice").out.startswith("2026-001: issued already")


VATS: Mapping[str, tuple[Mapping[str, str], list[str], str]] = {
    "under franchise there is none": (
        {"studio.yaml": SMALLEST["studio.yaml"].replace("size: micro", "vat_regime: franchise")},
        [],
        "    price: 1800.00\n\n",
    ),
    "that of the country": (
        {"studio.yaml": SMALLEST["studio.yaml"].replace("country: France", "country: Portugal")},
        [],
        "    vat: 23\n",
    ),
    "the one that is said": ({}, ["--vat", "5.5"], "    vat: 5.5\n"),
    "the commonest on the invoices before": (
        {
            "salon/invoices/01-a.yaml": (
                "thanks: a\nlines:\n- {text: a, price: 1, vat: {category: AE, why: Inversion}}\n"
            )
        },
        [],
        "    vat: {category: AE, why: Inversion}\n",
    ),
}


@pytest.mark.parametrize("name", VATS)
def test_vat(name: str, workspace: Workspace, run: Run) -> None:
    files, options, expected = VATS[name]
    root = workspace({**COMPLETE, **files})
    ran = run(root, "new", "invoice", "salon", *options)
    assert expected in (root / ran.out.strip()).read_text("utf-8")


def test_a_client_abroad_is_pointed_out(workspace: Workspace, run: Run) -> None:
    abroad = LAWFUL_CLIENT.replace("city: Clisson", "city: Hexham, country: United Kingdom")
    client = SMALLEST["salon/client.yaml"].replace(LAWFUL_CLIENT, abroad)
    root = workspace({**COMPLETE, "salon/client.yaml": client})
    ran = run(root, "new", "invoice", "salon", "--kind", "deposit")
    assert "this client is billed in another country: see which VAT is due\n" in ran.err


def test_a_deposit_before_the_agreement(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(), "new", "invoice", "salon", "--kind", "deposit", "--price", "1000")
    assert ran.err == (
        "read it through: the lines and the thanks are yours to change\n"
        "a deposit goes out once content/salon/spec.md says who agreed to it\n"
        "once it is approved: portalgen approve salon acompte --by NAME\n"
    )


CREDIT = ["--kind", "credit-note"]
REFUSED: Mapping[str, tuple[Mapping[str, str], list[str], str]] = {
    "no price": (
        {"salon/spec.md": "- R1: Le site\n"},
        [],
        "the specification names no price\nsay it: --price 1800.00",
    ),
    "nothing issued": ({"salon/invoice.yaml": OWN}, CREDIT, "and salon has none"),
    "both forms": (
        {"salon/invoice.yaml": OWN, "salon/invoices/01-a.yaml": OWN},
        [],
        "error[both-forms]",
    ),
    "an invoice with errors": (
        {"salon/invoice.yaml": "kind: letter\n"},
        [],
        "unknown-invoice-kind",
    ),
    "a price that cannot be read": (
        {"salon/spec.md": AGREED.replace("1800", "1 800")},
        [],
        "error[number-form]",
    ),
    "an agreed change that cannot be read": (
        {"salon/amendments/A1.md": "---\ntitle: x\nprice_change: 1 00\n---\n- R3: x\n"},
        [],
        "error[number-form]",
    ),
    "a country without a rate": (
        {"studio.yaml": SMALLEST["studio.yaml"].replace("country: France", "country: Japan")},
        [],
        "say it: --vat 20",
    ),
    "a studio with errors": (
        {"studio.yaml": "language: [\n"},
        [],
        "content/studio.yaml has errors",
    ),
    "a percentage of an invoice": ({}, ["--percent", "30"], "add --kind deposit"),
    "an unknown kind": (
        {},
        ["--kind", "acomte"],
        'did you mean "deposit"? the kinds are: invoice, deposit, final, credit-note',
    ),
    "more than all": ({}, ["--kind", "deposit", "--percent", "130"], "100 at most"),
    "a price as one says it": ({}, ["--price", "1 800,00 €"], "write 1800.00"),
    "something that is corrected": ({}, ["--corrects", "2026-001"], "add --kind credit-note"),
    "a price of a credit note": ({}, [*CREDIT, "--price", "1"], "has the lines of the invoice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_written(name: str, workspace: Workspace, run: Run) -> None:
    files, options, said = REFUSED[name]
    root = workspace({**COMPLETE, **files})
    assert said in refused(run, root, "invoice", "salon", *options).err


def test_nothing_goes_through_a_link(
    workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root, elsewhere = workspace(COMPLETE), tmp_path_factory.mktemp("elsewhere")
    (root / "content/salon/invoices").symlink_to(elsewhere)
    ran = refused(run, root, "invoice", "salon", "--kind", "deposit")
    assert "content/salon/invoices is no folder of its own" in ran.err
    assert list(elsewhere.iterdir()) == []


def test_a_file_in_the_way_moves_nothing(workspace: Workspace, run: Run) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WRITTEN})
    (root / "content/salon/invoices").write_text("in the way", "utf-8")
    ran = refused(run, root, "invoice", "salon")
    assert "nothing was written" in ran.err.lower()


@pytest.mark.parametrize("moment", [2, 4, 6, 8])
def test_an_interruption_is_finished_by_approve(
    moment: int, workspace: Workspace, run: Run
) -> None:
    root = workspace({**COMPLETE, "salon/invoice.yaml": WRITTEN})
    before = content(root)
    (root / "hook").mkdir()
    (root / "hook/sitecustomize.py").write_text(HOOK, "utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(root / "hook"),
        "HOOK_LOG": str(root / "log"),
        "HOOK_STOP": f"KILL:{moment}",
        "HOOK_OUTPUT": "/approving/.fresh-journal",
    }
    command = [sys.executable, "-m", "portalgen", "new", "invoice", "salon", "--today", TODAY]
    ran = subprocess.run(command, env=environment, cwd=root, capture_output=True, check=False)
    assert ran.returncode < 0
    if content(root) != before or (root / ".portalgen/approving/journal.json").exists():
        said = "a new invoice for salon was cut off before all its files were written"
        assert said in run(root, "check").err
        assert "portalgen approve" in run(root, "new", "invoice", "salon").err
        assert "is finished now" in run(root, "approve").out
        assert set(content(root)) - set(before) == {
            *("salon/invoices/01-invoice.yaml", "salon/invoices/02-facture.yaml"),
        }
    assert run(root, "check").code == 0
