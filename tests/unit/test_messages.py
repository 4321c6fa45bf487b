"""Messages that a client sends: what they say, and that every link is sound."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import CLIENT, STUDIO, pages_of, portal_of, scope_of, text_of

from portalgen.language import Form
from portalgen.model.file import File
from portalgen.render import messages
from portalgen.render.messages import Message

SITE = """\
- {id: site, title: The site, version: "2", delivered: 2026-10-02, files: [files/site.zip]}
"""
STEPS = "- {id: map, title: The map, question: Which town?, waiting: {what: The address}}\n"
PORTAL = portal_of(deliverables=SITE, steps=STEPS)
ALONE = CLIENT.replace(", {id: paul, name: Paul Roux}", "")


def _links(message: Message) -> dict[str, str]:
    return {urlsplit(way.href).scheme: way.href for way in message.ways}


def _body(href: str) -> str:
    """The message as the program that opens a link shows it."""
    fields = parse_qs(urlsplit(href).query.removeprefix("&"), strict_parsing=True)
    (text,) = fields.get("body") or fields["text"]
    return text


def test_a_correction_says_what_it_is_about_and_asks_three_questions() -> None:
    message = messages.correction(scope_of(PORTAL), PORTAL.deliverables[0])
    assert message.text == (
        "Hello,\n\nI would like a correction: “The site”, version 2.\n\nProject: New site\n\n"
        "What I see:\n\n\nWhat I expected:\n\n\nWhere (which page, which device):\n\n\n"
        "Kind regards,\n"
    )


@pytest.mark.parametrize(
    ("form", "asked", "closing"),
    [("formal", "Votre question", "Bien à vous,"), ("informal", "Ta question", "À bientôt,")],
)
def test_an_answer_repeats_the_question_in_the_clients_language(
    form: Form, asked: str, closing: str
) -> None:
    step = PORTAL.steps[0]
    message = messages.answer(scope_of(PORTAL, "fr", form), step, "Which town?")
    assert message.text == (
        f"Bonjour,\n\n{asked} sur «\u00a0The map\u00a0»\u00a0:\nWhich town?\n\n"
        f"Projet\u00a0: New site\n\nMa réponse\u00a0:\n\n\n{closing}\n"
    )


def test_what_is_awaited_can_be_sent() -> None:
    message = messages.answer(scope_of(PORTAL), PORTAL.steps[0], "The address", is_question=False)
    assert "For “The map”, you need:\nThe address\n" in message.text
    assert "Here it is:\n\n\n" in message.text


def test_an_approval_names_the_version_and_the_very_files() -> None:
    portal = PORTAL.with_files([File("files/site.zip", 348_123, "0123456789abcdef" * 4)])
    message = messages.approval(scope_of(portal), portal.deliverables[0])
    assert message is not None
    assert "I approve “The site”, version 2.\n" in message.text
    assert "Files:\n- site.zip (SHA-256 0123456789ab…)\n" in message.text


@pytest.mark.parametrize("state", ["due: 2026-10-02", "approved: {on: 2026-10-03}"])
def test_only_what_arrived_and_is_not_approved_can_be_approved(state: str) -> None:
    delivered = "" if state.startswith("due") else ", delivered: 2026-10-02"
    portal = portal_of(deliverables=f"- {{id: site, title: The site, {state}{delivered}}}\n")
    assert messages.approval(scope_of(portal), portal.deliverables[0]) is None


def test_the_approval_of_the_whole_names_what_is_still_to_come() -> None:
    message = messages.approval_of_all(scope_of(PORTAL), ["To be delivered: The guide"])
    assert "I approve everything that was agreed for “New site”.\n" in message.text
    assert "Still to come:\n- To be delivered: The guide\n" in message.text
    assert "Still to come" not in messages.approval_of_all(scope_of(PORTAL), []).text


def test_every_way_carries_the_whole_message() -> None:
    message = messages.correction(scope_of(PORTAL), PORTAL.deliverables[0])
    links = _links(message)
    assert list(links) == ["mailto", "sms", "https", "tel"]
    sent = f"{message.text}My name:"
    assert _body(links["mailto"]) == sent.replace("\n", "\r\n")
    assert _body(links["sms"]) == _body(links["https"]) == sent
    assert links["mailto"].startswith(
        "mailto:ada@lumen.example?subject=Correction%3A%20The%20site&"
    )
    assert links["sms"].startswith("sms:+33639980000?&body=Hello%2C%0A%0A")
    assert links["https"].startswith("https://wa.me/33639980000?text=")
    assert links["tel"] == "tel:+33639980000"


def test_the_ways_come_in_the_order_of_the_studio() -> None:
    studio = re.sub(r"reach: .*", "reach: [phone, email]", STUDIO)
    message = messages.correction(scope_of(PORTAL, studio=studio))
    assert [way.text for way in message.ways] == ["Call", "Write an email"]


def test_a_studio_that_cannot_be_reached_leaves_the_text_to_copy() -> None:
    studio = "name: Lumen\nlanguage: en\n"
    assert messages.correction(scope_of(PORTAL, studio=studio)).ways == ()
    html = pages_of(PORTAL, studio)["deliverables"]
    assert "data-copy" in html
    assert "mailto:" not in html


def test_a_message_is_signed_by_the_only_contact() -> None:
    portal = portal_of(client=ALONE)
    message = messages.correction(scope_of(portal))
    assert [(one.reader, one.text) for one in message.signatures] == [("", "Claire Martin")]
    assert _body(message.ways[0].href).endswith("Kind regards,\r\nClaire Martin")
    assert message.unsigned == "Claire%20Martin"


@given(st.text("aé €&=?#%+\"'<>\\/\n👩🏽‍🎨مرحبا", min_size=1, max_size=3000))
@settings(max_examples=60, deadline=None)
def test_no_title_makes_a_link_too_long_or_breaks_it(title: str) -> None:
    item = PORTAL.deliverables[0].model_copy(update={"title": title, "version": title})
    message = messages.approval(scope_of(PORTAL), item)
    assert message is not None
    assert f"“{title}”, version {title}." in message.text, "the text to copy is whole"
    for link in _links(message).values():
        assert len(link) <= 1900
        assert re.fullmatch(r"[\w:@?&=%./+~-]+", link, re.ASCII)
    start = title if len(title) < 8 else title[:3]
    assert f"“{start}" in _body(_links(message)["https"])


def test_many_files_are_counted_where_a_link_has_no_room() -> None:
    names = [f"files/picture-{n:03}-of-the-shop.png" for n in range(60)]
    portal = PORTAL.with_files([File(name, 1, "ab" * 32) for name in names])
    item = portal.deliverables[0].model_copy(update={"files": tuple(names)})
    message = messages.approval(scope_of(portal), item)
    assert message is not None
    assert message.text.count("SHA-256") == 60
    links = _links(message)
    assert max(map(len, links.values())) <= 1900
    assert re.search(r"\n- and \d+ more\n", _body(links["https"]))


def test_links_make_sense_out_of_context() -> None:
    html = pages_of(PORTAL)["deliverables"]
    names = re.findall(r'aria-label="([^"]*)"', html)
    for action in ("Ask for a correction", "Approve", "Write an email", "Copy the text"):
        assert f"{action}: The site" in names
    for link in re.findall(r"<a [^>]*(?:mailto|sms|wa\.me)[^>]*>", html.partition("<footer")[0]):
        assert 'rel="noreferrer"' in link


def test_hostile_titles_stay_inside_their_attributes() -> None:
    hostile = '"><script>alert(1)</script>&amp;'
    steps = f"- {{id: x, title: '{hostile}', question: '{hostile}'}}\n"
    html = pages_of(portal_of(steps=steps))["index"]
    assert "<script" not in html
    assert "alert(1)" in unquote(text_of(html))
