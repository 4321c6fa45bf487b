"""Words, dates, numbers and money, as each language says them."""

import re
from datetime import date
from decimal import Decimal

import pytest

from portalgen.language import Form, Words
from portalgen.model.values import Span

FRENCH, TU, ENGLISH = Words("fr"), Words("fr", "informal"), Words("en")
NO_BREAK, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("words", "expected"),
    [(FRENCH, "À vous de jouer"), (TU, "À toi de jouer"), (ENGLISH, "Your turn")],
)
def test_the_client_is_addressed_as_chosen(words: Words, expected: str) -> None:
    assert words.text("Your turn") == expected


@pytest.mark.parametrize("form", ["formal", "informal"])
def test_what_has_no_informal_form_is_said_the_one_way(form: Form) -> None:
    assert Words("fr", form).text("Log out") == "Se déconnecter"


def test_a_field_is_a_name_and_leads_no_further() -> None:
    said = Words("en").text("{x} {x.real} {x[0]} {x!r} {x:>9} {}", x=1)
    assert said == "1 {x.real} {x[0]} {x!r} {x:>9} {}"


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
    ("language", "first", "with_year"),
    [
        ("en", "Tuesday, 1 December", "Thursday, 26 November 2026"),
        ("fr", "mardi 1er décembre", "jeudi 26 novembre 2026"),
        ("de", "Dienstag, 1. Dezember", "Donnerstag, 26. November 2026"),
        ("es", "martes, 1 de diciembre", "jueves, 26 de noviembre de 2026"),
        ("it", "martedì 1º dicembre", "giovedì 26 novembre 2026"),
        ("nl", "dinsdag 1 december", "donderdag 26 november 2026"),
        ("pt", "terça-feira, 1 de dezembro", "quinta-feira, 26 de novembro de 2026"),
    ],
)
def test_days_of_the_week(language: str, first: str, with_year: str) -> None:
    words = Words(language)
    assert words.day_of_week(date(2026, 12, 1)) == first
    assert words.day_of_week(date(2026, 11, 26), year=True) == with_year


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


@pytest.mark.parametrize(
    ("language", "day", "first"),
    [
        ("de", "9. März 2026", "1. März 2026"),
        ("es", "9 de marzo de 2026", "1 de marzo de 2026"),
        ("it", "9 marzo 2026", "1º marzo 2026"),
        ("nl", "9 maart 2026", "1 maart 2026"),
        ("pt", "9 de março de 2026", "1 de março de 2026"),
    ],
)
def test_dates_of_other_languages(language: str, day: str, first: str) -> None:
    words = Words(language)
    assert (words.date(date(2026, 3, 9)), words.date(date(2026, 3, 1))) == (day, first)


@pytest.mark.parametrize(
    ("language", "month", "year", "years"),
    [
        (
            "de",
            "16.–20. März 2026",
            "28. März – 1. April 2026",
            "28. Dezember 2026 – 3. Januar 2027",
        ),
        (
            "es",
            "del 16 al 20 de marzo de 2026",
            "del 28 de marzo al 1 de abril de 2026",
            "del 28 de diciembre de 2026 al 3 de enero de 2027",
        ),
        (
            "it",
            "16–20 marzo 2026",
            "28 marzo – 1º aprile 2026",
            "28 dicembre 2026 – 3 gennaio 2027",
        ),
        (
            "nl",
            "16 t/m 20 maart 2026",
            "28 maart t/m 1 april 2026",
            "28 december 2026 t/m 3 januari 2027",
        ),
        (
            "pt",
            "de 16 a 20 de março de 2026",
            "de 28 de março a 1 de abril de 2026",
            "de 28 de dezembro de 2026 a 3 de janeiro de 2027",
        ),
    ],
)
def test_ranges_of_other_languages(language: str, month: str, year: str, years: str) -> None:
    words = Words(language)
    assert words.span(Span(date(2026, 3, 16), date(2026, 3, 20))) == month
    assert words.span(Span(date(2026, 3, 28), date(2026, 4, 1))) == year
    assert words.span(Span(date(2026, 12, 28), date(2027, 1, 3))) == years


@pytest.mark.parametrize(
    ("language", "money", "percent", "size", "byte"),
    [
        ("de", "1.234,50 €", "5,5 %", "3,4 MB", "1 Byte"),
        ("es", "1.234,50 €", "5,5 %", "3,4 MB", "1 byte"),
        ("it", "1.234,50 €", "5,5%", "3,4 MB", "1 byte"),
        ("nl", "€ 1.234,50", "5,5%", "3,4 MB", "1 byte"),
        ("pt", "1 234,50 €", "5,5%", "3,4 MB", "1 byte"),
    ],
)
def test_numbers_of_other_languages(
    language: str, money: str, percent: str, size: str, byte: str
) -> None:
    words = Words(language)
    said = (
        words.money(Decimal("1234.50"), "EUR"),
        words.percent(Decimal("5.5")),
        words.size(3_400_000),
        words.size(1),
    )
    assert tuple(text.replace(NO_BREAK, " ") for text in said) == (money, percent, size, byte)


@pytest.mark.parametrize(
    ("language", "none", "one", "two"),
    [
        ("de", "0 Schritten", "1 Schritt", "2 Schritten"),
        ("es", "0 etapas", "1 etapa", "2 etapas"),
        ("it", "0 fasi", "1 fase", "2 fasi"),
        ("nl", "0 stappen", "1 stap", "2 stappen"),
        ("pt", "0 etapas", "1 etapa", "2 etapas"),
    ],
)
def test_plurals_of_other_languages(language: str, none: str, one: str, two: str) -> None:
    said = [Words(language).plural("{n} step", "{n} steps", n) for n in range(3)]
    assert said == [none, one, two]


@pytest.mark.parametrize(
    ("names", "spanish"),
    [
        (["Ana", "Inés"], "Ana e Inés"),
        (["Ana", "Leo", "Hilario"], "Ana, Leo e Hilario"),
        (["Ana", "Hiedra"], "Ana y Hiedra"),
        (["Ana y Leo", "Íñigo"], "Ana y Leo e Íñigo"),
        (["Inés"], "Inés"),
        ([], ""),
    ],
)
def test_spanish_says_e_before_the_sound_of_i(names: list[str], spanish: str) -> None:
    assert Words("es").list(names) == spanish


@pytest.mark.parametrize(
    ("language", "formal", "informal"),
    [
        ("de", "Sie sind dran", "Du bist dran"),
        ("es", "Es su turno", "Te toca a ti"),
        ("it", "Tocca a Lei", "Tocca a te"),
        ("nl", "U bent aan zet", "Jij bent aan zet"),
        ("pt", "É a sua vez", "É a tua vez"),
    ],
)
def test_the_form_of_address_of_other_languages(language: str, formal: str, informal: str) -> None:
    assert Words(language).text("Your turn") == formal
    assert Words(language, "informal").text("Your turn") == informal
