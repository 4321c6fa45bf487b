"""The small pieces of an archive: names, pages without scripts, plain words."""

import pytest

from portalgen.archive.plain_text import plain_text
from portalgen.archive.safe_names import safe_names
from portalgen.archive.still_page import still


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("files/plan.pdf", "plan.pdf"),
        ("photos/été.jpg", "photos/été.jpg"),
        ("files/e\u0301te\u0301.txt", "été.txt"),
        ("files/CON", "_CON"),
        ("files/con.txt", "_con.txt"),
        ("files/lpt¹ .a", "_lpt¹ .a"),
        ("files/conte.txt", "conte.txt"),
        ("AUX/a.txt", "_AUX/a.txt"),
        ("files/a:b?.txt", "a_b_.txt"),
        ("files/a\\b.txt", "a_b.txt"),
        ("files/end. ", "end_"),
        ("files/\u202etxt.exe", "_txt.exe"),
        ("files/line\nbreak.txt", "line_break.txt"),
        (f"files/{'é' * 100}.jpeg", f"{'é' * 57}.jpeg"),
        (f"{'a/' * 90}b.txt", "792f743770bdc83d-b.txt"),
    ],
)
def test_a_name_that_some_system_refuses_is_changed(path: str, name: str) -> None:
    assert safe_names([path], "files") == {path: name}


def test_names_that_some_system_takes_for_one_are_told_apart() -> None:
    paths = ["a.txt", "files/A.txt", "files/a.txt", "files/\u00e9", "files/e\u0301", "A.TXT/b"]
    assert safe_names(paths, "files") == {
        "files/A.txt": "A.txt",
        "files/a.txt": "a (2).txt",
        "files/e\u0301": "é",
        "files/\u00e9": "é (2)",
        "A.TXT/b": "A (3).TXT/b",
        "a.txt": "a (4).txt",
    }


FILES = {"files/plan.pdf": "files/le plan.pdf", "files/p.png": "files/p.png"}


def cleared(html: str) -> str:
    return still(html, "../", FILES.get, "elsewhere").html


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<!doctype html>\n<p>a &amp; b&nbsp;&#8364;</p>", None),
        (
            "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
            "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
        ),
        ('<p>a<button type="button" data-lock>Log out</button></p>', "<p>a</p>"),
        (
            '<ul><li class="x">\n<button data-lock>Out <b>now</b></button></li>\n<li>a</li></ul>',
            "<ul><li>a</li></ul>",
        ),
        ("<div data-device hidden><div>a</div></div>b", "b"),
        (
            '<span data-reader="k">Hello</span><span data-reader="">All</span>',
            '<span data-reader="">All</span>',
        ),
        (
            '<button data-seal="{&quot;a&quot;:1}">Show <b>it</b></button>!',
            "<span>elsewhere</span>!",
        ),
        (
            '<button class="b" data-view data-file="files/plan.pdf" data-digest="0">Plan</button>',
            '<a class="b" href="../files/le%20plan.pdf">Plan</a>',
        ),
        (
            '<button data-file="files/plan.pdf" aria-label="&quot;it&quot;">Get</button>',
            (
                '<a aria-label="&quot;it&quot;" href="../files/le%20plan.pdf"'
                ' download="le plan.pdf">Get</a>'
            ),
        ),
        ('<button data-view data-file="gone">a</button>', "<a>a</a>"),
        (
            '<img alt="" data-file="files/p.png">',
            '<img src="../files/p.png" alt="" data-file="files/p.png">',
        ),
        ("a<script>alert('<p>')</script>b", "ab"),
        ('<button popovertarget="a">a</button>', '<button popovertarget="a">a</button>'),
    ],
)
def test_what_needs_a_script_becomes_what_needs_none(html: str, made: str | None) -> None:
    assert cleared(html) == (html if made is None else made)


def test_a_policy_stands_first_in_the_head() -> None:
    assert cleared("<html><head>\n<title>a</title></head></html>").startswith(
        '<html><head>\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    )


def test_what_a_button_would_save_becomes_a_file() -> None:
    made = still('<button data-save="a.ics" data-text="A&#10;B">Dates</button>', "", FILES.get, "")
    assert made.html == '<a href="a.ics" download="a.ics">Dates</a>'
    assert made.saved == {"a.ics": "A\r\nB"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a\nb  c</p><p>d &amp; e<br>f</p>", "a b c\n\nd & e\nf"),
        ("<ul>\n<li>a</li>\n<li>b\n<ul><li>c</li></ul></li></ul>", "- a\n- b\n\n- c"),
        (
            '<p>See <a href="https://a.b/">it</a>, <a href="#x">here</a></p>',
            "See it (https://a.b/), here",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<p><img alt="A picture" src="x"></p>', "A picture"),
        ("<table><tr><th>a</th><td>b</td></tr></table>", "a  b"),
    ],
)
def test_html_becomes_plain_words(html: str, text: str) -> None:
    assert plain_text(html) == text
