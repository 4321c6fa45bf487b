"""The sentence on where the project stands, whatever the facts are."""

import pytest
from rendered import CLIENT, portal_of, scope_of

from portalgen.language import Form
from portalgen.model.portal import Portal
from portalgen.render.standing import standing

DONE = "- {id: a, title: A, finished: 2026-09-04, covers: [R1]}\n"
ALSO_DONE = "- {id: b, title: B, finished: 2026-09-05}\n"
GOING = "- {id: c, title: C, started: 2026-09-06}\n"
ALSO_GOING = "- {id: d, title: D, started: 2026-09-07}\n"
AHEAD = "- {id: e, title: E}\n"
LATER = "- {id: f, title: F}\n"
INTERNAL = "- {id: g, title: G, started: 2026-09-06, internal: yes, question: Why?}\n"
ON_HOLD = CLIENT.replace("New site}", "New site, health: {state: on hold}}")
MANY = "".join(f"- {{id: m{n}, title: M{n}, started: 2026-09-06}}\n" for n in range(5))


def _asking(step: str, what: str) -> str:
    return step.replace("}\n", f", {what}}}\n")


WAITING_GOING = _asking(GOING, "waiting: {what: Prices}")
WAITING_AHEAD = _asking(AHEAD, "waiting: {what: Prices}")
ASKED_AHEAD = _asking(AHEAD, "question: Which day?")


def _said(steps: str, language: str = "en", form: Form = "formal", **files: str) -> str:
    return _told(portal_of(**({"steps": steps} if steps else {}), **files), language, form)


def _told(portal: Portal, language: str = "en", form: Form = "formal") -> str:
    return standing(scope_of(portal, language, form), portal.invoices)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("", "The steps of the project will be shown here."),
        (INTERNAL, "The steps of the project will be shown here."),
        (AHEAD, "One step is planned, “E”."),
        (AHEAD + LATER, "2 steps are planned; “E” comes first."),
        (GOING, "The work has begun; “C” is under way."),
        (GOING + AHEAD, "The work has begun; “C” is under way, and “E” comes next."),
        (DONE + AHEAD, "1 of 2 steps is done; “E” comes next."),
        (DONE + GOING + INTERNAL, "1 of 2 steps is done; “C” is under way."),
        (
            DONE + ALSO_DONE + GOING + ALSO_GOING + AHEAD,
            "2 of 5 steps are done; “C” and “D” are under way, and “E” comes next.",
        ),
        (DONE + MANY, "1 of 6 steps is done; “M0”, “M1” and 3 more are under way."),
        (
            DONE + GOING + ASKED_AHEAD,
            (
                "1 of 3 steps is done; “C” is under way, “E” comes next and one thing needs your "
                "answer."
            ),
        ),
        (
            DONE + WAITING_GOING + AHEAD,
            "1 of 3 steps is done; “C” can go on once we have what we need from you.",
        ),
        (
            DONE + WAITING_GOING + ASKED_AHEAD,
            (
                "1 of 3 steps is done; “C” can go on once we have what we need from you, and one "
                "more thing needs your answer."
            ),
        ),
        (
            DONE + WAITING_AHEAD,
            "1 of 2 steps is done; “E” can go on once we have what we need from you.",
        ),
    ],
)
def test_the_sentence_tells_what_is_done_goes_on_and_comes_next(steps: str, said: str) -> None:
    assert _said(steps) == said


def test_a_long_title_is_cut_short() -> None:
    title = "The pages of the shop, of the workshop, and of all that we agreed on in June this year"
    said = _said(AHEAD.replace("title: E", f'title: "{title}"') + LATER)
    cut = title.removesuffix(" this year")
    assert said == f"2 steps are planned; “{cut}…” comes first."


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("", "The project is on hold."),
        (AHEAD + LATER, "2 steps are planned; the project is on hold, and “E” comes first."),
        (
            DONE + WAITING_GOING + AHEAD,
            (
                "1 of 3 steps is done; the project is on hold, “C” will go on afterwards and one "
                "thing needs your answer."
            ),
        ),
    ],
)
def test_a_project_on_hold_says_how_it_will_go_on(steps: str, said: str) -> None:
    assert _said(steps, client=ON_HOLD) == said


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "only your approval of the whole is still to come"),
        ({"deliverables": "- {id: x, title: X}\n"}, "“X” is still to be delivered"),
        ({"corrections": "- {id: C1, text: Red}\n"}, "one point is still open"),
        ({"invoice": "approval: yes\nlines: [{text: T, price: 1}]\n"}, "your invoice is ready"),
    ],
)
def test_once_every_step_is_done_it_tells_what_is_left(files: dict[str, str], said: str) -> None:
    portal = portal_of(steps=DONE + ALSO_DONE, **files)
    assert _told(portal) == f"All 2 steps are done; {said}."


def test_what_the_client_goes_without_is_not_still_to_come() -> None:
    invoice = "approval: {on: 2026-11-02, waived: [x]}\nlines: [{text: T, price: 1}]\n"
    portal = portal_of(steps=DONE, deliverables="- {id: x, title: X}\n", invoice=invoice)
    assert standing(scope_of(portal), ()) == "The only step is done."


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (
            "formal",
            (
                "1 étape sur 2 est faite\u202f; «\u00a0C\u00a0» pourra avancer dès que nous aurons "
                "ce qu’il nous faut de votre part."
            ),
        ),
        (
            "informal",
            (
                "1 étape sur 2 est faite\u202f; «\u00a0C\u00a0» pourra avancer dès que nous aurons "
                "ce qu’il nous faut de ta part."
            ),
        ),
    ],
)
def test_the_client_is_addressed_in_their_form(form: Form, said: str) -> None:
    assert _said(DONE + WAITING_GOING, "fr", form) == said


def test_french_agrees_with_the_numbers() -> None:
    assert _said(DONE + ALSO_DONE + GOING + ALSO_GOING + ASKED_AHEAD, "fr") == (
        "2 étapes sur 5 sont faites\u202f; «\u00a0C\u00a0» et «\u00a0D\u00a0» sont en cours, "
        "«\u00a0E\u00a0» vient ensuite et un point attend votre réponse."
    )
