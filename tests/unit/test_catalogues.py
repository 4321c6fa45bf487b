"""The catalogues of all languages, against the messages that templates and sources really use."""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import portalgen
from portalgen.language import LANGUAGES, lock_words

PACKAGE = Path(portalgen.__file__).parent
ROOT = PACKAGE.parents[1]
TRANSLATED = [language for language in LANGUAGES if language != "en"]
SHELL = ("locked.html", "lock-form.html", "front.html")
"""Templates whose messages stand under the context "lock"."""
NO_BREAK, NARROW = "\u00a0", "\u202f"

SAME: Mapping[str, set[str]] = {
    "fr": {
        "Corrections",
        "Date",
        "Journal",
        "Menu",
        "Pages",
        "Total",
        "Version",
        "version {version}",
        "{title}, version {version}",
    },
    "de": {"Passphrase", "Register", "Version"},
    "es": {"Total"},
    "it": {"Menu", "file"},
    "nl": {"Dashboard", "Menu", "Project: {title}"},
    "pt": {"Menu", "Total"},
}
"""Messages that are the same in that language as in English, and rightly so."""
EVERYWHERE = {"PDF"}
FORMAL_ONLY = {"Kind regards,"}

FORMAL: Mapping[str, str] = {
    "fr": r"\b(?:vous|vos|votre|vôtres?)\b|(?<!\bch)(?<!\bass)ez\b",
    "de": r"\b(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b",
    "es": r"(?i:\b(?:usted|sus?|suy[oa]|le)\b)",
    "it": r"\b(?:Lei|Su[aoe]|Suoi)\b",
    "nl": r"(?i:\b(?:u|uw)\b)",
    "pt": r"(?i:\b(?:si|consigo|seus?|suas?)\b)",
}
INFORMAL: Mapping[str, str] = {
    "fr": r"(?i:\b(?:tu|te|toi|ton|ta|tes)\b|\bt’)",
    "de": r"(?i:\b(?:du|dich|dir|dein|deine[mnrs]?)\b)",
    "es": r"(?i:\b(?:tú|tus?|ti|te|contigo|tuy[oa])\b)",
    "it": r"(?i:\b(?:tu|te|ti|tu[aoe]|tuoi)\b)",
    "nl": r"(?i:\b(?:je|jij|jou|jouw)\b)",
    "pt": r"(?i:\b(?:tu|te|ti|teus?|tuas?|contigo)\b)",
}
QUOTES: Mapping[str, str] = {
    "fr": f"«{NO_BREAK}…{NO_BREAK}»",
    "de": "„…“",
    "es": "«…»",
    "it": "«…»",
    "nl": "‘…’",
    "pt": "«…»",
}

Key = tuple[str, str]
Forms = tuple[str, ...]
Keywords = dict[str, tuple[int, ...] | None]


def _found(method: str, path: Path, keywords: Keywords) -> Iterator[tuple[str, str | None]]:
    with path.open("rb") as file:
        for _, found, *_ in extract(method, file, keywords):
            one, many = found if isinstance(found, tuple) else (found, None)
            yield str(one), many and str(many)


@cache
def _used() -> Mapping[str, str | None]:
    """Every message of the pages, with its plural when it has one."""
    found: list[tuple[str, str | None]] = []
    folders = (PACKAGE / "themes", ROOT / "themes")
    for path in sorted(each for folder in folders for each in folder.glob("*/templates/*.html")):
        if path.name not in SHELL:
            found += _found("jinja2.ext:babel_extract", path, {"_": None, "plural": (1, 2)})
    for path in sorted(PACKAGE.rglob("*.py")):
        found += _found("python", path, {"message": None, "plural": (1, 2)})
        if path.parent.name in ("render", "access") or path.name == "language.py":
            found += _found("python", path, {"text": None})
    plurals = {one: many for one, many in found if many}
    return {one: plurals.get(one) for one, _ in found}


@cache
def _used_by_scripts(bundle: str) -> frozenset[str]:
    found: set[str] = set()
    for path in sorted((PACKAGE / "browser" / bundle).glob("*.js")):
        text = path.read_text("utf-8")
        found |= set(re.findall(r'\b(?:say|makeButton)\(\s*"([^"]+)"', text))
        tables = re.findall(r"(?:MESSAGES|SENTENCES) = \{(.*?)\};", text, re.DOTALL)
        found |= {text for table in tables for text in re.findall(r'"([^"]+)"', table)}
    return frozenset(found)


@cache
def _used_by_the_lock() -> frozenset[str]:
    found = set(_used_by_scripts("lock") | _used_by_scripts("page"))
    for name in SHELL:
        path = PACKAGE / "themes/default/templates" / name
        found |= {one for one, _ in _found("jinja2.ext:babel_extract", path, {"_": None})}
        found |= set(re.findall(r'data-word="([^"]+)"', path.read_text("utf-8")))
    return frozenset(found)


@cache
def _read(language: str) -> Catalog:
    with (PACKAGE / "locales" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _catalogue(language: str) -> Mapping[Key, Forms]:
    return {
        (entry.context or "", entry.id if isinstance(entry.id, str) else entry.id[0]): (
            (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        )
        for entry in _read(language)
        if entry.id
    }


def _texts(language: str) -> Iterator[tuple[str, str, str]]:
    """Every text of a catalogue: its context, its message, and itself."""
    for (context, msgid), forms in _catalogue(language).items():
        yield from ((context, msgid, form) for form in forms)


def _drop(language: str, left_over: set[str]) -> None:
    """Take messages that nothing uses any more out of a catalogue."""
    path = PACKAGE / "locales" / f"{language}.po"
    heads = {f'msgid "{msgid}"' for msgid in left_over}
    blocks = path.read_text("utf-8").split("\n\n")
    kept = [
        block
        for block in blocks
        if heads.isdisjoint(block.splitlines()) or block.startswith('msgctxt "lock"')
    ]
    path.write_text("\n\n".join(kept).rstrip("\n") + "\n", "utf-8")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_has_a_translation_and_none_is_left_over(language: str) -> None:
    found = {msgid for context, msgid in _catalogue(language) if not context}
    if os.environ.get("ACCEPT"):
        _drop(language, found - set(_used()))
        found &= set(_used())
    assert found == set(_used())


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_lock_page_has_its_messages_and_no_others(language: str) -> None:
    found = {msgid for context, msgid in _catalogue(language) if context == "lock"}
    assert found == _used_by_the_lock()


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_empty_or_marked_as_unsure(language: str) -> None:
    assert all(text.strip() == text != "" for _, _, text in _texts(language))
    assert not any(entry.fuzzy for entry in _read(language))
    assert not _read(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_message_with_a_plural_has_it_in_every_context(language: str) -> None:
    for (context, msgid), forms in _catalogue(language).items():
        has_plural = context != "lock" and _used()[msgid] is not None
        assert len(forms) == (2 if has_plural else 1), msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_fields_of_their_message(language: str) -> None:
    for (context, msgid), forms in _catalogue(language).items():
        many = None if context == "lock" else _used()[msgid]
        one, *others = (_fields(form) for form in forms)
        # Where there is one thing, "un point" may say so without its number.
        assert one | {"n"} == _fields(msgid) | {"n"}, msgid
        assert many or one == _fields(msgid), msgid
        assert all(fields == _fields(many or "") for fields in others), msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_in_english(language: str) -> None:
    same = {
        msgid
        for context, msgid, text in _texts(language)
        if context != "informal" and text == msgid and re.search(r"\w", re.sub(r"{\w+}", "", text))
    }
    assert same == SAME[language] | EVERYWHERE


@pytest.mark.parametrize("language", TRANSLATED)
def test_who_is_addressed_formally_can_be_addressed_otherwise(language: str) -> None:
    found = _catalogue(language)
    for (context, msgid), forms in found.items():
        text = " / ".join(forms)
        if context == "" and msgid not in FORMAL_ONLY and re.search(FORMAL[language], text):
            assert ("informal", msgid) in found, (msgid, text)
        if context == "informal":
            assert forms != found["", msgid]
            # "Sie" that begins a sentence may be what the sentence before spoke of.
            inside = re.sub(r"(?:(?<=^)|(?<=[.!?] ))Sie\b", "", text)
            assert not re.search(FORMAL[language], inside), text
        else:
            assert not re.search(INFORMAL[language], text), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_scripts_of_open_pages_address_nobody(language: str) -> None:
    """They have one text for both forms of address."""
    for msgid in _used_by_scripts("page"):
        (text,) = _catalogue(language)["lock", msgid]
        assert not re.search(FORMAL[language], text), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_quotes_and_spaces_are_those_of_the_language(language: str) -> None:
    opening, closing = QUOTES[language].split("…")
    for _, _, text in _texts(language):
        assert not re.search(r"""['"\n\t]|  |\.\.\.""", text), text
        rest = re.sub(rf"{opening}[^{opening}{closing}]*{closing}", "", text)
        assert not re.search("[«»„“”‘]", rest), text
        assert text.count("?") == text.count("¿") or language != "es"
        if language != "fr":
            assert not re.search(r"\s[:;!?]", text), text


def test_french_punctuation_does_not_break() -> None:
    for _, _, text in _texts("fr"):
        assert not re.search(rf"(?<![{NO_BREAK}/\d]):(?!//)|« | »", text), text
        assert not re.search(rf"(?<!{NARROW})[;!?]", text), text


def test_every_language_has_its_catalogue_and_the_lock_page_speaks_it() -> None:
    assert {path.stem for path in (PACKAGE / "locales").glob("*.po")} == set(TRANSLATED)
    words = lock_words()
    assert set(words) == set(LANGUAGES)
    assert all(each.keys() == _used_by_the_lock() for each in words.values())
    assert all(text == msgid for msgid, text in words["en"].items())


def test_changing_lock_words_changes_nothing_for_others() -> None:
    before = lock_words()
    lock_words()["fr"].clear()
    assert lock_words() == before
