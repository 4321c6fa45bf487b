"""The first page and the page of the corrections, as a client reads them."""

import re

import pytest
from rendered import CLIENT, STUDIO, pages_of, portal_of, scope_of, text_of

from portalgen.render.before_invoice import before_invoice
from portalgen.render.corrections import summary_of

DONE = "".join(f"- {{id: s{n}, title: Step {n}, finished: 2026-09-0{n}}}\n" for n in range(1, 5))
SITE = "- {id: site, title: The site, delivered: 2026-10-02, link: 'https://salon.example/'}\n"
GUIDE = "- {id: guide, title: The guide}\n"
COVERED = "- {id: plan, title: The plan, finished: 2026-09-01, covers: [R1]}\n"
INVOICE = """\
approval: {on: 2026-11-20, waived: all}
number: 2026-021
issued: 2026-11-22
lines: [{text: The site, price: 1000, vat: 20}]
"""
ASKED = "- {id: C1, on: 2026-10-03, by: claire, about: site, text: Softer"
CLOSED = CLIENT.replace("title: New site", "title: New site, closed: 2026-11-20")


def _index(**files: str) -> str:
    return text_of(pages_of(portal_of(**files), STUDIO + "terms: {days: 30}\n")["index"])


def _section(text: str, first: str, after: str = "\0") -> str:
    return text.partition(first)[2].partition(after)[0]


# --- the first page ------------------------------------------------------------------------------


def test_the_first_page_counts_what_is_done_in_progress_and_to_do() -> None:
    steps = f"{DONE}- {{id: x, title: X, started: 2026-10-01}}\n- {{id: y, title: Y}}\n"
    assert "Done 4 In progress 1 To do 1" in _index(steps=steps)


def test_many_done_steps_are_folded_below_what_goes_on() -> None:
    pages = pages_of(portal_of(steps=f"{DONE}- {{id: x, title: X, started: 2026-10-01}}\n"))
    folded = re.findall(r'<details class="fold">.*?</ol>\n*</details>', pages["index"], re.DOTALL)
    assert len(folded) == 1
    assert all(f">Step {n}</h4>" in folded[0] for n in range(1, 5))
    assert ">X</h4>" not in folded[0]
    few = pages_of(
        portal_of(steps=DONE.replace("- {id: s4, title: Step 4, finished: 2026-09-04}\n", ""))
    )
    assert "fold" not in few["index"]


def test_every_step_can_be_corrected_and_every_delivery_approved() -> None:
    html = pages_of(portal_of(steps=DONE, deliverables=SITE + GUIDE))["index"]
    assert all(f'aria-label="Ask for a correction: Step {n}"' in html for n in range(1, 5))
    assert 'aria-label="Approve: The site"' in html
    assert 'aria-label="Approve: The guide"' not in html


def test_what_only_the_client_can_give_comes_before_the_work() -> None:
    steps = "- {id: x, title: X, waiting: {what: Prices, before: 2026-11-27}}\n"
    text = _index(steps=steps, deliverables=SITE)
    turn = _section(text, "Your turn", "The work, step by step")
    assert "Awaited for X Prices Needed by 27 November 2026 Write an email" in turn
    assert "To look at, and to approve if it is right The site Delivered on 2 October 2026" in turn


def test_the_first_screen_leads_to_what_is_asked_when_something_is() -> None:
    steps = "- {title: Prices, started: 2026-10-01, question: Which day?}\n"
    asked = pages_of(portal_of(steps=steps))["index"]
    assert '<a href="#turn">' in asked
    assert 'id="turn"' in asked
    assert "#turn" not in pages_of(portal_of(steps=DONE))["index"]


def test_only_the_approval_of_the_whole_is_left() -> None:
    text = _index(steps=COVERED, deliverables=SITE.replace("}", ", approved: {on: 2026-10-03}}"))
    turn = _section(text, "Your turn", "The work, step by step")
    assert "Everything that was agreed is there. Only your approval of the whole" in turn
    assert "I approve everything that was agreed for “New site”." in turn
    before = _section(text, "Before the invoice")
    assert before.endswith("Your approval of the whole")


def test_the_checklist_leads_to_what_is_missing() -> None:
    files = {"deliverables": GUIDE, "corrections": f"{ASKED.replace('site', 'guide')}}}\n"}
    html = pages_of(portal_of(**files))["index"].partition('id="to-come"')[2]
    assert '<a href="deliverables/index.html#on-guide">To be delivered: The guide</a>' in html
    assert '<a href="corrections/index.html#correction-1">Correction to make: no. 1</a>' in html
    assert '<a href="spec/index.html">Agreed and still to be done: R1</a>' in html


def test_nobody_is_asked_to_approve_what_they_approved_already() -> None:
    portal = portal_of(
        deliverables=GUIDE,
        invoice=INVOICE.replace(", waived: all", ", waived: [R1]"),
    )
    # The gate is shut, as the guide is missing, so that no invoice is open.
    found = before_invoice(scope_of(portal), ())
    assert found is not None
    assert [one.text for one in found.awaited] == ["To be delivered: The guide"]
    assert found.approval is None


def test_an_open_invoice_says_its_number_amount_and_due_date() -> None:
    text = _index(invoice=INVOICE)
    assert (
        "Your invoice Invoice No. 2026-021 Amount due €1,200.00 Payment due 22 December 2026"
        in text
    )


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        (200, "Amount due €1,200.00 Left to pay €1,000.00 Payment due 22 December 2026"),
        (1200, "Amount due €1,200.00 Paid. Thank you."),
    ],
)
def test_payments_count_on_the_first_page(paid: int, said: str) -> None:
    payments = f"payments: [{{on: 2026-11-23, amount: {paid}}}]\n"
    assert said in _index(invoice=INVOICE + payments)


def test_a_credit_note_asks_for_nothing() -> None:
    note = INVOICE + "kind: credit note\ncorrects: 2026-007\n"
    card = _section(_index(invoice=note), "Your invoice", "The work")
    assert card.strip() == "Credit note No. 2026-021 Amount credited €1,200.00"


def test_a_closed_project_opens_on_thanks_and_what_the_client_owns() -> None:
    accounts = ", accounts: [{for: Hosting, given: 2026-10-02}, {for: Mail}]}"
    site = SITE.replace("}", accounts)
    pages = pages_of(portal_of(client=CLOSED, deliverables=site + GUIDE, steps=DONE))
    text = text_of(pages["index"])
    assert text.startswith("Thank you, Claire and Paul Roux New site The project is finished.")
    assert "All this is yours The site Open it Access: Hosting The work" in text
    assert "Your turn" not in text


def test_a_closed_project_still_takes_corrections() -> None:
    pages = pages_of(portal_of(client=CLOSED, deliverables=SITE, steps=DONE))
    assert "Ask for a correction: Step 1" in pages["index"]
    assert "Ask for a correction: The site" in pages["deliverables"]
    assert "Ask for a correction: New site" in pages["corrections"]


def test_what_is_internal_leaves_no_trace() -> None:
    hidden = (
        "- {id: h, title: HIDDEN, internal: yes, started: 2026-09-01, due: 2026-10-01,"
        " waiting: {what: HIDDEN}, question: HIDDEN, text: HIDDEN, effort: HIDDEN}\n"
    )
    assert pages_of(portal_of(steps=DONE + hidden)) == pages_of(portal_of(steps=DONE))


def test_the_foot_has_every_way_to_reach_the_studio() -> None:
    for html in pages_of(portal_of()).values():
        foot = html[html.index("<footer") :]
        links = re.findall(r'href="((?:tel|mailto|sms|https)[^"]*)"', foot)
        assert links == [
            "tel:+33639980000",
            "mailto:ada@lumen.example",
            "sms:+33639980000",
            "https://wa.me/33639980000",
        ]


# --- the corrections -----------------------------------------------------------------------------

CORRECTIONS = f"""\
{ASKED}, done: 2026-10-05, reply: It is}}
- {{id: C2, on: 2026-10-04, by: paul, about: secret, text: Larger}}
- {{id: C3, by: paul, withdrawn: 2026-10-06, text: Music}}
"""
SECRET = "- {id: secret, title: SECRET, internal: yes}\n"


def test_corrections_are_numbered_and_answered() -> None:
    portal = portal_of(corrections=CORRECTIONS, deliverables=SITE, steps=SECRET)
    html = pages_of(portal)["corrections"]
    text = text_of(html)
    assert (
        "Correction no. 1 Made Asked on 3 October 2026 By: Claire Martin About: The site Softer "
        "Our answer It is Made on 5 October 2026"
    ) in text
    assert "Correction no. 2 In hand Asked on 4 October 2026 By: Paul Roux Larger" in text
    assert "Correction no. 3 Withdrawn By: Paul Roux Music Withdrawn on 6 October 2026" in text
    assert text.index("no. 3") < text.index("no. 2") < text.index("no. 1")
    assert "SECRET" not in html
    assert 'aria-label="Ask for a correction: New site"' in html


def _corrections(done: int, in_hand: int = 0, withdrawn: int = 0) -> str:
    states = (
        [", done: 2026-10-05"] * done + [""] * in_hand + [", withdrawn: 2026-10-06"] * withdrawn
    )
    return "".join(f"- {{id: C{n}, text: T{state}}}\n" for n, state in enumerate(states))


@pytest.mark.parametrize(
    ("corrections", "english", "french"),
    [
        (
            _corrections(12),
            "12 asked for, 12 made, all included in the price.",
            "12 demandées, 12 faites, comprises dans le prix.",
        ),
        (
            _corrections(1),
            "1 asked for, 1 made, included in the price.",
            "1 demandée, 1 faite, comprise dans le prix.",
        ),
        (
            _corrections(0, 2),
            "2 asked for, 2 in hand, all included in the price.",
            "2 demandées, 2 en cours, comprises dans le prix.",
        ),
        (
            _corrections(1, 1, 1),
            (
                "3 asked for, 1 made, 1 in hand, 1 withdrawn at your request, all included in the "
                "price."
            ),
            "3 demandées, 1 faite, 1 en cours, 1 retirée à votre demande, comprises dans le prix.",
        ),
        (
            _corrections(0, 0, 2),
            "2 asked for, 2 withdrawn at your request, all included in the price.",
            "2 demandées, 2 retirées à votre demande, comprises dans le prix.",
        ),
    ],
)
def test_a_sentence_counts_the_corrections(corrections: str, english: str, french: str) -> None:
    portal = portal_of(corrections=corrections)
    assert summary_of(scope_of(portal)) == english
    assert summary_of(scope_of(portal, "fr")) == french


def test_the_page_is_there_once_there_is_something_to_correct() -> None:
    assert "corrections" not in pages_of(portal_of())
    pages = pages_of(portal_of(deliverables=GUIDE))
    assert "You have not asked for any correction yet." in text_of(pages["corrections"])
    assert 'href="corrections/index.html"' in pages["index"]
