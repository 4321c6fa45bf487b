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
from portalgen.render.bill import grouped
from portalgen.render.colour import accent_rule, contrast
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
FRANCHISE = STUDIO.replace("{form: EI,", "{form: EI, vat_regime: franchise,")
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


def _pages(theme: Theme, files: dict[str, str], studio: str = STUDIO) -> Pages:
    portal = _portal(files)
    made = render_portal(portal, _workspace(studio), theme, open_invoices(portal, ()))
    return {page.name: page.html for page in made}


def _text(html: str) -> str:
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


class _Reader(HTMLParser):
    """Checks nesting, and gathers ids, links and headings."""

    void = frozenset({"meta", "link", "br", "hr", "img", "input"})

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
    assert "1 of 3 steps is done." in pages["index"]


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
    assert "1 of 3 steps is done. Now: “The form”. Next: “The launch”." in text
    assert "On track All is well" in text
    assert "Date moved: 20 November 2026 → 1 December 2026 A new idea" in text
    assert "2 corrections asked for, 1 done" in text


def test_your_turn_comes_with_ways_to_answer(theme: Theme) -> None:
    html = _pages(theme, FULL)["index"]
    turn = _text(html).partition("Your turn")[2].partition("The work, step by step")[0]
    assert turn.index("The opening hours") < turn.index("Which day suits you?")
    assert turn.index("Which day suits you?") < turn.index("On paper?")
    assert "Asked of Claire Martin Needed by 27 November 2026" in turn
    assert 'href="mailto:ada@lumen.example?subject=The%20form"' in html
    assert 'href="https://wa.me/33639980000"' in html


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


def test_requirements_are_followed_to_the_work(theme: Theme) -> None:
    text = _text(_pages(theme, FULL)["spec"]).partition("Where each point stands")[2]
    assert "R1 a page The plan The site Done" in text
    assert "R2 a form The form In progress" in text
    assert "R3 a map to be planned To do" in text


def test_a_parent_requirement_follows_its_children(theme: Theme) -> None:
    spec = "- R1: a shop\n  - R1.1: a basket\n  - R1.2: a till\n- R2: a map\n  - R2.1: a pin\n"
    steps = (
        "- {title: Baskets, finished: 2026-10-01, covers: [R1.1]}\n"
        "- {title: Tills, started: 2026-10-02, covers: [R1.2]}\n"
    )
    text = _text(_pages(theme, {**BARE, "spec.md": spec, "steps.yaml": steps})["spec"])
    assert "R1 a shop In progress R1.1 a basket Baskets Done R1.2 a till Tills In progress" in text
    assert "R2 a map to be planned To do R2.1 a pin to be planned To do" in text


def test_amendments_say_what_changed(theme: Theme) -> None:
    amendment = (
        "- {id: A1, title: A shop, why: It sells, price_change: 240, removes: [R3],"
        " agreed: {by: paul, on: 2026-10-12}, text: 'R4: a basket'}\n"
    )
    text = _text(_pages(theme, {**FULL, "amendments.yaml": amendment})["spec"])
    assert "A shop It sells R4: a basket Removed R3" in text
    assert "Change of price, without VAT +€240.00 Agreement Paul Roux, 12 October 2026" in text
    assert "R4 a basket to be planned To do" in text


def test_deliverables_tell_what_has_arrived(theme: Theme) -> None:
    text = _text(_pages(theme, FULL)["deliverables"])
    assert "The site Approved Delivered on 2 October 2026 Approved by Claire Martin" in text
    assert "site.zip 348 kB" in text
    assert "Hosting Login name martin Access given 2 October 2026" in text
    assert "The guide Still to come Promised for 18 December 2026" in text


def test_the_journal_begins_with_the_newest(theme: Theme) -> None:
    text = _text(_pages(theme, FULL)["journal"])
    assert text.index("Second") < text.index("First")


def test_corrections_are_numbered_and_answered(theme: Theme) -> None:
    text = _text(_pages(theme, FULL)["journal"])
    assert "Correction no. 1 Made Asked on 3 October 2026 By: Claire Martin" in text
    assert "About: The site Made on 5 October 2026 Softer Our answer It is" in text
    assert "Correction no. 2 In hand" in text
    assert "Correction no. 3 Withdrawn By: Paul Roux Withdrawn on 6 October 2026" in text


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
    assert [page.name for page in made] == ["index", "spec", "deliverables", "journal"]
    for page in made:
        checklist = re.compile(
            r'<section class="panel" aria-labelledby="to-come">.*?</section>', re.DOTALL
        )
        elsewhere = checklist.sub("", page.html) if page.name == "index" else page.html
        assert not re.search(r"invoice|facture|2026-021|coffee|1[ ,]?000", elsewhere, re.IGNORECASE)


def test_what_the_invoice_waits_for_is_named(theme: Theme) -> None:
    text = _text(_pages(theme, FULL)["index"]).partition("Before the invoice")[2]
    assert "To be delivered: The guide" in text
    assert "Correction to make: C2" in text
    assert text.endswith("Your approval of the whole")


def test_an_open_invoice_has_a_page_and_links(theme: Theme) -> None:
    pages = _pages(theme, {**FULL, "invoice.yaml": INVOICE})
    assert 'href="invoice/index.html"' in pages["index"]
    assert "Before the invoice" not in pages["index"]
    assert 'href="../invoice/index.html" aria-current="page"' in pages["invoice"]
    assert '<button class="button" type="button" data-print>' in pages["invoice"]


def test_the_invoice_adds_up(theme: Theme) -> None:
    text = _text(_pages(theme, {**FULL, "invoice.yaml": INVOICE})["invoice"])
    # 7.5 × 62.50 = 468.75, less 46.88; 1,421.87 × 20% = 284.37; 94.00 × 5.5% = 5.17
    assert "Hours 7.5\u00a0h €62.50 20% €468.75 Loyalty (10%) -€46.88" in text.replace(
        "7.5 h", "7.5\u00a0h"
    )
    assert "Total without VAT €1,515.87 VAT 20% on €1,421.87 €284.37" in text
    assert "VAT 5.5% on €94.00 €5.17 Total with VAT €1,805.41 Amount due €1,805.41" in text
    assert "Paid on 23 November 2026 -€1,000.00 Left to pay €805.41" in text


def test_the_invoice_names_its_parties_and_terms(theme: Theme) -> None:
    text = _text(_pages(theme, {**FULL, "invoice.yaml": INVOICE})["invoice"])
    assert "Seller Atelier Lumen Ada Blanc EI" in text
    assert "SIRET 12345678200010 VAT number FR11123456782" in text
    assert "Issued on 22 November 2026 Payment due 22 December 2026" in text
    assert "IBAN FR76 3000 6000 0112 3456 7890 189" in text
    assert "Fixed fee for recovery costs €40.00" in text
    assert "Approval given by Claire Martin, 20 November 2026 (mail)" in text
    assert "Thank you for the coffee" in text


def test_a_consumer_owes_no_recovery_fee(theme: Theme) -> None:
    client = f"{CLIENT}billing: {{kind: consumer}}\n"
    text = _text(_pages(theme, {**FULL, "client.yaml": client, "invoice.yaml": INVOICE})["invoice"])
    assert "recovery" not in text
    assert "penalty" not in text


def test_a_franchise_prints_its_mention_and_no_vat(theme: Theme) -> None:
    invoice = re.sub(r", vat: [\d.]+", "", INVOICE)
    pages = _pages(theme, {**FULL, "invoice.yaml": invoice}, FRANCHISE)
    text = _text(pages["invoice"])
    assert "TVA non applicable, art. 293 B du CGI" in text
    assert "VAT" not in text
    assert "Total €1,515.87 Amount due €1,515.87" in text


def test_a_deposit_leaves_the_checklist_and_is_deducted(theme: Theme) -> None:
    deposit = INVOICE.replace("lines:", "kind: deposit\nlines:").replace("021", "014")
    files = {**FULL, "invoices/01-deposit.yaml": deposit}
    index = _pages(theme, files)["index"]
    assert "Before the invoice" in index
    assert 'href="invoice/index.html"' in index
    final = INVOICE.replace("lines:", "kind: final\ndeposits: [deposit]\nlines:")
    pages = _pages(theme, {**files, "invoices/02-final.yaml": final})
    assert "Before the invoice" not in pages["index"]
    text = _text(pages["invoice-2"])
    assert "Deposit paid: invoice 2026-014 of 22 November 2026 -€1,805.41 Amount due €0.00" in text


def test_a_credit_note_asks_for_no_payment(theme: Theme) -> None:
    credit = INVOICE.replace("lines:", "kind: credit note\ncorrects: 2026-007\nlines:")
    text = _text(_pages(theme, {**FULL, "invoice.yaml": credit})["invoice"])
    assert text.startswith("Credit note No. 2026-021")
    assert "Corrects invoice 2026-007" in text
    assert "IBAN" not in text
    assert "Payment due" not in text


def test_an_iban_is_printed_in_groups_of_four() -> None:
    assert grouped("FR76 30006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189"


# --- colours -------------------------------------------------------------------------------------

LIGHT_GROUNDS = ("#f6f3ed", "#fffdf9", "#f1ede4", "#ffffff")
DARK_GROUNDS = ("#15181a", "#1e2225", "#24292d")


@pytest.mark.parametrize(
    "accent", ["#8a3b5c", "#ffe14d", "#000", "#fff", "#777777", "#00f", "#f0f"]
)
def test_any_accent_becomes_readable(accent: str) -> None:
    found = re.fullmatch(
        r":root\{--accent:(.*);--accent-on-light:(.*);--accent-on-dark:(.*)\}", accent_rule(accent)
    )
    assert found is not None
    assert found[1] == accent
    assert all(contrast(found[2], ground) >= 4.5 for ground in LIGHT_GROUNDS)
    assert all(contrast(found[3], ground) >= 4.5 for ground in DARK_GROUNDS)


def test_the_grounds_of_the_style_sheet_are_those_that_colours_are_measured_on(
    theme: Theme,
) -> None:
    css = next(asset.content.decode() for asset in theme.assets if asset.name == "theme.css")
    for ground in (*LIGHT_GROUNDS[:3], *DARK_GROUNDS):
        assert ground in css


def test_every_text_colour_of_the_style_sheet_is_readable(theme: Theme) -> None:
    css = next(asset.content.decode() for asset in theme.assets if asset.name == "theme.css")
    light, dark = css.split("@media (prefers-color-scheme: dark)")[:2]
    for block, grounds in ((light, LIGHT_GROUNDS), (dark.partition("/*")[0], DARK_GROUNDS)):
        names = "ink|muted|good|busy|warn|bad"
        colours = re.findall(rf"--(?:{names}): (#\w+);", block)
        assert len(colours) == len(names.split("|"))
        for colour, ground in product(colours, grounds):
            assert contrast(colour, ground) >= 4.5, (colour, ground)


def test_contrast_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
