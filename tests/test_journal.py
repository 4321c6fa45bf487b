"""The journal and what may be new: dates go in, and come out as a thread of dated events."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from clear import clear_pages
from conftest import LAWFUL_CLIENT, Run, Workspace

CLIENT = f"""\
{LAWFUL_CLIENT}name: Salon Martin
language: en
contacts: [{{id: claire, name: Claire Martin}}]
project:
  title: New site
  started: 2026-09-01
  due: 2026-12-14/2026-12-18
  moved: [{{on: 2026-10-20, was: 2026-12-04}}, {{was: 2026-12-10}}]
  closed: 2026-12-20
"""
SPEC = """\
---
agreed: {by: claire, on: 2026-08-28}
---
- R1: a page
"""
STEPS = """\
- {id: plan, title: The plan, started: 2026-09-01, finished: 2026-09-04}
- {id: form, title: The form, started: 2026-10-01, moved: [{on: 2026-10-09, was: 2026-11-20}]}
- {id: margin, title: HIDDEN, internal: yes, started: 2026-09-02, finished: 2026-09-03}
- {id: later, title: Some day, due: 2026-12-30}
"""
DELIVERABLES = """\
- {id: site, title: The site, version: 2, delivered: 2026-10-02, covers: [R1],
   approved: {by: claire, on: 2026-10-05}, accounts: [
   {for: Hosting, given: 2026-10-02, received: 2026-10-06}, {for: Domain, given: 2026-10-02}]}
- {id: guide, title: The guide, due: 2026-12-18}
"""
CORRECTIONS = """\
- {id: C1, on: 2026-10-03, about: site, done: 2026-10-05, text: Softer}
- {id: C2, on: 2026-10-04, about: margin, withdrawn: 2026-10-06, text: Larger}
"""
AMENDMENTS = """\
- {id: A1, title: A shop, agreed: {by: claire, on: 2026-10-12}}
- {id: A2, title: A proposal}
"""
INVOICE = """\
approval: {by: claire, on: 2026-11-20, waived: all}
number: 2026-021
issued: 2026-11-22
lines: [{text: The site, price: 1000, vat: {category: E, rate: 0, why: exempt}}]
payments: [{on: 2026-11-23, amount: 400}, {on: 2026-11-23, amount: 600}]
thanks: Thank you
"""
FULL = {
    "salon/client.yaml": CLIENT,
    "salon/spec.md": SPEC,
    "salon/steps.yaml": STEPS,
    "salon/deliverables.yaml": DELIVERABLES,
    "salon/corrections.yaml": CORRECTIONS,
    "salon/amendments.yaml": AMENDMENTS,
    "salon/updates.yaml": "- {on: 2026-10-02, title: First news, by: claire, text: 'All *well*'}\n",
    "salon/invoice.yaml": INVOICE,
}
THREAD = """\
December 2026
20 December 2026 The project is finished -> index
November 2026
23 November 2026 Payment received: €600.00 -> invoice
23 November 2026 Payment received: €400.00 -> invoice
22 November 2026 Invoice 2026-021 -> invoice
20 November 2026 Approval of the whole work -> invoice
October 2026
20 October 2026 New date for the project: 10 December 2026 (before: 4 December 2026) -> plan
12 October 2026 Agreement on a change: A shop -> spec#amendment-1
9 October 2026 No date yet for “The form” (before: 20 November 2026) -> index#on-form
6 October 2026 Correction no. 2 withdrawn -> corrections#correction-2
6 October 2026 Access received: Hosting -> deliverables#on-site
5 October 2026 Correction no. 1 made (The site) -> corrections#correction-1
5 October 2026 Approved: The site -> deliverables#on-site
4 October 2026 Correction no. 2 asked for -> corrections#correction-2
3 October 2026 Correction no. 1 asked for (The site) -> corrections#correction-1
2 October 2026 Claire Martin First news All well -> journal#news-1
2 October 2026 Access handed over: Domain -> deliverables#on-site
2 October 2026 Access handed over: Hosting -> deliverables#on-site
2 October 2026 Delivered: The site, version 2 -> deliverables#on-site
1 October 2026 Step begun: The form -> index#on-form
September 2026
4 September 2026 Step done: The plan -> index#on-plan
1 September 2026 Step begun: The plan -> index#on-plan
1 September 2026 Beginning of the project -> plan
August 2026
28 August 2026 Agreement on the specification -> spec
"""

Files = Mapping[str, str]
Pages = dict[str, str]


@pytest.fixture
def pages(workspace: Workspace, run: Run) -> Pages:
    return _pages(workspace, run, FULL)


def _pages(workspace: Workspace, run: Run, files: Files) -> Pages:
    """Every page of the salon's portal by its name."""
    root = workspace(files)
    ran = run(root, "build")
    assert ran.code == 0, ran.err
    built = clear_pages(root).items()
    return {path.split("/")[-2].replace("salon", "index"): html for path, html in built}


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _place(href: str, page: str) -> str:
    """A page's name, and where on it."""
    path, _, anchor = href.partition("#")
    folder = path.removesuffix("index.html").strip("./")
    name = (re.sub("^invoice-.*", "invoice", folder) or "index") if path else page
    return f"{name}#{anchor}".removesuffix("#").removesuffix("#content")


def _thread(html: str) -> str:
    """The thread of the journal as text, each line with where it leads."""
    body = html[html.index('<div class="thread">') : html.index("</main>")]
    lines = []
    for heading, item in re.findall(r"<h2[^>]*>(.*?)</h2>|<li[^>]*>(.*?)</li>", body, re.DOTALL):
        found = re.search(r'<a href="([^"]*)"|<article[^>]* id="([^"]*)"', item)
        target = found and (found[1] or f"#{found[2]}")
        lines.append(heading or f"{_words(item)} -> {_place(target or '', 'journal')}")
    return "\n".join([*lines, ""])


def _events(pages: Pages) -> dict[str, tuple[str, str]]:
    """What may be new: text and place, by id, as the first page lists it."""
    items = re.findall(
        r'<li data-event="([0-9a-f]{10})" hidden>(.*?)<a href="([^"]*)" dir="auto">(.*?)</a></li>',
        pages["index"],
        re.DOTALL,
    )
    return {name: (unescape(text), _place(href, "index")) for name, _, href, text in items}


def _ids_on_tabs(html: str) -> dict[str, list[str]]:
    """The events by the page that tells them, as its tab has them."""
    tabs = re.findall(r'<li><a href="([^"]*)"[^>]* data-events="([^"]*)"', html)
    return {_place(href, ""): said.split() for href, said in tabs}


# --- the thread ----------------------------------------------------------------------------------


def test_everything_dated_is_told_in_one_thread(pages: Pages) -> None:
    assert _thread(pages["journal"]) == THREAD


def test_what_is_internal_is_no_event(pages: Pages) -> None:
    assert "HIDDEN" not in "".join(pages.values())


def test_without_approval_no_invoice_is_told(workspace: Workspace, run: Run) -> None:
    closed_gate = {**FULL, "salon/invoice.yaml": INVOICE.replace("approval:", "notes: a #")}
    thread = _thread(_pages(workspace, run, closed_gate)["journal"])
    assert thread == re.sub(r"November 2026\n(.*-> invoice\n)+", "", THREAD)


def test_a_portal_without_any_date_says_so(workspace: Workspace, run: Run) -> None:
    pages = _pages(workspace, run, {})
    assert "Les nouvelles du projet seront présentées ici." in pages["journal"]
    assert "data-news" not in pages["index"]
    assert "data-save" not in pages["journal"]


def test_months_and_facts_are_in_the_language_of_the_client(workspace: Workspace, run: Run) -> None:
    french = CLIENT.replace("language: en", "language: fr")
    thread = _thread(_pages(workspace, run, {**FULL, "salon/client.yaml": french})["journal"])
    assert thread.startswith("décembre 2026\n20 décembre 2026 Le projet est terminé -> index\n")
    assert "Nouvelle date pour le projet : 10 décembre 2026 (avant : 4 décembre 2026)" in thread
    assert "Correction n° 1 faite (The site)" in thread


# --- what may be new -----------------------------------------------------------------------------


def test_the_first_page_lists_every_event(pages: Pages) -> None:
    told = [line.partition(" 2026 ")[2] for line in THREAD.splitlines() if "->" in line]
    listed = [f"{text} -> {place}" for text, place in _events(pages).values()]
    assert listed == [
        line.replace("Claire Martin First news All well", "First news") for line in told
    ]


def test_every_tab_has_the_events_of_its_page(pages: Pages) -> None:
    events = _events(pages)
    on_tabs = _ids_on_tabs(pages["journal"])
    assert on_tabs == _ids_on_tabs(pages["index"])
    found = {
        said.partition("#")[0]: page for page, all_said in on_tabs.items() for said in all_said
    }
    assert found == {name: place.partition("#")[0] for name, (_, place) in events.items()}
    for page, all_said in on_tabs.items():
        for said in all_said:
            name, _, anchor = said.partition("#")
            assert anchor == events[name][1].partition("#")[2]
            assert not anchor or f'id="{anchor}"' in pages[page]


def test_the_journal_marks_its_lines_with_the_same_ids(pages: Pages) -> None:
    assert re.findall(r'data-event="([^"]*)"', pages["journal"]) == list(_events(pages))


def test_an_event_keeps_its_id_when_others_come_and_texts_change(
    workspace: Workspace, run: Run
) -> None:
    before = _events(_pages(workspace, run, FULL))
    changed = {
        **FULL,
        "salon/steps.yaml": f"- {{title: A new one, started: 2026-08-01}}\n{STEPS}".replace(
            "title: The plan", "title: The plan reworded"
        ),
        "salon/client.yaml": CLIENT.replace("language: en", "language: fr"),
    }
    after = _events(_pages(workspace, run, changed))
    assert before.keys() < after.keys()
    assert [after[name][0] for name in after.keys() - before.keys()] == [
        "Étape commencée\u00a0: A new one"
    ]


def test_a_fact_on_another_day_is_another_event(workspace: Workspace, run: Run) -> None:
    before = _events(_pages(workspace, run, FULL))
    again = DELIVERABLES.replace(
        "version: 2, delivered: 2026-10-02", "version: 3, delivered: 2026-11-02"
    )
    after = _events(_pages(workspace, run, {**FULL, "salon/deliverables.yaml": again}))
    assert [before[name][0] for name in before.keys() - after.keys()] == [
        "Delivered: The site, version 2"
    ]
    assert [after[name][0] for name in after.keys() - before.keys()] == [
        "Delivered: The site, version 3"
    ]


def test_ids_differ_between_portals(workspace: Workspace, run: Run) -> None:
    other = {path.replace("salon/", "bakery/"): text for path, text in FULL.items()}
    other |= {"bakery/invoice.yaml": INVOICE.replace("021", "022")}
    access = workspace(FULL) / "content/salon/access.yaml"
    root = workspace({**FULL, **other, "bakery/access.yaml": access.read_text("utf-8")})
    assert run(root, "build").code == 0
    ids = {
        path: set(re.findall(r'data-event="([^"]*)"', html))
        for path, html in clear_pages(root).items()
    }
    assert len(ids["bakery/index.html"]) == len(ids["salon/index.html"]) > 0
    assert not ids["bakery/index.html"] & ids["salon/index.html"]
