"""Terms of the glossary: which words of a text they are, and how a page explains them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.markdown import (
    PageTerms,
    glossary_of,
    read_markdown,
    terms_in,
    text_to_html,
    to_html,
)
from portalgen.markdown.terms import term_id

GLOSSARY = glossary_of(
    {
        "nom de domaine": "L’adresse du site.",
        "domaine": "Un nom qui vous appartient.",
        "DNS": "L’annuaire d’internet.",
        "hébergement": "Là où le site vit.",
        "C++": "Un langage.",
        "Stripe": "Un service de paiement.",
    }
)


def _html(text: str, terms: PageTerms | None = None) -> str:
    return to_html(read_markdown(text), resolve=lambda _: None, terms=terms or PageTerms(GLOSSARY))


def _shown(text: str) -> list[str]:
    return re.findall(r'class="term" popovertarget="[^"]*">([^<]*)<', _html(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Le DNS, ailleurs.", ["DNS"]),
        ("(DNS)", ["DNS"]),
        ("l’hébergement", ["hébergement"]),
        ("l'hébergement", ["hébergement"]),
        ("des hébergements", ["hébergements"]),
        ("*hébergement*, **DNS**", ["hébergement", "DNS"]),
        ("du C++, donc", ["C++"]),
        ("- un DNS\n- un hébergement", ["DNS", "hébergement"]),
        ("> DNS", ["DNS"]),
        ("| a |\n|---|\n| DNS |", ["DNS"]),
        ("Voir[^1]\n\n[^1]: le DNS", ["DNS"]),
        ("mot\n: un DNS", ["DNS"]),
        ("[ ] DNS", ["DNS"]),
    ],
)
def test_a_whole_word_is_a_term(text: str, shown: list[str]) -> None:
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "dns",
        "DNSSEC",
        "un sous-domaine",
        "DNS-like",
        "exemple.domaine.fr",
        "a@domaine",
        "www.domaine",
        "domaine.fr",
        "hebergement",
        "hébergementé",
        "hébergeme\u0301nt",
        "domaine\u0301",
        "le Domaine",
        "stripe",
        "**h**ébergement",
        "`DNS`",
        "```\nDNS\n```",
        "    DNS",
        "[le DNS](https://example.org)",
        "[le DNS](files/a.pdf)",
        "![le DNS](files/a.png)",
        "## Le DNS",
        "Le DNS\n------",
        "| DNS |\n|---|\n| a |",
        "DNS\n: un annuaire",
        "- [ ] Choisir le DNS",
    ],
)
def test_what_is_no_term(text: str) -> None:
    assert _shown(text) == []
    assert terms_in(read_markdown(text), GLOSSARY) == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hébergement compris.", ["Hébergement"]),
        ("C’est fini. Hébergement compris.", ["Hébergement"]),
        ("Fini ! « Hébergement »", ["Hébergement"]),
        ("*Hébergement*", ["Hébergement"]),
        ("R1 : Hébergement", ["Hébergement"]),
        ("- Hébergement", ["Hébergement"]),
        ("a  \nHébergement", ["Hébergement"]),
        ("a\nHébergement", []),
    ],
)
def test_a_sentence_may_begin_with_a_capital(text: str, shown: list[str]) -> None:
    assert _shown(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Le nom de domaine, puis le domaine.", ["nom de domaine", "domaine"]),
        ("Vos noms de domaine.", ["noms de domaine"]),
        ("Le nom de\ndomaine.", ["nom de domaine"]),
        ("Le nom\u00a0de\u00a0domaine.", ["nom de domaine"]),
        ("Le Nom de domaine.", ["domaine"]),
        ("nom de **domaine**", []),
        ("nom de [domaine](https://example.org)", []),
        ("Le nom de domaine et le nom de domaine", ["nom de domaine"]),
    ],
)
def test_the_longest_term_comes_first(text: str, shown: list[str]) -> None:
    assert _shown(text) == shown


def test_a_page_explains_a_term_once() -> None:
    terms = PageTerms(GLOSSARY)
    first, second, other = (_html(text, terms) for text in ("DNS", "DNS", "domaine"))
    assert ("popover" in first, "popover" in second, "popover" in other) == (True, False, True)
    assert text_to_html("Le domaine, le DNS et l’hébergement", terms).count("<button") == 1


def test_the_explanation_stands_beside_its_term() -> None:
    glossary = glossary_of({"A & B": 'x < y & "z" <script>'})
    target = term_id("A & B")
    assert to_html(
        read_markdown("Un A & B, (A & B)."), resolve=lambda _: None, terms=PageTerms(glossary)
    ) == (
        '<p>Un <span class="term-held">'
        f'<button type="button" class="term" popovertarget="{target}">A &amp; B</button>'
        f'<span class="term-says" id="{target}" popover dir="auto">'
        '<b class="term-name">A &amp; B</b> x &lt; y &amp; &quot;z&quot; &lt;script&gt;</span>'
        ",</span> (A &amp; B).</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Voir l’hébergement. Et", "l’…."),
        ("dit «\u00a0DNS\u00a0», puis", "«\u00a0…\u00a0»,"),
        ("(DNS)", "(…)"),
        ("un DNS\net", None),
        ("le **DNS**, donc", None),
        ("DNS/hébergement", "…/"),
    ],
)
def test_a_term_stays_on_one_line_with_what_touches_it(text: str, held: str | None) -> None:
    bare = re.sub(r'<button.*?</button><span class="term-says".*?</span>', "…", _html(text))
    found = re.search(r'<span class="term-held">(.*?)</span>', bare)
    assert (found[1] if found else None) == held


def test_a_text_without_markdown_keeps_its_signs() -> None:
    terms = PageTerms(GLOSSARY)
    assert text_to_html("*a* <b>\n`c`", terms) == "*a* &lt;b&gt;\n`c`"


def test_a_marked_requirement_is_still_one() -> None:
    document = read_markdown("- **R1 :** un hébergement\n")
    html = to_html(document, resolve=lambda _: None, anchors=True, terms=PageTerms(GLOSSARY))
    assert '<li id="r1" class="requirement"><strong>R1 :</strong> un <button' in html
    assert document.requirements[0].text == "un hébergement"
    assert "<button" not in to_html(document, resolve=lambda _: None)


def test_what_is_marked_is_what_is_found() -> None:
    document = read_markdown("DNS, `hébergement`, domaines, [Stripe](https://example.org)")
    assert terms_in(document, GLOSSARY) == {"DNS", "domaine"}


@pytest.mark.parametrize("text", ["Host ", "« « Host ", "x[a](b) Host ", "Host\n"])
def test_a_line_of_any_length_is_read(text: str) -> None:
    """Were the work quadratic in the length of the line, this would not end."""
    glossary = glossary_of({"host": "where a site lives"})
    document = read_markdown("x " + text * (300_000 // len(text)) + "host")
    assert terms_in(document, glossary) == {"host"}


def test_a_glossary_of_nothing_finds_nothing() -> None:
    assert _html("DNS", PageTerms(glossary_of({}))) == "<p>DNS</p>\n"


NAMES = st.text("aé’' DS-.+(\\[*\u0301ßİ", min_size=1, max_size=8).map(
    lambda name: " ".join(name.split())
)
TEXTS = st.text("aAé’' DSs-.+(\\[]*`\u0301ßİ\n#|[x](h)", max_size=60)


@given(st.lists(NAMES.filter(bool), max_size=4), TEXTS)
def test_marking_changes_no_word(names: list[str], text: str) -> None:
    glossary = glossary_of(dict.fromkeys(names, "says"))
    document = read_markdown(text)
    plain = to_html(document, resolve=lambda _: None)
    marked = to_html(document, resolve=lambda _: None, terms=PageTerms(glossary))
    bare = re.sub(
        r'<span class="term-says".*?</b> says</span>|<button type="button" class="term"[^>]*>'
        r'|<span class="term-held">',
        "",
        marked,
    )
    buttons = marked.count('class="term"')
    assert " ".join(re.sub("</button>|</span>", "", bare).split()) == " ".join(
        plain.replace("</button>", "").split()
    )
    assert buttons == len(terms_in(document, glossary))
