"""Words, dates, numbers and money, and the catalogue against the messages that are in use."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import portalgen
from portalgen.language import LANGUAGES, Form, Words, lock_words
from portalgen.model.values import Span

PACKAGE = Path(portalgen.__file__).parent
FRENCH, TU, ENGLISH = Words("fr"), Words("fr", "informal"), Words("en")
NO_BREAK, NARROW = "\u00a0", "\u202f"
SHELL = ("locked.html", "lock-form.html", "front.html")
"""Templates whose messages stand under the context "lock"."""

Messages = dict[str, str | None]
"""Message ids in use, each with its plural when it has one."""


def _found(
    method: str, path: Path, keywords: dict[str, tuple[int, ...] | None]
) -> Iterator[object]:
    with path.open("rb") as file:
        yield from (found[1] for found in extract(method, file, keywords))


def _messages() -> Messages:
    used: list[object] = []
    for path in sorted((PACKAGE / "themes/default/templates").glob("*.html")):
        if path.name not in SHELL:
            keywords: dict[str, tuple[int, ...] | None] = {"_": None, "plural": (1, 2)}
            used += _found("jinja2.ext:babel_extract", path, keywords)
    speakers = (PACKAGE / "language.py", PACKAGE / "access/invitation.py")
    for path in (*speakers, *sorted((PACKAGE / "render").glob("*.py"))):
        used += _found("python", path, {"text": None, "message": None, "plural": (1, 2)})
    pairs = (found if isinstance(found, tuple) else (found, None) for found in used)
    return {str(one): many and str(many) for one, many in pairs}


def _catalogue(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    with (PACKAGE / "locales" / f"{language}.po").open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id]
    return {
        (entry.context or "", entry.id if isinstance(entry.id, str) else entry.id[0]): (
            (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        )
        for entry in entries
    }


def test_every_message_has_a_translation() -> None:
    missing = {msgid for msgid in _messages() if not all(_catalogue("fr").get(("", msgid), ("",)))}
    assert missing == set()


def test_no_translation_is_left_unused() -> None:
    used = _messages()
    assert {key for key in _catalogue("fr") if key[0] != "lock" and key[1] not in used} == set()


def test_the_informal_says_something_else() -> None:
    french = _catalogue("fr")
    for context, msgid in french:
        if context == "informal":
            assert french["informal", msgid] != french["", msgid]


def test_translations_keep_the_fields_of_their_message() -> None:
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    many = _messages()
    for (_, msgid), forms in _catalogue("fr").items():
        for form, source in zip(forms, (msgid, many.get(msgid) or msgid), strict=False):
            assert fields(form) == fields(source), msgid


def test_french_punctuation_does_not_break() -> None:
    for (_, msgid), forms in _catalogue("fr").items():
        for form in forms:
            assert not re.search(rf"(?<![{NO_BREAK}/\d]):(?!//)|« | »", form), msgid
            assert not re.search(rf"(?<!{NARROW})[;!?]", form), msgid
            assert "'" not in form, msgid


def test_lock_words_cover_the_same_messages_in_every_language() -> None:
    words = lock_words()
    assert set(words) == set(LANGUAGES)
    assert words["fr"].keys() == words["en"].keys() != set()
    assert all(text == msgid for msgid, text in words["en"].items())
    assert all(words["fr"].values())


def test_changing_lock_words_changes_nothing_for_others() -> None:
    before = lock_words()
    lock_words()["fr"].clear()
    assert lock_words() == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [(FRENCH, "À vous de jouer"), (TU, "À toi de jouer"), (ENGLISH, "Your turn")],
)
def test_the_client_is_addressed_as_chosen(words: Words, expected: str) -> None:
    assert words.text("Your turn") == expected


@pytest.mark.parametrize("form", ["formal", "informal"])
def test_what_has_no_informal_form_is_said_the_one_way(form: Form) -> None:
    assert Words("fr", form).text("Log out") == "Se déconnecter"


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert ENGLISH.text("Hello {names}", names="{names} {0}") == "Hello {names} {0}"


@pytest.mark.parametrize(
    ("words", "n", "expected"),
    [
        (FRENCH, 0, "0 étape"),
        (FRENCH, 1, "1 étape"),
        (FRENCH, 2, "2 étapes"),
        (FRENCH, 1200, f"1{NARROW}200 étapes"),
        (ENGLISH, 0, "0 steps"),
        (ENGLISH, 1, "1 step"),
        (ENGLISH, 1200, "1,200 steps"),
    ],
)
def test_plurals(words: Words, n: int, expected: str) -> None:
    assert words.plural("{n} step", "{n} steps", n) == expected


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 3, 9), "9 mars 2026", "9 March 2026"),
        (date(2026, 3, 1), "1er mars 2026", "1 March 2026"),
        (date(2026, 8, 31), "31 août 2026", "31 August 2026"),
    ],
)
def test_dates(day: date, french: str, english: str) -> None:
    assert (FRENCH.date(day), ENGLISH.date(day)) == (french, english)


@pytest.mark.parametrize(
    ("first", "last", "french", "english"),
    [
        ("2026-03-16", "2026-03-16", "16 mars 2026", "16 March 2026"),
        ("2026-03-16", "2026-03-20", "du 16 au 20 mars 2026", "16–20 March 2026"),
        ("2026-03-01", "2026-03-05", "du 1er au 5 mars 2026", "1–5 March 2026"),
        ("2026-03-28", "2026-04-01", "du 28 mars au 1er avril 2026", "28 March – 1 April 2026"),
        (
            "2026-03-16",
            "2027-03-20",
            "du 16 mars 2026 au 20 mars 2027",
            "16 March 2026 – 20 March 2027",
        ),
    ],
)
def test_ranges_say_nothing_twice(first: str, last: str, french: str, english: str) -> None:
    span = Span(date.fromisoformat(first), date.fromisoformat(last))
    assert (FRENCH.span(span), ENGLISH.span(span)) == (french, english)


@pytest.mark.parametrize(
    ("amount", "currency", "french", "english"),
    [
        ("1234.50", "EUR", f"1{NARROW}234,50{NO_BREAK}€", "€1,234.50"),
        ("0.0125", "EUR", f"0,0125{NO_BREAK}€", "€0.0125"),
        ("99999999999.99", "EUR", f"99{NARROW}999{NARROW}999{NARROW}999,99{NO_BREAK}€", None),
        ("5", "GBP", f"5,00{NO_BREAK}£GB", "£5.00"),
    ],
)
def test_money_is_never_rounded(
    amount: str, currency: str, french: str, english: str | None
) -> None:
    assert FRENCH.money(Decimal(amount), currency) == french
    if english:
        assert ENGLISH.money(Decimal(amount), currency) == english


def test_numbers_and_rates() -> None:
    assert FRENCH.number(Decimal("0.333")) == "0,333"
    assert FRENCH.percent(Decimal("5.50")) == f"5,5{NO_BREAK}%"
    assert ENGLISH.percent(Decimal(20)) == "20%"


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [
        (0, "0 octet", "0 bytes"),
        (999, "999 octets", "999 bytes"),
        (1000, "1 ko", "1 kB"),
        (4123, "4,1 ko", "4.1 kB"),
        (348_123, "348 ko", "348 kB"),
        (999_999, "1 Mo", "1 MB"),
        (5_000_000_000_000, "5 000 Go", "5,000 GB"),
    ],
)
def test_sizes(size: int, french: str, english: str) -> None:
    assert re.sub(rf"[{NARROW}{NO_BREAK}]", " ", FRENCH.size(size)) == french
    assert ENGLISH.size(size) == english


@pytest.mark.parametrize(
    ("names", "french"),
    [([], ""), (["A"], "A"), (["A", "B"], "A et B"), (["A", "B", "C"], "A, B et C")],
)
def test_lists(names: list[str], french: str) -> None:
    assert FRENCH.list(names) == french
