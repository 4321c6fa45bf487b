"""What is found in a text, what is not, and what is left of it then."""

from pathlib import Path

import pytest
from secret_samples import INNOCENT, MIXED, NAMED, SHAPED_PARTS, SHAPES, TABLES, pem

from portalgen.envelope import seal_text
from portalgen.problem import Source
from portalgen.secret_scan import COVER, cover, cover_all, find_secrets

FIXTURES = Path(__file__).parents[1] / "fixtures"
PUBLIC_KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "b8yV5iTPFevfXlStTl-DTL0vIXpNgm5-x961yBnJp5A",
    "y": "AfccxitTG-ktpD7WLvbk4OyDxo2LTp9mJXIHY9lwmNo",
}


def found(text: str, path: str = "notes.md") -> list[str]:
    return [text[finding.start : finding.end] for finding in find_secrets(text, path)]


@pytest.mark.parametrize(("name", "secret"), SHAPES)
def test_a_secret_is_known_by_its_shape(name: str, secret: str) -> None:
    text = f"Pour Claire :\n{secret}\net merci.\n"
    assert found(text) == [secret]
    assert [finding.name for finding in find_secrets(text)] == [name]


@pytest.mark.parametrize(("name", "text", "secret"), SHAPED_PARTS)
def test_only_the_secret_of_what_is_around_it(name: str, text: str, secret: str) -> None:
    assert found(text) == [secret]
    assert [finding.name for finding in find_secrets(text)] == [name]


@pytest.mark.parametrize(("text", "secret"), [*NAMED, *TABLES])
def test_a_secret_is_known_by_its_name(text: str, secret: str) -> None:
    assert found(text) == [secret]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_speaks_of_a_secret_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", [*(secret for _, secret in SHAPES), *(row[1] for row in SHAPED_PARTS), *dict(NAMED)]
)
def test_a_glance_at_many_texts_misses_none(text: str) -> None:
    page = Source("page.md", f"---\ntitle: Le site\n---\nNous dessinons la page.\n\n{text}")
    plain = Source("plain.md", "---\ntitle: Le site\n---\nNous dessinons la page.")
    covered, problems = cover_all((plain, page, plain))
    assert covered == (plain, cover(page)[0], plain)
    assert problems == cover(page)[1] != []


def test_what_portalgen_writes_is_no_secret() -> None:
    written = [*FIXTURES.glob("*access.yaml"), *FIXTURES.glob("*entry.yaml")]
    assert written
    for file in written:
        assert find_secrets(file.read_text("utf-8"), file.name) == ()
    code = seal_text("Soleil44!", "TSMxaKVQADQ", "ftp", [("AoII2_cSBDY", PUBLIC_KEY)])
    assert find_secrets(code, "ftp.json") == ()


def test_in_a_program_a_name_is_a_variable() -> None:
    assert found('var password = "hunter2";', "site.js") == []
    assert found("<label>Mot de passe : hunter2</label>", "site.HTML") == []
    assert found(f'var key = "sk_live_{MIXED[:24]}";', "site.js") == ["sk_live_" + MIXED[:24]]


def test_a_secret_is_covered_sign_for_sign() -> None:
    text = f"# Clés\n{pem('PRIVATE KEY')}\npuis mdp : Été-44\n"
    covered, problems = cover(Source("notes.md", text))
    assert [line for line in covered.text.split("\n") if COVER not in line] == [
        "# Clés",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "",
    ]
    assert covered.text.endswith("puis mdp : ••••••\n")
    assert [len(line) for line in covered.text.split("\n")] == [
        len(line) for line in text.split("\n")
    ]
    assert [(p.code, p.place.line, p.place.column, p.place.width) for p in problems] == [
        ("clear-secret", 3, 1, 62),
        ("clear-secret", 8, 12, 6),
    ]
    assert [problem.message for problem in problems] == [
        "this looks like a private key in clear",
        "this looks like a password in clear",
    ]
    assert {problem.place.source for problem in problems} == {covered}


def test_several_secrets_of_a_line_stand_apart() -> None:
    text = "mdp : Soleil44, PIN : 4821, token: ghp_" + MIXED[:36]
    assert found(text) == ["Soleil44", "4821", "ghp_" + MIXED[:36]]


def test_secrets_that_overlap_are_covered_as_one() -> None:
    key = f"sk_live_{MIXED[:24]}/{MIXED[:8]}"
    (finding,) = find_secrets(f"token: {key}")
    assert (finding.name, finding.end - finding.start) == ("a Stripe key", len(key))


def test_a_long_line_is_read_to_its_end() -> None:
    filler = '"page": "accueil", ' * 500
    assert found(f'{{{filler}"password": "hunter2", {filler}"mdp": "soleil"}}', "x.json") == [
        "hunter2",
        "soleil",
    ]
