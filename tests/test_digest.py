"""A mail with news, as its author gets it: what it says, in which words, and what it does not."""

import os
from collections.abc import Mapping
from pathlib import Path

from conftest import LAWFUL_CLIENT, SMALLEST, Run, Workspace, access_of_another
from digests import CLIENT, IN_FRENCH, written

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs/digest.md"


def test_a_mail_in_formal_french(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(written()), "digest", "salon")
    assert (ran.code, ran.out, ran.err) == (0, IN_FRENCH, "")


INFORMALLY: Mapping[str, str] = {
    "Claire Martin et": "Claire et",
    "votre réponse": "ta réponse",
    "À vous de jouer": "À toi de jouer",
    "votre accord": "ton accord",
    "votre espace": "ton espace",
    "répondez": "réponds",
    "Bien à vous": "À bientôt",
}


def test_a_mail_in_informal_french(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(written(form="informal")), "digest", "salon")
    said = IN_FRENCH
    for formal, informal in INFORMALLY.items():
        assert formal in said
        said = said.replace(formal, informal)
    assert ran.out == said


def test_a_mail_in_english(workspace: Workspace, run: Run) -> None:
    assert (
        run(workspace(written("en")), "digest", "salon").out
        == """\
To: Claire Martin <claire@salon.example>, Marc Petit <marc@salon.example>
Subject: News of “Site vitrine”

Hello Claire Martin and Monsieur Petit,

1 of 3 steps is done; “Pages” is under way, “Mise en ligne” comes next and one thing needs your \
answer.

New since 16 November 2026
- Delivered: Charte \u2013 Wednesday, 18 November
- Step done: Maquette \u2013 Thursday, 19 November
- Step begun: Pages \u2013 Friday, 20 November
- Les pages prennent forme \u2013 Friday, 20 November

In progress
- Pages \u2013 Planned: Tuesday, 1 December

What comes next
- Mise en ligne \u2013 Planned: 11\u201315 January 2027

Your turn
- Vos photos \u2013 Claire Martin, needed by Friday, 27 November
  Par mail.
- Charte \u2013 Waiting for your approval

All of it is in your private space:
https://portails.example/salon/

If anything is unclear, just answer this message.

Kind regards,

Nadia Ferrand
Atelier Lumen
"""
    )


def test_a_mail_in_german(workspace: Workspace, run: Run) -> None:
    said = run(workspace(written("de")), "digest", "salon").out
    assert "Subject: Neues zu „Site vitrine“\n" in said
    assert "\nNeu seit dem 16. November 2026\n" in said
    assert "\n- Pages \u2013 Geplant: Dienstag, 1. Dezember\n" in said
    assert "Claire Martin, spätestens am Freitag, 27. November\n" in said
    assert "\nAlles steht in Ihrem privaten Bereich:\nhttps://portails.example/salon/\n" in said


def test_what_is_told_begins_with_the_day_that_is_named(workspace: Workspace, run: Run) -> None:
    root = workspace(written("en"))
    said = run(root, "digest", "salon", "--since", "2026-11-20").out
    assert "Maquette" not in said.partition("In progress")[0]
    assert "- Step begun: Pages" in said
    assert "\nNew since 20 November 2026\n" in said


def test_what_is_dated_later_has_not_happened_yet(workspace: Workspace, run: Run) -> None:
    root = workspace({**written("en"), "salon/updates.yaml": "- {on: 2026-12-24, title: Noël}\n"})
    assert "Noël" not in run(root, "digest", "salon").out


def test_a_long_list_is_cut_and_counted(workspace: Workspace, run: Run) -> None:
    many = "".join(f"- {{on: 2026-11-21, title: Nouvelle {n}}}\n" for n in range(20))
    said = run(workspace({**written("en"), "salon/updates.yaml": many}), "digest", "salon").out
    assert said.count("\n- Nouvelle ") == 10
    assert "\n- and 13 more\n\nIn progress\n" in said


def test_when_nothing_is_new_there_is_no_mail(workspace: Workspace, run: Run) -> None:
    root = workspace(written())
    ran = run(root, "digest", "salon", "--since", "2026-11-21", "-o", str(root / "news.eml"))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "nothing is new since 2026-11-21: there is no mail to send\n"
    assert not (root / "news.eml").exists()


def test_the_mail_in_the_documentation_is_the_one_that_is_made(run: Run) -> None:
    ran = run(ROOT, "digest", "hartley-moss-pottery", "--today", "2026-11-24")
    before, begin, rest = GUIDE.read_text("utf-8").partition("written by make accept -->\n")
    after = rest.partition("<!-- end of digest -->")[2]
    right = f"{before}{begin}```\n{ran.out}```\n<!-- end of digest -->{after}"
    if os.environ.get("ACCEPT"):
        GUIDE.write_text(right, "utf-8")
    assert GUIDE.read_text("utf-8") == right


# --- what is not in it ---------------------------------------------------------------------------


def test_what_the_client_may_not_see_is_not_told(workspace: Workspace, run: Run) -> None:
    invoice = "approval: {by: claire, on: 2026-11-20}\nlines: [{text: Site, price: 10, vat: 20}]\n"
    root = workspace({**written("en"), "salon/invoice.yaml": f"kind: deposit\n{invoice}"})
    said = run(root, "digest", "salon").out
    for hidden in ("Ménage", "secret de métier", "nvoice", "Approval of"):
        assert hidden not in said


def test_an_issued_invoice_is_told(workspace: Workspace, run: Run) -> None:
    agreed = "---\nagreed: {by: claire, on: 2026-11-02}\n---\n\n- R1: Le site\n"
    invoice = "kind: deposit\nlines: [{text: Site, price: 10, vat: 20}]\nthanks: Merci !\n"
    files = {**written("en"), "salon/invoice.yaml": invoice, "salon/spec.md": agreed}
    files["salon/client.yaml"] = CLIENT.format(language="en", form="formal") + LAWFUL_CLIENT
    root = workspace(files)
    issued = run(root, "approve", "salon", "--by", "claire", "--on", "2026-11-21")
    assert issued.code == 0, issued.err
    said = run(root, "digest", "salon").out
    assert "- Deposit invoice 2026-001 \u2013 Monday, 23 November\n" in said


def test_an_invoice_with_the_number_of_another_client_is_not_told(
    workspace: Workspace, run: Run
) -> None:
    """The portal does not show it either: the number is the other client's."""
    agreed = "---\nagreed: {by: claire, on: 2026-11-02}\n---\n\n- R1: Le site\n"
    invoice = (
        "kind: deposit\napproval: 2026-11-18\nnumber: 2026-001\nissued: 2026-11-19\n"
        "lines: [{text: Site, price: 10, vat: 20}]\nthanks: Merci !\n"
    )
    client = CLIENT.format(language="en", form="formal") + LAWFUL_CLIENT
    files = {**written("en"), "salon/invoice.yaml": invoice, "salon/spec.md": agreed}
    files |= {"salon/client.yaml": client, "barbier/client.yaml": client}
    access = str(SMALLEST["salon/access.yaml"]).encode()
    files |= {"barbier/spec.md": agreed, "barbier/access.yaml": access_of_another("b", access)}
    files["barbier/invoice.yaml"] = invoice.replace("11-19", "11-18")
    root = workspace(files)
    told = {name: run(root, "digest", name) for name in ("salon", "barbier")}
    assert "- Deposit invoice 2026-001" in told["barbier"].out
    assert "- Step done: Maquette" in told["salon"].out
    assert "nvoice" not in told["salon"].out


def test_content_in_error_gives_no_mail(workspace: Workspace, run: Run) -> None:
    root = workspace({**written(), "salon/updates.yaml": "- {title: Sans date}\n"})
    ran = run(root, "digest", "salon")
    assert (ran.code, ran.out) == (1, "")
    assert "content/salon/updates.yaml:1:3: error[missing-field]" in ran.err
    assert ran.err.endswith("Error: there is no digest: mend the errors first\n")


def test_a_template_of_ones_own_makes_the_page(workspace: Workspace, run: Run) -> None:
    block = "{% block content %}<p>{{ view.subject }}</p>{% endblock %}"
    own = f'{{% extends "parent/digest.html" %}}{block}'
    root = workspace({**written("en"), "salon/theme/templates/digest.html": own})
    said = run(root, "digest", "salon", "--format", "html").out
    assert "<p>News of “Site vitrine”</p>" in said
    (root / "content/salon/theme/templates/digest.html").write_text("{{ view.nothing }}", "utf-8")
    ran = run(root, "digest", "salon")
    assert ran.code == 1
    assert "error[template-error]" in ran.err
    assert ran.err.endswith("Error: there is no digest: mend the theme first\n")
