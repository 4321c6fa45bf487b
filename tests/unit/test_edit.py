"""A value set in place: everything else in the file stays, to the byte."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.edit import Value, with_item, with_values
from portalgen.problem import Source
from portalgen.yaml_source import Mapping, Scalar, read_yaml

APPROVED: dict[str, Value] = {
    "approval": {"by": "claire", "on": "2026-11-24"},
    "number": "2026-016",
    "issued": "2026-11-24",
}

CASES = {
    "an empty key": (
        "kind: final # the balance\napproval:\n\nlines: []\n",
        (
            "kind: final # the balance\napproval:\n  by: claire\n  on: 2026-11-24\n"
            "number: 2026-016\nissued: 2026-11-24\n\nlines: []\n"
        ),
    ),
    "comments, empty values and Windows line ends": (
        (
            "# one\r\napproval:   # to come\r\nnumber: # later\r\nissued:\r\n"
            "lines:\r\n- {a: 1} # x\r\n"
        ),
        (
            "# one\r\napproval:   # to come\r\n  by: claire\r\n  on: 2026-11-24\r\n"
            "number: 2026-016 # later\r\nissued: 2026-11-24\r\nlines:\r\n- {a: 1} # x\r\n"
        ),
    ),
    "no key at all": (
        "# head\nlines:\n- a: 1\n",
        (
            "# head\napproval:\n  by: claire\n  on: 2026-11-24\n"
            "number: 2026-016\nissued: 2026-11-24\nlines:\n- a: 1\n"
        ),
    ),
    "after the kind, before what belongs to the lines": (
        "kind: final\n\n# what is billed\nlines: [a]\n",
        (
            "kind: final\napproval:\n  by: claire\n  on: 2026-11-24\nnumber: 2026-016\n"
            "issued: 2026-11-24\n\n# what is billed\nlines: [a]\n"
        ),
    ),
    "values that mean none": (
        "approval: {  }\nnumber: ~\nissued: ''\nlines: []\n",
        (
            "approval:\n  by: claire\n  on: 2026-11-24\n"
            "number: 2026-016\nissued: 2026-11-24\nlines: []\n"
        ),
    ),
    "a no, in quotes": (
        "'approval': \"no\" # yet\nlines: []\n",
        (
            "'approval':  # yet\n  by: claire\n  on: 2026-11-24\n"
            "number: 2026-016\nissued: 2026-11-24\nlines: []\n"
        ),
    ),
    "another number": (
        "approval: no\nnumber: 2026-015 # sent\nissued: 2026-11-20\nlines: []\n",
        (
            "approval:\n  by: claire\n  on: 2026-11-24\nnumber: 2026-016 # sent\n"
            "issued: 2026-11-24\nlines: []\n"
        ),
    ),
    "indented, with a mark and without a last line end": (
        "\ufeff  approval: null\n  notes: |\n    a\n    # b",
        (
            "\ufeff  approval:\n    by: claire\n    on: 2026-11-24\n  number: 2026-016\n"
            "  issued: 2026-11-24\n  notes: |\n    a\n    # b"
        ),
    ),
    "the last key, without a line end": (
        "lines: []\napproval:",
        (
            "lines: []\napproval:\n  by: claire\n  on: 2026-11-24\n"
            "number: 2026-016\nissued: 2026-11-24\n"
        ),
    ),
    "a text in lines of its own": (
        "approval: |-\n  no\n\n# to come\nlines: []\n",
        (
            "approval:\n  by: claire\n  on: 2026-11-24\nnumber: 2026-016\nissued: 2026-11-24\n"
            "\n# to come\nlines: []\n"
        ),
    ),
    "a file that says nothing yet": (
        "# my first one\n",
        (
            "# my first one\napproval:\n  by: claire\n  on: 2026-11-24\n"
            "number: 2026-016\nissued: 2026-11-24\n"
        ),
    ),
    "between braces": (
        "{approval: , number: 1, issued: 2, lines: [a, b]} # all\n",
        (
            "{approval: {by: claire, on: 2026-11-24} , number: 2026-016, issued: 2026-11-24, "
            "lines: [a, b]} # all\n"
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_only_the_values_change(name: str) -> None:
    text, expected = CASES[name]
    assert with_values(text, APPROVED, "kind") == expected


@pytest.mark.parametrize(
    "text",
    [
        "approval:\n  {}\nlines: []\n",
        "? approval\n: no\nlines: []\n",
        "approval: [\nlines: []\n",
        "approval: no\napproval: no\n",
        "- approval: no\n",
        "approval: | # not yet\n  no\nlines: []\n",
        "approval:\n  by: # nobody\nlines: []\n",
    ],
)
def test_a_layout_that_leaves_no_safe_way_is_left_alone(text: str) -> None:
    assert with_values(text, APPROVED, "kind") is None


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_any_value_is_read_back(value: str) -> None:
    value = value.strip()
    edited = with_values("a: 1 # one\n", {"via": value, "said": {"via": value}}, "a")
    if not value:
        return
    assert edited is not None
    node, problems = read_yaml(Source("", edited))
    assert problems == []
    assert isinstance(node, Mapping)
    read = node.get("via")
    assert isinstance(read, Scalar)
    assert (read.text, read.is_null) == (value, False)
    assert re.sub("^a: 1 # one\n", "", edited) != edited


ENDED = {
    "one line": ("Un.\n", "text: Un.\n"),
    "one line, in a list of short ones": ("Un, deux.\n", "text: Un, deux.\n"),
    "an end alone": ("\n", 'text: ""\n'),
    "several lines": ("Un.\nDeux.\n", "text: |\n    Un.\n    Deux.\n"),
    "lines with spaces at their ends": ("Un. \nDeux.\n\n", 'text: "Un. \\nDeux."\n'),
}


@pytest.mark.parametrize("case", ENDED)
def test_a_text_that_ends_with_a_line_end(case: str) -> None:
    text, written = ENDED[case]
    list_file = "- title: a\n  text: b\n"
    item = {"title": "c", "text": text}
    assert with_item(list_file, item) == f"{list_file}\n- title: c\n  {written}"
    assert with_item("[{title: a}]\n", {"text": "Un.\n"}) == "[{title: a}, {text: Un.}]\n"
