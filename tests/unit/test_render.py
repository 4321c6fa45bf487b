"""Pages: what each of them says, what none of them may say, and that they are sound HTML."""

import re
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path

import pytest

from portalgen.gate import open_invoices
from portalgen.model.folder import Folder
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Source
from portalgen.render import render_portal
from portalgen.theme import Theme, load_theme

STUDIO = """\
name: Atelier Lumen
owner: Ada Blanc
email: ada@lumen.example
phone: +33 (0)6 39 98 00 00
reach: [email, whatsapp]
legal: {form: EI, siret: "12345678200010", vat_number: FR11123456782}
bank: {iban: FR7630006000011234567890189}
terms: {days: 30, late_rate: trois fois le taux légal, recovery_fee: 40}
language: en
"""
CLIENT = """\
name: Salon Martin
contacts: [{id: claire, name: Claire Martin, greeting: Claire}, {id: paul, name: Paul Roux}]
project: {title: New site, started: 2026-09-01, health: {state: on track, says: All is well}}
look: {accent: "#8a3b5c"}
"""
SPEC = "- R1: a page\n- R2: a form\n- R3: a map\n"
STEPS = """\
- {id: plan, title: The plan, finished: 2026-09-04, covers: [R1], text: "Done[^1]\\n\\n[^1]: Well"}
- {id: form, title: The form, started: 2026-10-01, due: 2026-12-01, covers: [R2],
   moved: [{was: 2026-11-20, why: A new idea}],
   waiting: {what: The opening hours, how: A message will do, from: claire, before: 2026-11-27}}
- {id: launch, title: The launch, due: 2026-12-14/2026-12-18, question: Which day suits you?}
- {id: margin, title: HIDDEN, internal: yes, covers: [R3], text: HIDDEN, waiting: {what: HIDDEN}}
"""
DELIVERABLES = """\
- {id: site, title: The site, files: [files/site.zip], covers: [R1], delivered: 2026-10-02,
   approved: {by: claire, on: 2026-10-03, via: phone},
   accounts: [{for: Hosting, login: martin, given: 2026-10-02, sealed: sealed/hosting.json}]}
- {id: guide, title: The guide, due: 2026-12-18, question: On paper?}
"""
CORRECTIONS = """\
- {id: C1, on: 2026-10-03, by: claire, about: site, done: 2026-10-05, reply: It is, text: Softer}
- {id: C2, on: 2026-10-04, by: paul, about: margin, text: Larger}
- {id: C3, by: paul, withdrawn: 2026-10-06, text: Music}
"""
INVOICE = """\
approval: {by: claire, on: 2026-11-20, via: mail, waived: all}
number: 2026-021
issued: 2026-11-22
lines:
  - {text: The site, price: 1000, vat: 20, covers: [R1]}
  - {text: Hours, quantity: 7.5, unit: h, price: 62.50, vat: 20,
     discounts: [{percent: 10, why: Loyalty}]}
  - {text: Booklets, quantity: 40, price: 2.35, vat: 5.5}
payments: [{on: 2026-11-23, amount: 1000}]
thanks: Thank you for the coffee
"""
FULL = {
    "client.yaml": CLIENT,
    "spec.md": SPEC,
    "steps.yaml": STEPS,
    "deliverables.yaml": DELIVERABLES,
    "corrections.yaml": CORRECTIONS,
    "updates.yaml": "- {on: 2026-10-02, title: First}\n- {on: 2026-11-02, title: Second}\n",
}
BARE = {"client.yaml": "name: N\nproject: {title: T}\n", "spec.md": "Nothing yet.\n"}

Pages = dict[str, str]


def _folder(path: str, files: dict[str, str]) -> Folder:
    texts = {name: Source(f"{path}/{name}", text) for name, text in files.items()}
    sizes = {"files/site.zip": 348_123}
    nothing: frozenset[str] = frozenset()
    return Folder(path=path, texts=texts, files=sizes, unreadable=nothing, outside=nothing)


def _portal(files: dict[str, str]) -> Portal:
    portal, problems = parse_client(_folder("content/x", files))
    assert problems == []
    return portal


def _workspace(studio: str) -> Workspace:
    workspace, problems = parse_studio(_folder("content", {"studio.yaml": studio}))
    assert problems == []
    return workspace


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    theme, problems = load_theme("default", Path(tmp_path_factory.mktemp("workspace")))
    assert theme is not None
    assert problems == []
    return theme


def _pages(theme: Theme, files: dict[str, str]) -> Pages:
    portal = _portal(files)
    made = render_portal(portal, _workspace(STUDIO), theme, open_invoices(portal, ()))
    return {page.name: page.html for page in made}


def _text(html: str) -> str:
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


class _Reader(HTMLParser):
    """Checks nesting, and gathers ids, links and headings."""

    void = frozenset({"meta", "link", "br", "hr", "img", "input", "line", "path", "circle"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.attributes: set[str] = set()
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.void:
            self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.void
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


# --- every page ----------------------------------------------------------------------------------

LARGE = {
    **FULL,
    "spec.md": "".join(f"- R{n}: {'long' * 60}\n" for n in range(1, 60)),
    "steps.yaml": "".join(
        f'- {{title: "{n} مرحبا 👩🏽‍🎨 {"w" * 200}", covers: [R{n % 59 + 1}]}}\n'
        for n in range(200)
    ),
    "deliverables.yaml": "- {id: 'é è', title: a}\n- {id: 'e e', title: <b>}\n",
    "corrections.yaml": "",
    "invoice.yaml": INVOICE,
}


@pytest.mark.parametrize("files", [FULL, BARE, LARGE], ids=["full", "bare", "large"])
def test_pages_are_sound(theme: Theme, files: dict[str, str]) -> None:
    pages = _pages(theme, files)
    read = {name: _Reader(html) for name, html in pages.items()}
    paths = {name if name == "index" else f"{name}/": name for name in pages}
    for name, reader in read.items():
        assert len(reader.ids) == len(set(reader.ids))
        assert not {a for a in reader.attributes if a == "style" or a.startswith("on")}
        assert reader.levels.count(1) == 1
        assert "<script" not in pages[name]
        for link in reader.links:
            _follow(link, name, read, paths)


def _follow(link: str, name: str, read: dict[str, _Reader], paths: dict[str, str]) -> None:
    """Every link inside the portal leads to a page that exists, and to something on it."""
    if re.match(r"[a-z]+:", link) or "assets/" in link:
        return
    path, _, fragment = link.partition("#")
    target = name
    if path:
        assert path.startswith("../") or name == "index"
        bare = path.removeprefix("../").removesuffix("index.html")
        target = paths[bare or "index"]
    if fragment:
        assert fragment in [*read[target].ids, "content"], link


def test_headings_skip_no_level(theme: Theme) -> None:
    for html in _pages(theme, {**FULL, "spec.md": f"## Part\n\n{SPEC}\n### Detail\n"}).values():
        levels = _Reader(html).levels
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_same_portal_gives_the_same_bytes(theme: Theme) -> None:
    assert _pages(theme, FULL) == _pages(theme, FULL)


def test_every_page_names_who_to_talk_to(theme: Theme) -> None:
    for html in _pages(theme, FULL).values():
        foot = html[html.index("<footer") :]
        assert "Atelier Lumen" in foot
        assert 'href="tel:+33639980000"' in foot
        assert 'href="mailto:ada@lumen.example"' in foot


def test_what_is_internal_appears_nowhere(theme: Theme) -> None:
    pages = _pages(theme, FULL)
    assert "HIDDEN" not in "".join(pages.values())
    assert "margin" not in "".join(pages.values())
    assert "1 of 3 steps is done;" in pages["index"]


def test_what_an_author_writes_cannot_run(theme: Theme) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    files = {**FULL, "client.yaml": CLIENT.replace("New site", hostile)}
    for html in _pages(theme, files).values():
        assert "<img" not in html


def test_a_code_that_is_not_sealed_has_no_row(theme: Theme) -> None:
    pages = _pages(theme, FULL)
    assert "hosting.json" not in "".join(pages.values())
    assert "data-seal" not in pages["deliverables"]


# --- the overview --------------------------------------------------------------------------------


def test_the_overview_says_how_things_stand(theme: Theme) -> None:
    text = _text(_pages(theme, FULL)["index"])
    assert "Hello Claire and Paul Roux" in text
    assert "On track All is well" in text
    assert "Date moved: 20 November 2026 → new date: 1 December 2026 A new idea" in text


def test_your_turn_comes_with_ways_to_answer(theme: Theme) -> None:
    html = _pages(theme, FULL)["index"]
    turn = _text(html).partition("Your turn")[2].partition("The work, step by step")[0]
    assert turn.index("The opening hours") < turn.index("Which day suits you?")
    assert turn.index("Which day suits you?") < turn.index("On paper?")
    assert "Asked of Claire Martin Needed by 27 November 2026" in turn
    assert 'href="mailto:ada@lumen.example?subject=Answer%3A%20The%20form&amp;body=Hello' in html
    assert 'href="https://wa.me/33639980000?text=Hello' in html


def test_nothing_is_asked_once_a_step_is_done(theme: Theme) -> None:
    done = STEPS.replace("started: 2026-10-01", "finished: 2026-10-01")
    assert "The opening hours" not in _pages(theme, {**FULL, "steps.yaml": done})["index"]


def test_a_range_keeps_both_its_days(theme: Theme) -> None:
    html = _pages(theme, FULL)["index"]
    assert '<time datetime="2026-12-14" data-last="2026-12-18">14–18 December 2026</time>' in html


def test_a_closed_project_opens_on_thanks(theme: Theme) -> None:
    closed = CLIENT.replace("started: 2026-09-01", "closed: 2026-11-20")
    text = _text(_pages(theme, {**FULL, "client.yaml": closed})["index"])
    assert text.startswith("Thank you, Claire and Paul Roux New site")
    assert "All this is yours The site Access: Hosting" in text
    assert "Your turn" not in text


def test_a_client_is_addressed_in_the_form_of_their_choice(theme: Theme) -> None:
    for form, turn in (("formal", "À vous de jouer"), ("informal", "À toi de jouer")):
        client = f"{CLIENT}language: fr\naddress_form: {form}\n"
        pages = _pages(theme, {**FULL, "client.yaml": client})
        assert turn in pages["index"]
        assert '<html lang="fr">' in pages["index"]


# --- the other pages -----------------------------------------------------------------------------


def test_the_journal_begins_with_the_newest(theme: Theme) -> None:
    text = _text(_pages(theme, FULL)["journal"])
    assert text.index("Second") < text.index("First")


# --- the invoice ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "approval"), tuple(product(("en", "fr"), ("", "no", "{}", "null", "not-a-date")))
)
def test_an_invoice_without_approval_is_not_mentioned(
    theme: Theme, language: str, approval: str
) -> None:
    invoice = re.sub(r"approval: .*", f"approval: {approval}", INVOICE)
    files = {**FULL, "client.yaml": f"{CLIENT}language: {language}\n", "invoice.yaml": invoice}
    portal, _ = parse_client(_folder("content/x", files))
    made = render_portal(portal, _workspace(STUDIO), theme, open_invoices(portal, ()))
    assert not [page.name for page in made if page.name.startswith("invoice")]
    for page in made:
        checklist = re.compile(
            r'<section class="panel" aria-labelledby="to-come">.*?</section>', re.DOTALL
        )
        elsewhere = checklist.sub("", page.html) if page.name == "index" else page.html
        assert not re.search(r"invoice|facture|2026-021|coffee|1[ ,]?000", elsewhere, re.IGNORECASE)


def test_what_the_invoice_waits_for_is_named(theme: Theme) -> None:
    text = _text(_pages(theme, FULL)["index"]).partition("Before the invoice")[2]
    assert "To be delivered: The guide" in text
    assert "Correction to make: no. 2" in text
    assert "Agreed and still to be done: R2 and R3 Your approval of the whole" in text


def test_an_open_invoice_has_a_page_and_links(theme: Theme) -> None:
    pages = _pages(theme, {**FULL, "invoice.yaml": INVOICE})
    (name,) = (name for name in pages if name.startswith("invoice-"))
    assert f'href="{name}/index.html"' in pages["index"]
    assert "Before the invoice" not in pages["index"]
    assert f'href="../{name}/index.html" aria-current="page"' in pages[name]
