"""The lists of words that clients should not have to read: sound, and quiet on plain language."""

import re
import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from portalgen.check.words import LANGUAGES, Name, phrases, plain_text, words_in

LISTS: list[tuple[Name, str]] = [
    (name, language) for name in ("jargon", "apologies") for language in LANGUAGES
]


def found(name: Name, language: str, text: str) -> list[str]:
    listed = phrases(name, language)
    assert listed is not None
    plain = plain_text(text)
    possible = listed.possible_in(plain, words_in(plain))
    if not possible:
        return []
    return [text[each.start : each.end] for each in listed.found_in(text, possible)]


def lines_of(name: Name, language: str) -> list[list[str]]:
    text = (files("portalgen.check.words") / f"{name}-{language}.txt").read_text("utf-8")
    return [line.split(" | ") for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("name", "language"), LISTS)
def test_a_list_names_each_form_once_and_finds_it(name: Name, language: str) -> None:
    forms = [form for first, *_ in lines_of(name, language) for form in first.split(", ")]
    assert [form for form, times in Counter(forms).items() if times > 1] == []
    for form in forms:
        assert form == form.strip()
        assert "'" not in form
        for written in (form, form.replace("’", "'"), unicodedata.normalize("NFD", form)):
            assert found(name, language, f"«\u00a0{written}\u00a0», etc.") == [written]


@pytest.mark.parametrize(("name", "language"), LISTS)
def test_what_to_write_instead_is_itself_plain(name: Name, language: str) -> None:
    for parts in lines_of(name, language):
        assert len(parts) in (2, 3)
        assert [found(each, language, parts[1]) for each in ("jargon", "apologies")] == [[], []]


@pytest.mark.parametrize(
    "text",
    [
        "La recette du pain perdu, le front de mer, un cache-pot et le serveur du restaurant.",
        "N’hésitez pas, merci de votre patience ; je reste indulgente au pardon de Sainte-Anne.",
        "Écrivez à dns@exemple.fr ou voyez seo.exemple.fr et le fichier api.json.",
        "La sea de Bretagne ; ui, dit-elle. Le sprinteur et la releaseuse.",
    ],
)
def test_plain_french_is_left_alone(text: str) -> None:
    assert found("jargon", "fr", text) + found("apologies", "fr", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We commit to merge the two pages, push the door, and host a brief dinner at the server’s.",
        "We are responsive to letters. A stack of plates, a template for a cake, a sorrylike word.",
        "The frame is responsive; thank you for your patience, and for your understanding.",
        "Mail url@example.org, see cms.example.org, or the file api.json and the qa folder.",
    ],
)
def test_plain_english_is_left_alone(text: str) -> None:
    assert found("jargon", "en", text) + found("apologies", "en", text) == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Le back-office, le Back Office et le backoffice", 3),
        ("fr", "DÉSOLÉE, désolés. Je n'ai pas\n  eu le temps", 3),
        ("en", "I’m sorry. We Apologise. It was beyond our\ncontrol", 3),
        ("en", "The DNS, the API and a fully responsive site", 3),
    ],
)
def test_however_it_is_written(language: str, text: str, words: int) -> None:
    assert len(found("jargon", language, text) + found("apologies", language, text)) == words


def test_there_are_enough_of_them() -> None:
    for name, language in LISTS:
        assert len(lines_of(name, language)) >= (60 if name == "jargon" else 15)
        assert re.fullmatch("en|fr", language)
