"""The texts of new files: what is put into their holes is read back, wherever it stands."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.problem import Source
from portalgen.scaffold.naming import LONGEST, free, slug
from portalgen.scaffold.texts import flow, one_line, scalar, written
from portalgen.schema import modeline
from portalgen.yaml_source import Mapping, Scalar, Sequence, read_yaml

TEXTS = Path(str(files("portalgen.scaffold"))) / "texts"
SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))
ODD = st.text(st.one_of(SIGNS, st.sampled_from("\n:#'\"{}[],&*!|>%@`-?\\ ")), min_size=1)


def read(text: str) -> Mapping:
    node, problems = read_yaml(Source("", text))
    assert problems == []
    assert isinstance(node, Mapping)
    return node


@given(ODD)
def test_a_value_is_read_back(value: str) -> None:
    node = read(f"a: {scalar(value)}  # comment\nb: {{c: {scalar(value, inside=True)}, d: e}}\n")
    inner = node.get("b")
    assert isinstance(inner, Mapping)
    for read_back in (node.get("a"), inner.get("c")):
        assert isinstance(read_back, Scalar)
        assert read_back.text == value
        assert not read_back.is_null


@given(st.lists(ODD))
def test_a_list_is_read_back(values: list[str]) -> None:
    node = read(f"a: {flow(values)}\n").get("a")
    assert isinstance(node, Sequence)
    assert [item.text for item in node.items if isinstance(item, Scalar)] == values


def test_a_value_stands_bare_where_it_can() -> None:
    assert scalar("Le dessin, et l’heure du pain") == "Le dessin, et l’heure du pain"
    assert scalar("a, b", inside=True) == '"a, b"'
    assert flow(("R1", "R3.2")) == "[R1, R3.2]"


def test_a_line_stays_one() -> None:
    assert one_line(" a \n\n b\u2028c\td ") == "a b c d"
    assert one_line("Le dessin\u00a0: x") == "Le dessin\u00a0: x"


@pytest.mark.parametrize("language", ["en", "fr", "pt"])
def test_what_stands_in_a_hole(language: str) -> None:
    values = {"title": "a\nb", "by": "", "text": "{{title}}\n# b"}
    lines = written("update.md", language, values).splitlines()
    assert lines[:2] == ["---", 'title: "a\\nb"']
    assert lines[3:] == ["---", "", "{{title}}", "# b"]


def test_what_has_no_value_is_missed() -> None:
    with pytest.raises(KeyError):
        written("update.md", "en", {"title": "a"})
    with pytest.raises(FileNotFoundError):
        written("letter.md", "en", {})


def test_a_comment_keeps_to_its_line() -> None:
    values = dict.fromkeys(("title", "why", "price_change", "due_change", "text", "today"), "")
    values |= {"number": "R8", "removes": "", "contact": "anna\n---"}
    text = written("amendment.md", "en", values)
    assert "# agreed: {by: anna ---, on: , via: by phone}\n" in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_editor_finds_the_schema(language: str) -> None:
    first, *_ = (TEXTS / language / "client.yaml").read_text("utf-8").splitlines()
    assert first == modeline(1, "client")


def test_french_has_every_text_with_the_same_holes() -> None:
    names = {file.name for file in (TEXTS / "en").iterdir() if file.is_file()}
    assert names == {file.name for file in (TEXTS / "fr").iterdir() if file.is_file()}
    for name in names:
        english, french = (
            [part.partition("}}")[0] for part in (TEXTS / lang / name).read_text().split("{{")[1:]]
            for lang in ("en", "fr")
        )
        assert english == french, name


@given(st.text())
def test_a_name_is_never_empty_or_long(title: str) -> None:
    name = slug(title, "step")
    assert 0 < len(name) <= LONGEST
    assert not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_names_do_not_differ_by_capitals_alone() -> None:
    assert free("c1", {"C1"}) == "c1-2"
    assert free("c1", {"C1", "c1-2"}) == "c1-3"
