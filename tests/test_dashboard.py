"""What the studio's dashboard says."""

import re
import shutil
from collections.abc import Mapping

import pytest
from conftest import Run, Workspace
from dashboards import SALON, article, client, invoice, lines_of, page, section, with_people
from test_canary import NO_SALON


@pytest.fixture
def studio(workspace: Workspace) -> Workspace:
    """Make a workspace whose studio has people."""
    return with_people(workspace)


def test_all_of_it(studio: Workspace, run: Run) -> None:
    root = studio(SALON)
    assert run(root, "build").code == 0
    assert lines_of(page(root)) == [
        "Dashboard",
        "Under way",
        "1",
        "Waiting for clients",
        "1",
        "To be paid",
        "€749.50",
        "What is late",
        "[after 2026-11-20]",
        "The photos 20 November 2026",
        "Salon",
        "[after 2026-11-27]",
        "Pages 27 November 2026",
        "Salon",
        "[after 2026-11-30]",
        "Backups internal 30 November 2026",
        "Salon",
        "[after 2026-12-04]",
        "Prices 1–4 December 2026",
        "Salon",
        "[after 2026-12-18]",
        "The whole project 14–18 December 2026",
        "Salon",
        "Nothing is late.",
        "Approved and not yet paid",
        "Invoice 2026-003 €749.50",
        "Salon due 1 December 2026 [after 2026-12-01] Late",
        "Waiting for the client",
        "Salon",
        "The list of prices",
        "Prices Claire Martin needed by 25 November 2026 [after 2026-11-25] Late",
        "An amount or a service?",
        "Cards",
        "Projects",
        "Salon",
        "The salon",
        "To watch The prices are missing.",
        "1 of 4 steps is done.",
        "20 November 2026 [after 2026-11-20] Late",
        "The photos",
        "27 November 2026 [after 2026-11-27] Late",
        "Pages",
        "30 November 2026 [after 2026-11-30] Late",
        "Backups internal",
    ]


def test_nothing_at_all(studio: Workspace, run: Run) -> None:
    root = studio()
    assert run(root, "build").code == 0
    html = page(root)
    assert section(html, "late") == ["Nothing is late."]
    assert section(html, "unpaid") == ["Everything that was approved is paid."]
    assert section(html, "awaited") == ["Nothing waits for a client."]
    assert article(html, "Site vitrine") == ["Salon Martin", "Site vitrine"]


def test_it_speaks_the_language_of_the_studio(studio: Workspace, run: Run) -> None:
    root = studio({**SALON, "studio.yaml": "name: Atelier Lumen\nlanguage: fr\n"})
    run(root, "build")
    html = page(root)
    assert '<html lang="fr">' in html
    assert section(html, "late")[-1] == "Rien n’est en retard."
    assert "1 sur 4 étapes est faite." in article(html, "The salon")


def test_what_needs_the_studio_comes_first(studio: Workspace, run: Run) -> None:
    root = studio(
        {
            **NO_SALON,
            **client("a", "closed: 2026-11-01, due: 2026-10-30, health: {state: late}"),
            **client("b", "due: 2027-01-02"),
            **client("c", "health: {state: late}"),
            **client("d", "due: 2026-12-24, health: {state: on track}"),
            **client("e", "health: {state: on hold}"),
            **client("f", "due: 2027-01-01", steps="- {title: Site, status: finsihed}\n"),
            "g/client.yaml": "name: G\nproject: {title: The g, due: 2026-12-01}\ndraft: yes\n",
            "g/spec.md": "- R1: A site\n",
        }
    )
    assert run(root, "build").code == 1
    html = page(root)
    titles = re.findall(r"<h3>\s*<(?:a|span)[^>]*>The (.)</", html)
    assert titles == ["f", "c", "e", "d", "b", "g", "a"]
    assert lines_of(html)[1:3] == ["Under way", "5"]
    assert article(html, "The a") == ["A", "The a", "Finished"]
    assert article(html, "The g")[2] == "Draft: not published"
    assert "The whole project 30 October 2026" not in section(html, "late")


def test_a_client_in_error_is_listed_with_what_can_be_read(studio: Workspace, run: Run) -> None:
    root = studio(SALON)
    run(root, "build")
    studio({**SALON, "salon/updates.yaml": "- {titel: News}\n"})
    assert run(root, "build").code == 1
    html = page(root)
    assert article(html, "The salon")[2] == "In error: the copy built before stays"
    assert '<h3><a href="../salon/index.html"' in html
    assert "The photos" in article(html, "The salon")
    shutil.rmtree(root / "output")
    assert run(root, "build").code == 1
    assert article(page(root), "The salon")[2] == "In error: not published"
    assert "../salon/" not in page(root)


def test_a_client_that_cannot_be_read_is_called_by_the_folder(studio: Workspace, run: Run) -> None:
    root = studio({"salon/client.yaml": "name: Salon Martin\nproject: [\n"})
    run(root, "build")
    assert article(page(root), "salon") == ["salon", "In error: not published"]


def test_a_build_of_one_client_tells_of_all(studio: Workspace, run: Run) -> None:
    root = studio({**SALON, **client("barbier", "due: 2026-12-24")})
    run(root, "build", "salon")
    html = page(root)
    assert article(html, "The barbier")[2] == "Not built yet"
    assert "The whole project 24 December 2026" in section(html, "late")
    run(root, "build")
    changed = client("barbier", "due: 2026-12-31")
    studio({**SALON, **changed})
    run(root, "build", "salon")
    assert "The whole project 31 December 2026" in section(page(root), "late")
    assert 'href="../barbier/index.html"' in page(root)


# --- invoices -------------------------------------------------------------------------------------

CREDIT = invoice("2026-009", "300", "kind: credit note\ncorrects: 2026-001\n")
UNPAID: Mapping[str, tuple[Mapping[str, str], list[str]]] = {
    "paid": (
        {"1-a": invoice("2026-001", "300", "payments: [{on: 2026-11-12, amount: 300}]\n")},
        ["Everything that was approved is paid."],
    ),
    "paid too much": (
        {"1-a": invoice("2026-001", "300", "payments: [{on: 2026-11-12, amount: 301}]\n")},
        ["Everything that was approved is paid."],
    ),
    "with a due date of its own": (
        {"1-a": invoice("2026-001", "300", "due: 2026-11-09\n")},
        ["Invoice 2026-001 €300.00", "Salon due 9 November 2026 [after 2026-11-09] Late"],
    ),
    "credited": (
        {"1-a": invoice("2026-001", "300"), "2-b": CREDIT},
        ["Everything that was approved is paid."],
    ),
    "credited in part": (
        {"1-a": invoice("2026-001", "900"), "2-b": CREDIT},
        ["Invoice 2026-001 €600.00", "Salon due 1 December 2026 [after 2026-12-01] Late"],
    ),
    "in two currencies": (
        {
            "1-a": invoice("2026-001", "900", "due: 2026-12-24\n"),
            "2-b": invoice("2026-002", "10", "currency: GBP\ndue: 2026-12-23\n"),
            "3-c": invoice("2026-003", "0.50", "due: 2026-12-25\n"),
        },
        [
            "Invoice 2026-002 £10.00",
            "Salon due 23 December 2026 [after 2026-12-23] Late",
            "Invoice 2026-001 €900.00",
            "Salon due 24 December 2026 [after 2026-12-24] Late",
            "Invoice 2026-003 €0.50",
            "Salon due 25 December 2026 [after 2026-12-25] Late",
            "Total €900.50 + £10.00",
        ],
    ),
    "held back": (
        {"1-a": invoice("2026-001", "300").replace("waived: all", "waived: nothing")},
        [
            "Everything that was approved is paid.",
            "Held back by an error",
            "2026-001",
            "Salon",
            "portalgen check says what to mend.",
        ],
    ),
    "not approved": (
        {"1-a": "approval:\nlines: [{text: SECRET, price: 1, vat: 20}]\n"},
        ["Everything that was approved is paid."],
    ),
}


@pytest.mark.parametrize("name", UNPAID)
def test_what_is_to_be_paid(name: str, studio: Workspace, run: Run) -> None:
    invoices, expected = UNPAID[name]
    files = {f"salon/invoices/{path}.yaml": text for path, text in invoices.items()}
    root = studio({**client("salon", "due: 2027-01-01"), **files})
    run(root, "build")
    assert section(page(root), "unpaid") == expected
