"""Folding, generating and judging passphrases."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.passphrase import (
    MINIMUM_BITS,
    WORDS_IN_A_LIST,
    estimated_bits,
    fold,
    generate,
    load_words,
    weakness,
)

FOLDS = json.loads((Path(__file__).parent.parent / "vectors" / "fold.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", FOLDS, ids=lambda vector: repr(vector["text"]))
def test_fold_vectors(vector: dict[str, str]) -> None:
    assert fold(vector["text"]) == vector["folded"]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœæ '-"))
def test_french_capitals_make_no_difference(text: str) -> None:
    assert fold(text.upper()) == fold(text) == fold(text.title())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_list_is_fit_for_use(language: str) -> None:
    words = load_words(language)
    assert len(set(words)) == len(words) == WORDS_IN_A_LIST
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words)
    assert {fold(word) for word in words} == set(words)


@pytest.mark.parametrize(
    ("language", "like"),
    [("fr-CA", "fr"), ("FR", "fr"), ("fr_BE", "fr"), ("de", "en"), ("../../x", "en"), ("", "en")],
)
def test_lists_by_language(language: str, like: str) -> None:
    assert load_words(language) == load_words(like)


@pytest.mark.parametrize("count", [6, 8])
def test_generated_passphrases_are_words_of_the_list(count: int) -> None:
    words = load_words("fr")
    made = generate(words, count).split("-")
    assert len(made) == count
    assert set(made) <= set(words)


def test_two_generated_passphrases_differ() -> None:
    words = load_words("en")
    assert generate(words) != generate(words)


def test_six_generated_words_are_worth_77_bits() -> None:
    assert estimated_bits("marbre-violon-citron-pelouse-hameau-lampe") == pytest.approx(77.5, 0.001)


@pytest.mark.parametrize(
    "given_text",
    [
        "motdepasse",
        "Bonjour 2024",
        "soleil soleil soleil soleil soleil soleil",
        "marbre violon citron pelouse",
        "a b c d e f g h i j",
        "11111111111111111111111",
        "anticonstitutionnellement",
        "P@ssw0rd!",
    ],
)
def test_guessable_passphrases(given_text: str) -> None:
    assert weakness(fold(given_text)) == "guessable"


@pytest.mark.parametrize(
    "given_text",
    ["marbre violon citron pelouse hameau", "k3v9x2qz7m4w8t5r", "x7q2-m9k4-w3t8-z5r6-b2"],
)
def test_good_passphrases(given_text: str) -> None:
    assert weakness(fold(given_text)) is None


@pytest.mark.parametrize("given_text", ["", " ", "…!"])
def test_empty_passphrases(given_text: str) -> None:
    assert weakness(fold(given_text)) == "empty"


def test_the_minimum_is_five_words() -> None:
    five = estimated_bits("marbre-violon-citron-pelouse-hameau")
    assert MINIMUM_BITS <= five < MINIMUM_BITS + 1
