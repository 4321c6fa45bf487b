"""The specification followed to the work, and the page of what holds today."""

import re
from collections.abc import Mapping
from decimal import Decimal
from html import unescape

import pytest
from clear import clear_pages
from conftest import Run, Workspace

from portalgen.agreement import price_today
from portalgen.parse import parse_client
from portalgen.read import read_client

STUDIO = "name: Atelier Lumen\nlanguage: en\n"
FRANCHISE = f"{STUDIO}legal: {{vat_regime: franchise}}\n"
CLIENT = """\
name: Salon Martin
language: en
contacts: [{id: claire, name: Claire Martin}, {id: paul, name: Paul Roux}]
project: {title: Site vitrine, due: 2027-01-15}
"""
SPEC = """\
---
version: "1.2"
price: 1800.00
agreed: {by: claire, on: 2026-09-01, via: meeting}
---
- R1: a shop
  - R1.1: a basket
  - R1.2: a till
- R2: a map
- R3: a song
"""
STEPS = """\
- {title: Baskets, finished: 2026-10-01, covers: [R1.1]}
- {title: Tills, started: 2026-10-02, covers: [R1.2]}
- {title: SECRET, internal: yes, started: 2026-10-02, finished: 2026-10-03, covers: [R2, R3]}
"""
DELIVERABLES = """\
- {title: The basket, delivered: 2026-10-05, covers: [R1.1]}
- {title: The shop, due: 2026-12-18, covers: [R1]}
"""
AMENDMENTS = """\
- {id: A1, title: Gift cards, why: It is nearly Christmas., price_change: 240.10,
   agreed: {by: paul, on: 2026-10-12}, text: "- R4: a card"}
- {id: A2, title: No songs, removes: [R3], agreed: {by: claire, on: 2026-10-20}}
- {id: A3, title: In English, removes: [R1], price_change: 99, due_change: 2027-03-01,
   text: "- R5: in English"}
- {id: A4, title: Cheaper, price_change: -0.20, due_change: 2027-02-01/2027-02-05,
   agreed: {by: claire, on: 2026-11-02}}
"""
FULL = {
    "studio.yaml": STUDIO,
    "salon/client.yaml": CLIENT,
    "salon/spec.md": SPEC,
    "salon/steps.yaml": STEPS,
    "salon/deliverables.yaml": DELIVERABLES,
    "salon/amendments.yaml": AMENDMENTS,
}

Files = Mapping[str, str | None]


class Built:
    """The pages of a build, as text."""

    def __init__(self, workspace: Workspace, run: Run) -> None:
        self._workspace, self._run = workspace, run

    def html(self, page: str, files: Files = FULL) -> str:
        root = self._workspace({**FULL, **files})
        ran = self._run(root, "build")
        assert ran.code == 0, ran.err
        return clear_pages(root)[f"salon/{page}/index.html"]

    def text(self, page: str, files: Files = FULL) -> str:
        return text_of(self.html(page, files))


@pytest.fixture
def built(workspace: Workspace, run: Run) -> Built:
    return Built(workspace, run)


def text_of(html: str) -> str:
    """What a reader reads of the main part of a page, or of a piece of it."""
    body = html[html.index("<main") : html.index("</main>")] if "<main" in html else html
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0].strip()


def rows(html: str) -> dict[str, str]:
    """The requirements that the page of the specification follows, by number."""
    items = re.findall(r'<li class="point .*?(?=<li class="point|</ol>)', html, re.DOTALL)
    texts = [text_of(item) for item in items]
    return dict(text.split(" ", 1) for text in texts)


# --- the specification ---------------------------------------------------------------------------


def test_each_point_is_followed_to_the_work_and_what_is_received(built: Built) -> None:
    assert rows(built.html("spec")) == {
        "R1": "a shop In progress What you receive The shop Still to come",
        "R1.1": (
            "a basket Done The work Baskets Done"
            " What you receive The basket Waiting for your approval The shop Still to come"
        ),
        "R1.2": "a till In progress The work Tills In progress"
        " What you receive The shop Still to come",
        "R2": "a map Done",
        "R4": "a card To do to be planned",
    }


def test_the_count_is_of_the_smallest_points(built: Built) -> None:
    assert "2 of 4 points agreed are done." in built.text("spec")


def test_a_parent_is_done_when_all_its_children_are(built: Built) -> None:
    done = STEPS.replace(
        "started: 2026-10-02, covers: [R1.2]", "finished: 2026-10-02, covers: [R1.2]"
    )
    found = rows(built.html("spec", {"salon/steps.yaml": done, "salon/deliverables.yaml": None}))
    assert found["R1"] == "a shop Done"


def test_a_parent_has_begun_as_soon_as_one_child_is_served(built: Built) -> None:
    files = {
        "salon/steps.yaml": None,
        "salon/deliverables.yaml": "- {title: Till, delivered: 2026-10-05, covers: [R1.2]}\n",
    }
    found = rows(built.html("spec", files))
    assert found["R1"] == "a shop In progress"
    assert found["R1.1"] == "a basket To do to be planned"


def test_what_is_internal_is_named_nowhere(built: Built) -> None:
    for page in ("spec", "agreement"):
        assert "SECRET" not in built.html(page)


def test_amendments_say_what_changes_and_what_it_costs(built: Built) -> None:
    text = built.text("spec").partition("What changed since")[2]
    assert "Amendment A1 Gift cards It is nearly Christmas. R4: a card Added R4" in text
    assert "Price, without VAT +€240.10 Agreement Paul Roux, 12 October 2026" in text
    assert "Amendment A2 No songs Removed R3 a song Price, without VAT No change of price" in text
    proposal = between(text, "Amendment A3 proposal", "Amendment A4")
    assert proposal == (
        "In English R5: in English It would add R5 It would remove R1 a shop"
        " R1.1 a basket R1.2 a till Price, without VAT +€99.00 New date 1 March 2027"
        " Agreement not agreed yet"
    )


@pytest.mark.parametrize(("own", "shown"), [("A7", "A7"), ("amendment-07", "7")])
def test_an_amendment_has_the_number_of_its_id(built: Built, own: str, shown: str) -> None:
    kept = AMENDMENTS.replace("id: A1,", f"id: {own},")
    assert f"Amendment {shown} Gift cards" in built.text("spec", {"salon/amendments.yaml": kept})


def test_an_amendment_has_its_place_for_a_number_when_ids_are_words(built: Built) -> None:
    kept = AMENDMENTS.replace("id: A1,", "id: gifts,")
    text = built.text("spec", {"salon/amendments.yaml": kept})
    assert "Amendment 1 Gift cards" in text
    assert "Amendment 2 No songs" in text


def test_an_agreement_that_is_not_there_yet_is_said_plainly(built: Built) -> None:
    files = {
        "salon/spec.md": SPEC.replace("agreed: {by: claire", "# {"),
        "salon/amendments.yaml": None,
    }
    assert "Agreement not agreed yet" in built.text("spec", files)
    text = built.text("agreement", files)
    assert text.startswith("The agreement today The specification is still a proposal.")
    assert "Price proposed €1,800.00" in text
    assert "What is proposed Specification, version 1.2 R1 a shop" in text
    assert "Who agreed, and when Specification, version 1.2 not agreed yet" in text


# --- what holds today ----------------------------------------------------------------------------


def test_the_points_in_force_say_where_they_come_from(built: Built) -> None:
    text = built.text("agreement")
    assert between(text, "What was agreed", "Proposals") == (
        "Specification, version 1.2 R1 a shop R1.1 a basket R1.2 a till R2 a map"
        " Amendment A1 of 12 October 2026 R4 a card"
        " What was removed Removed by: Amendment A2 of 20 October 2026 R3 a song"
    )


def test_proposals_stand_apart_and_count_for_nothing(built: Built) -> None:
    text = built.text("agreement")
    assert between(text, "Proposals", "The price") == (
        "Not agreed yet: none of this counts above. Amendment A3 not agreed yet In English"
        " It would add R5 in English It would remove R1 a shop R1.1 a basket R1.2 a till"
        " Price, without VAT +€99.00 New date 1 March 2027"
    )


def test_the_price_shows_its_sum(built: Built) -> None:
    text = built.text("agreement")
    assert "Price today, without VAT €2,039.90 The date 1–5 February 2027" in text
    assert between(text, "The price", "The date") == (
        "Specification, version 1.2 €1,800.00 Amendment A1 of 12 October 2026 +€240.10"
        " Amendment A4 of 2 November 2026 \u2212€0.20 Price today €2,039.90 Amounts without VAT."
    )


def test_the_price_is_exact_beyond_the_digits_that_python_keeps(workspace: Workspace) -> None:
    change = (
        "- {title: More, price_change: 999999999999999.000000000001, agreed: {on: 2026-10-12}}\n"
    )
    files = {
        "salon/spec.md": SPEC.replace("1800.00", "999999999999999"),
        "salon/amendments.yaml": "".join(change.replace("More", f"More {n}") for n in range(11)),
    }
    folder, _ = read_client(workspace({**FULL, **files}), "salon")
    portal, _ = parse_client(folder)
    assert price_today(portal) == Decimal("11999999999999988.000000000011")


def test_nothing_is_said_of_a_price_that_was_never_named(built: Built) -> None:
    files = {
        "salon/spec.md": SPEC.replace("price: 1800.00\n", ""),
        "salon/amendments.yaml": "- {title: More, agreed: {on: 2026-10-12}}\n",
    }
    for page in ("spec", "agreement"):
        assert "rice" not in built.text(page, files)


def test_a_studio_without_vat_prints_none(built: Built) -> None:
    for page in ("spec", "agreement"):
        text = built.text(page, {"studio.yaml": FRANCHISE})
        assert "€1,800.00" in text
        assert "VAT" not in text


def test_the_date_is_the_last_that_was_agreed(built: Built) -> None:
    text = built.text("agreement").partition("Amounts without VAT. The date")[2]
    assert text.strip().startswith(
        "1–5 February 2027 Set by: Amendment A4 of 2 November 2026 Planned now: 15 January 2027"
    )


def test_without_amendments_the_date_is_the_projects(built: Built) -> None:
    moved = CLIENT.replace("due: 2027-01-15", "due: 2027-01-15, moved: [{was: 2026-12-18}]")
    text = built.text("agreement", {"salon/client.yaml": moved, "salon/amendments.yaml": None})
    assert "The date 15 January 2027 Date moved: 18 December 2026" in text
    assert "Set by" not in text


def test_it_says_who_agreed_to_what_and_when(built: Built) -> None:
    text = built.text("agreement").partition("Who agreed, and when")[2]
    assert text.strip() == (
        "Specification, version 1.2 Claire Martin, 1 September 2026 (meeting)"
        " Amendment A1 of 12 October 2026 Gift cards Paul Roux, 12 October 2026"
        " Amendment A2 of 20 October 2026 No songs Claire Martin, 20 October 2026"
        " Amendment A4 of 2 November 2026 Cheaper Claire Martin, 2 November 2026"
    )


def test_the_specification_leads_there_and_back(built: Built) -> None:
    assert 'href="../agreement/index.html">The agreement today</a>' in built.html("spec")
    html = built.html("agreement")
    assert 'href="../spec/index.html">Read the specification</a>' in html
    assert 'href="../spec/index.html#r1.1">R1.1</a>' in html
    assert 'href="../spec/index.html#amendment-2">' in html
    assert 'aria-current="page"' not in html


def test_a_specification_without_points_says_so(built: Built) -> None:
    files: Files = {
        "salon/spec.md": "We shall see.\n",
        "salon/amendments.yaml": None,
        "salon/steps.yaml": None,
        "salon/deliverables.yaml": None,
    }
    assert "The points we agree on will be shown here." in built.text("agreement", files)
    assert "Where each point stands" not in built.text("spec", files)


@pytest.mark.parametrize("form", ["formal", "informal"])
def test_it_speaks_french(built: Built, form: str) -> None:
    client = CLIENT.replace("language: en", f"language: fr\naddress_form: {form}")
    text = built.text("spec", {"salon/client.yaml": client})
    assert "2 faits sur 4 points convenus." in text
    assert ("Vous avez demandé" if form == "formal" else "Tu as demandé") in text
    text = built.text("agreement", {"salon/client.yaml": client})
    assert "Avenant A1 du 12 octobre 2026" in text
    assert "Retiré par : Avenant A2 du 20 octobre 2026 R3 a song" in text
    assert "Prix aujourd’hui 2 039,90 €" in text.replace("\u202f", " ").replace("\xa0", " ")


def test_three_hundred_points_of_three_hundred_signs(built: Built) -> None:
    spec = "".join(f"- R{n}: مرحبا 👩🏽‍🎨 <b>{'long' * 70}</b>\n" for n in range(1, 301))
    files: Files = {
        "salon/spec.md": spec,
        "salon/steps.yaml": None,
        "salon/deliverables.yaml": None,
        "salon/amendments.yaml": None,
    }
    found = rows(built.html("spec", files))
    assert list(found) == [f"R{n}" for n in range(1, 301)]
    assert found["R300"].startswith("مرحبا 👩🏽‍🎨 <b>longlong")
    assert built.html("agreement", files).count("&lt;b&gt;longlong") == 300
