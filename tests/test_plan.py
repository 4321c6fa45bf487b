"""The page of the plan: dates go in, and come out told in a table and drawn on an axis."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from clear import clear_pages
from conftest import Run, Workspace

PAGE = "salon/plan/index.html"
CLIENT = """\
name: Salon Martin
contacts: [{id: claire, name: Claire Martin}]
project:
  title: Site vitrine
  started: 2026-09-01
  due: 2026-12-14/2026-12-18
  moved: [{was: 2026-12-04, why: Les photos attendent le soleil.}]
"""
STEPS = """\
- {title: Le plan, started: 2026-09-01, finished: 2026-09-04}
- {title: Les pages, started: 2026-09-07, due: 2026-12-01, moved: [{was: 2026-11-20},
   {was: 2026-11-26/2026-11-27, why: Une idée}]}
- {title: La mise en ligne, due: 2026-12-14/2026-12-18}
- {title: Un jour}
- {title: SECRET, internal: yes, started: 2025-01-01, due: 2028-01-01}
"""
DELIVERABLES = """\
- {title: Les photos, due: 2026-10-01/2026-10-02, delivered: 2026-10-05}
- {title: Le site, due: 2026-12-18}
- {title: Le guide}
"""
FULL = {
    "salon/client.yaml": CLIENT,
    "salon/steps.yaml": STEPS,
    "salon/deliverables.yaml": DELIVERABLES,
}

Files = Mapping[str, str]


@pytest.fixture
def page(workspace: Workspace, run: Run) -> str:
    return _page(workspace, run, FULL)


def _page(workspace: Workspace, run: Run, files: Files) -> str:
    return _pages(workspace, run, files)[PAGE]


def _pages(workspace: Workspace, run: Run, files: Files) -> dict[str, str]:
    root = workspace(files)
    ran = run(root, "build")
    assert ran.code == 0, ran.err
    return clear_pages(root)


def _rows(html: str) -> dict[str, str]:
    """The words of the tables, by the title of the work that they are about."""
    parts = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    texts = [
        " ".join(unescape(re.sub(r"<[^>]*>", "\n", part)).split("\n")).split() for part in parts
    ]
    return {" ".join(words[:2]): " ".join(words[2:]) for words in texts}


def _drawn(html: str, title: str) -> str:
    """What is drawn of the work of that title."""
    row = re.search(
        rf'<span class="plan-name" dir="auto">{title}</span>(.*?)</li>', html, re.DOTALL
    )
    assert row is not None
    return row[1]


# --- in words ------------------------------------------------------------------------------------


def test_a_step_is_told_with_what_was_planned_and_what_has_happened(page: str) -> None:
    rows = _rows(page)
    assert rows["Le plan"] == "– du 1er au 4 septembre 2026 Fait"
    assert rows["La mise"].startswith("en ligne du 14 au 18 décembre 2026 – À faire")
    assert rows["Un jour"] == "– – À faire"


def test_every_date_that_moved_is_told_in_turn_with_a_reason_or_without(page: str) -> None:
    assert _rows(page)["Les pages"] == (
        "1er décembre 2026 Commencé le 7 septembre 2026 En cours En retard "
        "Date déplacée : 20 novembre 2026 → nouvelle date : du 26 au 27 novembre 2026 "
        "Date déplacée : du 26 au 27 novembre 2026 → nouvelle date : 1er décembre 2026 Une idée"
    )
    top = page[page.index("<h1") : page.index('<div class="plan"')]
    assert "4 décembre 2026" in top
    assert "Les photos attendent le soleil." in top


def test_a_deliverable_is_told_once_it_has_a_date(page: str) -> None:
    rows = _rows(page)
    assert (
        rows["Les photos"] == "du 1er au 2 octobre 2026 5 octobre 2026 En attente de votre accord"
    )
    assert rows["Le site"] == "18 décembre 2026 – À venir En retard"
    assert "Le guide" not in page


def test_only_a_promise_that_is_not_kept_can_be_late(page: str) -> None:
    late = re.findall(r'data-late-after="(.*?)" hidden', page)
    assert late == ["2026-12-18", "2026-12-01", "2026-12-18", "2026-12-18"]


def test_nothing_is_late_once_the_project_is_closed(workspace: Workspace, run: Run) -> None:
    closed = CLIENT.replace("  title", "  closed: 2026-11-20\n  title")
    page = _page(workspace, run, {**FULL, "salon/client.yaml": closed})
    assert "data-late-after" not in page
    assert "data-relative" not in page.partition('<section class="plan-dates"')[0]
    assert 'data-today="x2"' not in page


def test_a_project_that_only_waits_for_its_approval_is_not_late(
    workspace: Workspace, run: Run
) -> None:
    steps = "- {title: Le plan, started: 2026-09-01, finished: 2026-09-04}\n"
    page = _page(workspace, run, {"salon/client.yaml": CLIENT, "salon/steps.yaml": steps})
    assert "data-late-after" not in page


def test_what_is_internal_moves_no_axis(page: str) -> None:
    assert "SECRET" not in page
    assert 'data-first="2026-08-31" data-days="112"' in page
    assert "2028" not in page


# --- drawn ---------------------------------------------------------------------------------------


def test_the_drawing_is_left_out_of_what_is_read_aloud(page: str) -> None:
    assert '<div class="plan" aria-hidden="true" data-plan' in page
    drawing = page[page.index('<div class="plan"') : page.index('<section class="plan-dates"')]
    assert drawing.count("<svg") == drawing.count("</svg>")
    assert not re.search(r"<a |tabindex|style=|url\(", drawing)


def test_work_that_is_done_is_a_bar_from_its_first_day_to_its_last(page: str) -> None:
    drawn = _drawn(page, "Le plan")
    # from the second day to the fifth of 112, which begin on Monday, 31 August
    assert 'class="plan-happened" x1="0.89%" x2="4.46%"' in drawn
    assert "plan-planned" not in drawn


def test_work_in_progress_ends_where_the_reader_is(page: str) -> None:
    drawn = _drawn(page, "Les pages")
    assert 'data-today="x2"' in drawn
    assert 'data-today="x"' in drawn
    assert drawn.count('class="plan-earlier"') == 2
    assert drawn.count('class="plan-arrow"') == 1


def test_a_delivery_has_a_mark_for_the_promise_and_one_for_the_day(page: str) -> None:
    assert _drawn(page, "Les photos").count("<path") == 2
    assert "plan-planned" in _drawn(page, "Les photos")
    assert 'class="plan-fill"' not in _drawn(page, "Le site")


def test_work_without_a_date_says_so(page: str) -> None:
    assert "Pas encore de date" in _drawn(page, "Un jour")


def test_the_names_of_the_axis_speak_the_language_of_the_client(
    workspace: Workspace, run: Run
) -> None:
    english = _page(workspace, run, {**FULL, "salon/client.yaml": f"language: en\n{CLIENT}"})
    assert ">Sept</text>" in english
    assert ">Today</text>" in english
    assert "<caption>The steps</caption>" in english


def test_dates_may_be_missing_at_either_end(workspace: Workspace, run: Run) -> None:
    steps = """\
- {title: Fini, finished: 2026-09-04}
- {title: Promis, due: 2026-09-04}
- {title: Commencé, started: 2026-09-04}
- {title: Reporté, moved: [{was: 2026-09-04}]}
"""
    page = _page(workspace, run, {"salon/steps.yaml": steps})
    for title in ("Fini", "Promis", "Commencé", "Reporté"):
        places = re.findall(r'\bx\d?="(-?[\d.]+)%"', _drawn(page, title))
        assert places
        assert all(0 <= float(place) <= 18 for place in places)


def test_without_any_date_there_is_no_page_and_no_tab(workspace: Workspace, run: Run) -> None:
    pages = _pages(workspace, run, {"salon/steps.yaml": "- {title: Le plan}\n"})
    assert PAGE not in pages
    assert not any("plan/index.html" in html for html in pages.values())


def test_a_date_alone_is_enough(workspace: Workspace, run: Run) -> None:
    client = "name: N\nproject: {title: T, due: 2026-12-18}\ncontacts: [{id: claire, name: C}]\n"
    page = _page(workspace, run, {"salon/client.yaml": client})
    assert "18 décembre 2026" in page
    assert "<table" not in page
