"""The file for calendars: dates of a project go in, and come out as RFC 5545 wants them."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from clear import clear_pages
from conftest import LAWFUL_CLIENT, Run, Workspace

CLIENT = f"""\
{LAWFUL_CLIENT}name: Salon Martin
contacts: [{{id: claire, name: Claire Martin}}]
project:
  title: Site vitrine
  started: 2026-09-01
  due: 2026-12-14/2026-12-18
  moved: [{{on: 2026-10-20, was: 2026-12-04}}, {{was: 2026-12-10}}]
"""
STEPS = """\
- {id: plan, title: "Le plan, la liste ; le reste", started: 2026-09-01, finished: 2026-09-04}
- {id: pages, title: Les pages, started: 2026-10-01, due: 2026-12-01,
   moved: [{on: 2026-10-09, was: 2026-11-20}],
   waiting: {what: La grille des tarifs., before: 2026-11-27}}
- {id: secret, title: SECRET, internal: yes, due: 2026-11-20}
- {id: un-jour, title: Un jour}
"""
DELIVERABLES = """\
- {id: photos, title: Les photos, due: 2026-10-01/2026-10-02, delivered: 2026-10-05}
- {id: site, title: Le site, due: 2026-12-30/2027-01-02}
"""
INVOICE = """\
kind: deposit
approval: {by: claire, on: 2026-11-20}
number: 2026-021
issued: 2026-11-22
due: 2026-12-22
lines: [{text: Acompte, price: 1000, vat: {category: E, rate: 0, why: exonéré}}]
payments: [{on: 2026-11-23, amount: 400}]
thanks: Merci
"""
FULL = {
    "salon/client.yaml": CLIENT,
    "salon/spec.md": "---\nagreed: {by: claire, on: 2026-08-28}\n---\n- R1: a page\n",
    "salon/steps.yaml": STEPS,
    "salon/deliverables.yaml": DELIVERABLES,
    "salon/invoice.yaml": INVOICE,
}
BEGINNING = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//portalgen//portalgen//EN
METHOD:PUBLISH
X-WR-CALNAME:Site vitrine
BEGIN:VEVENT
SUMMARY:Début du projet (Site vitrine)
DTSTART;VALUE=DATE:20260901
DTEND;VALUE=DATE:20260902
DTSTAMP:20261123T000000Z
UID:4656ffa8f8968aa279a3f523ef71f7c5
SEQUENCE:1
LAST-MODIFIED:20260901T000000Z
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
SUMMARY:Étape terminée\u00a0: Le plan\\, la liste \\; le reste (Site vitrine)
DTSTART;VALUE=DATE:20260904
DTEND;VALUE=DATE:20260905
"""
SUFFIX = " (Site vitrine)"

Files = Mapping[str, str]
Properties = Mapping[str, str]


def _built(workspace: Workspace, run: Run, files: Files) -> dict[str, str]:
    root = workspace(files)
    ran = run(root, "build")
    assert ran.code == 0, ran.err
    return clear_pages(root)


def _file(html: str) -> tuple[str, str]:
    """The name and the text of what the button of a page hands over."""
    found = re.search(
        r'data-save="([^"]*)" data-type="text/calendar;charset=utf-8" data-text="([^"]*)"', html
    )
    assert found is not None
    return unescape(found[1]), unescape(found[2])


def _text(workspace: Workspace, run: Run, files: Files) -> str:
    return _file(_built(workspace, run, files)["salon/journal/index.html"])[1]


def _events(text: str) -> dict[str, Properties]:
    """The properties of each event, by what it says."""
    unfolded = text.replace("\n ", "")
    found: dict[str, Properties] = {}
    for block in re.findall(r"BEGIN:VEVENT\n(.*?)END:VEVENT", unfolded, re.DOTALL):
        pairs = (re.split(r"(?:;[^:]*)?:", line, maxsplit=1) for line in block.splitlines())
        properties = {name: re.sub(r"\\(.)", r"\1", value) for name, value in pairs}
        found[properties["SUMMARY"].removesuffix(SUFFIX)] = properties
    return found


def _days(event: Properties) -> tuple[str, str]:
    """The first day, and the day after the last."""
    return event["DTSTART"], event["DTEND"]


def test_the_text_is_the_same_in_every_build(workspace: Workspace, run: Run) -> None:
    text = _text(workspace, run, FULL)
    assert text[: len(BEGINNING)] == BEGINNING
    assert text == _text(workspace, run, FULL)


def test_lines_are_folded_at_75_bytes(workspace: Workspace, run: Run) -> None:
    long = STEPS.replace("Les pages", "Les pages des prestations à relire avec l’équipe" * 4)
    lines = _text(workspace, run, {**FULL, "salon/steps.yaml": long}).split("\n")
    assert max(len(line.encode()) for line in lines) == 75
    assert lines[-1] == ""


def test_every_date_of_the_project_is_there(workspace: Workspace, run: Run) -> None:
    events = _events(_text(workspace, run, FULL))
    assert {name: _days(event) for name, event in events.items()} == {
        "Début du projet": ("20260901", "20260902"),
        "Étape terminée\u00a0: Le plan, la liste ; le reste": ("20260904", "20260905"),
        "Livraison faite\u00a0: Les photos": ("20261005", "20261006"),
        "Attendu de vous\u00a0: La grille des tarifs": ("20261127", "20261128"),
        "Les pages": ("20261201", "20261202"),
        "Fin du projet": ("20261214", "20261219"),
        "À payer\u00a0: Facture d’acompte 2026-021": ("20261222", "20261223"),
        "Livraison\u00a0: Le site": ("20261230", "20270103"),
    }


def test_an_entry_that_moves_is_the_same_entry_with_a_higher_number(
    workspace: Workspace, run: Run
) -> None:
    before = _events(_text(workspace, run, FULL))["Les pages"]
    moved = STEPS.replace(
        "due: 2026-12-01,\n   moved: [",
        "due: 2026-12-09,\n   moved: [{on: 2026-11-18, was: 2026-12-01}, ",
    )
    after = _events(_text(workspace, run, {**FULL, "salon/steps.yaml": moved}))["Les pages"]
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] == "20261118T000000Z"
    assert _days(after) == ("20261209", "20261210")


def test_an_entry_that_is_done_is_the_same_entry(workspace: Workspace, run: Run) -> None:
    before = _events(_text(workspace, run, FULL))["Les pages"]
    done = STEPS.replace("due: 2026-12-01", "finished: 2026-11-30, due: 2026-12-01")
    events = _events(_text(workspace, run, {**FULL, "salon/steps.yaml": done}))
    after = events["Étape terminée\u00a0: Les pages"]
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert "Attendu de vous\u00a0: La grille des tarifs" not in events


def test_what_is_paid_or_not_approved_asks_for_nothing(workspace: Workspace, run: Run) -> None:
    paid = INVOICE.replace("amount: 400", "amount: 1000")
    withheld = INVOICE.replace("approval: ", "notes: no # ")
    for invoice in (paid, withheld):
        text = _text(workspace, run, {**FULL, "salon/invoice.yaml": invoice})
        assert not [name for name in _events(text) if "Facture" in name or "payer" in name]


def test_a_closed_project_ends_on_its_last_day(workspace: Workspace, run: Run) -> None:
    closed = f"{CLIENT}  closed: 2026-12-20\n"
    events = _events(_text(workspace, run, {**FULL, "salon/client.yaml": closed}))
    assert _days(events["Le projet est terminé"]) == ("20261220", "20261221")
    assert "Fin du projet" not in events


def test_the_plan_and_the_journal_hand_over_the_same_file(workspace: Workspace, run: Run) -> None:
    pages = _built(workspace, run, FULL)
    name, text = _file(pages["salon/plan/index.html"])
    assert name == "site-vitrine.ics"
    assert (name, text) == _file(pages["salon/journal/index.html"])


def test_nothing_internal_and_no_address_is_in_it(workspace: Workspace, run: Run) -> None:
    text = _text(workspace, run, FULL)
    assert "SECRET" not in text
    assert "20261120" not in text
    assert not re.search(r"URL|https?:|@", text)


@pytest.mark.parametrize("title", ["Site", "日本語", "a\\nb: “c”, d; e"])
def test_the_title_comes_back_as_it_was(workspace: Workspace, run: Run, title: str) -> None:
    client = CLIENT.replace("Site vitrine", f'"{title.replace(chr(92), chr(92) * 2)}"')
    name, text = _file(
        _built(workspace, run, {**FULL, "salon/client.yaml": client})["salon/plan/index.html"]
    )
    assert re.fullmatch(r"[a-z0-9-]+\.ics", name)
    assert f"Début du projet ({title})" in _events(text)
