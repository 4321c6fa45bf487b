"""The page of the deliverables: what has arrived, its files and its accounts, in plain words."""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from html import unescape

import pytest
from clear import clear_pages
from conftest import LAWFUL_CLIENT, Run, Workspace
from pictures import huge_png, png, turned_jpeg

CLIENT = f"""\
{LAWFUL_CLIENT}name: Salon Martin
language: en
contacts: [{{id: claire, name: Claire Martin}}, {{id: amal, name: أمل بن سالم}}]
project: {{title: Site vitrine}}
"""
DELIVERABLES = """\
- {title: The plan, version: "2", due: 2026-10-01, delivered: 2026-10-02,
   approved: {by: claire, on: 2026-10-03, via: phone}}
- {title: The drawings, delivered: 2026-10-09}
- {title: The site, due: 2026-12-14/2026-12-16, question: Which day?}
"""
INVOICE = """\
approval: {by: claire, on: 2026-11-20, waived: all}
number: 2026-021
issued: 2026-11-22
lines: [{text: The site, price: 1000, vat: 20}]
thanks: Thank you.
"""

Files = Mapping[str, str | bytes | None]
Page = Callable[[Files], str]


@pytest.fixture
def page(workspace: Workspace, run: Run) -> Page:
    def built(files: Files) -> str:
        given = {"salon/client.yaml": CLIENT, "salon/deliverables.yaml": DELIVERABLES, **files}
        root = workspace(given)
        ran = run(root, "build")
        assert ran.code == 0, ran.err
        return clear_pages(root)["salon/deliverables/index.html"]

    return built


@pytest.fixture
def handed(page: Page) -> Callable[[Mapping[str, bytes]], dict[str, str]]:
    """The rows of the files of one deliverable, by the path of the file."""

    def built(files: Mapping[str, bytes]) -> dict[str, str]:
        listed = "".join(f"  - '{name.replace(chr(39), chr(39) * 2)}'\n" for name in files)
        written = {f"salon/{name}": content for name, content in files.items()}
        html = page({**written, "salon/deliverables.yaml": f"- title: All\n  files:\n{listed}"})
        rows = re.findall(r'<li class="file-row">.*?</li>', html, re.DOTALL)
        return dict(zip(files, rows, strict=True))

    return built


Handed = Callable[[Mapping[str, bytes]], dict[str, str]]


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def cards(html: str) -> dict[str, str]:
    """The deliverables as they are read, by title."""
    found = re.findall(r'<article class="card deliverable".*?</article>', html, re.DOTALL)
    titles = (re.search(r"<h2[^>]*>([^<]*)", card) for card in found)
    return {
        title[1].strip(): text_of(card) for title, card in zip(titles, found, strict=True) if title
    }


# --- how far they are ----------------------------------------------------------------------------


def test_each_says_how_far_it_is(page: Page) -> None:
    found = cards(page({}))
    assert found["The plan"].startswith(
        "The plan version 2 Approved Promised for 1 October 2026 Delivered on 2 October 2026"
        " Approved by Claire Martin, 3 October 2026 (phone)"
    )
    assert found["The drawings"].startswith(
        "The drawings Waiting for your approval Delivered on 9 October 2026"
    )
    assert found["The site"].startswith(
        "The site Still to come Promised for 14–16 December 2026 A question for you Which day?"
    )


def test_only_what_awaits_it_can_be_approved(page: Page) -> None:
    found = cards(page({}))
    assert "Nothing is approved until you send this message." in found["The drawings"]
    assert "Nothing is approved" not in found["The plan"] + found["The site"]


def test_a_correction_can_be_asked_for_as_soon_as_there_is_something_to_see(page: Page) -> None:
    found = cards(page({}))
    assert [("Ask for a correction" in found[title]) for title in found] == [True, True, False]


def test_nothing_is_asked_about_a_part_once_the_whole_is_approved(page: Page) -> None:
    found = cards(page({"salon/invoice.yaml": INVOICE}))
    assert found["The drawings"].startswith("The drawings Delivered Delivered on")


def test_a_closed_project_asks_nothing_and_still_takes_corrections(page: Page) -> None:
    closed = CLIENT.replace("Site vitrine", "Site vitrine, closed: 2026-11-20")
    found = cards(page({"salon/client.yaml": closed}))
    before, offered, _ = found["The drawings"].partition(" Ask for a correction")
    assert before == "The drawings Delivered Delivered on 9 October 2026"
    assert offered
    assert "Which day?" not in found["The site"]


# --- files ---------------------------------------------------------------------------------------


def test_a_file_has_a_kind_a_size_and_its_whole_checksum(handed: Handed) -> None:
    files = {"files/site.zip": b"PK" * 1000, "files/plan.pdf": b"%PDF-1.4", "files/LISEZ-MOI": b"x"}
    rows = handed(files)
    assert text_of(rows["files/site.zip"]) == (
        "site.zip ZIP archive 2 kB Checksum"
        f" To check that the file arrived unchanged (SHA-256): {sha256(b'PK' * 1000).hexdigest()}"
        " Download"
    )
    assert text_of(rows["files/plan.pdf"]).startswith("plan.pdf PDF 8 bytes Checksum")
    assert text_of(rows["files/plan.pdf"]).endswith("View Download")
    assert text_of(rows["files/LISEZ-MOI"]).startswith("LISEZ-MOI file 1 byte Checksum")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PNG", "image PNG"),
        ("a.jpeg", "image JPEG"),
        ("a.docx", "document Word"),
        ("a.csv", "tableau CSV"),
        ("a.tar.gz", "archive gzip"),
        ("a.xyz", "fichier XYZ"),
        ("a.", "fichier"),
    ],
)
def test_kinds_are_told_in_the_clients_language(page: Page, name: str, kind: str) -> None:
    html = page(
        {
            "salon/client.yaml": CLIENT.replace("language: en", "language: fr"),
            "salon/deliverables.yaml": f"- {{title: Tout, files: ['files/{name}']}}\n",
            f"salon/files/{name}": png(3, 2),
        }
    )
    assert f"<span>{kind}</span>" in html


def test_a_picture_is_shown_small_with_its_own_proportions(handed: Handed) -> None:
    rows = handed({"files/far.png": png(640, 480, padding=20_000), "files/near.png": png(30, 20)})
    assert re.search(
        r'<button type="button" class="preview" data-view data-file="files/far.png"[^>]*>'
        r'<img class="preview-picture" alt=""  ?data-file="files/far.png"[^>]*'
        r' width="640" height="480"></button>',
        rows["files/far.png"],
    )
    assert re.search(
        r'<img [^>]*src="data:image/png;base64,[^"]*" width="30" height="20">',
        rows["files/near.png"],
    )


def test_a_turned_photo_has_the_proportions_that_one_sees(handed: Handed) -> None:
    rows = handed({"files/photo.jpg": turned_jpeg(4000, 3000)})
    assert 'width="3000" height="4000"' in rows["files/photo.jpg"]


@pytest.mark.parametrize(
    "content",
    [png(64, 64, padding=2_000_000), huge_png(8000, 8000), b"no picture at all"],
    ids=["bytes", "pixels", "broken"],
)
def test_what_a_telephone_could_not_bear_waits_for_a_button(handed: Handed, content: bytes) -> None:
    row = handed({"files/photo.png": content})["files/photo.png"]
    assert "<img" not in row
    assert text_of(row).endswith("View Download")


def test_a_drawing_that_could_run_scripts_is_seen_and_not_opened(handed: Handed) -> None:
    row = handed({"files/card.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"})["files/card.svg"]
    assert '<span class="preview"><img class="preview-picture"' in row
    assert "data-view" not in row


def test_pictures_in_texts_and_the_logo_keep_their_place_too(page: Page) -> None:
    html = page(
        {
            "salon/client.yaml": f"{CLIENT}look: {{logo: files/logo.png}}\n",
            "salon/deliverables.yaml": "- {title: A, text: '![Front](files/front.png)'}\n",
            "salon/files/logo.png": png(90, 60),
            "salon/files/front.png": png(700, 500, padding=20_000),
        }
    )
    assert re.search(r'<img class="top-logo"[^>]* width="90" height="60">', html)
    assert re.search(r'<img data-file="files/front.png"[^>]* width="700" height="500" class', html)


def test_files_of_the_same_name_are_told_apart(page: Page) -> None:
    html = page(
        {
            "salon/deliverables.yaml": (
                "- {title: First, files: [v1/home.pdf, plan.pdf]}\n"
                "- {title: Second, files: [v2/home.pdf, v1/home.pdf]}\n"
            ),
            "salon/v1/home.pdf": b"%PDF-1.4",
            "salon/v2/home.pdf": b"%PDF-1.5",
            "salon/plan.pdf": b"%PDF-1.6",
        }
    )
    names = re.findall(r'<p class="file-name"[^>]*>(.*?)</p>', html)
    assert names == ["v1/home.pdf", "plan.pdf", "v2/home.pdf", "v1/home.pdf"]
    assert 'aria-label="Download v2/home.pdf"' in html


def test_a_file_at_the_top_is_told_from_one_below(handed: Handed) -> None:
    rows = handed({"home.pdf": b"%PDF-1.4", "old/home.pdf": b"%PDF-1.5"})
    assert [text_of(row).split()[0] for row in rows.values()] == ["home.pdf", "old/home.pdf"]


def test_names_cannot_run(handed: Handed) -> None:
    name = 'files/l\'<b onclick=x>"été" & co 🎨.zip'
    row = handed({name: b"PK"})[name]
    assert "<b " not in row
    assert text_of(row).startswith('l\'<b onclick=x>"été" & co 🎨.zip ZIP archive')


# --- accounts ------------------------------------------------------------------------------------

ACCOUNTS = """\
- title: The site
  accounts:
    - {for: The name, owner: amal, given: 2026-10-01, received: 2026-10-02, changed: 2026-10-03}
    - {for: The shop, given: 2026-10-01, received: 2026-10-02}
    - {for: The post, given: 2026-10-01}
    - {for: The hosting, login: claire}
"""


def test_accounts_say_how_far_they_are(page: Page) -> None:
    text = text_of(page({"salon/deliverables.yaml": ACCOUNTS}))
    assert (
        "The name Yours: you changed the password In the name of أمل بن سالم"
        " Access given 1 October 2026 Received 2 October 2026 Password changed 3 October 2026"
    ) in text
    assert "The shop You have it Access given 1 October 2026 Received 2 October 2026" in text
    assert "The post Handed over to you Access given 1 October 2026" in text
    assert "The hosting Still to be handed over Login name claire" in text
