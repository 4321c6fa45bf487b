"""Themes that extend others: whose templates, whose style sheets, and what is told of mistakes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from portalgen.problem import Problem, Severity, Source
from portalgen.theme import Theme, load_theme
from portalgen.theme.css import compact, read_sheet


def _load(
    root: Path, files: Mapping[str, str | bytes], name: str = "young"
) -> tuple[Theme | None, list[Problem]]:
    """Load a theme of a workspace whose themes/ has these files."""
    for path, text in files.items():
        file = root / "themes" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_theme(name, root)


def _loaded(root: Path, files: Mapping[str, str | bytes], name: str = "young") -> Theme:
    theme, problems = _load(root, files, name)
    assert problems == []
    assert theme is not None
    return theme


def _css(theme: Theme, name: str = "theme.css") -> str:
    return next(asset.content.decode() for asset in theme.assets if asset.name == name)


def _told(problem: Problem) -> tuple[str, str, int, int, str]:
    place = problem.place
    return problem.code, place.source.path, place.line, place.column, problem.hint


# --- templates -----------------------------------------------------------------------------------

OLD = {
    "old/templates/journal.html": "old {% block a %}a{% endblock %} {% block b %}b{% endblock %}",
    "young/theme.yaml": "extends: old\n",
}


def test_a_template_of_the_youngest_theme_is_taken(tmp_path: Path) -> None:
    assert _loaded(tmp_path, OLD).render("journal.html", {}) == "old a b"
    young = {**OLD, "young/templates/journal.html": "young"}
    assert _loaded(tmp_path, young).render("journal.html", {}) == "young"
    assert _loaded(tmp_path, young, "old").render("journal.html", {}) == "old a b"


@pytest.mark.parametrize("parent", ["parent", "old"])
def test_a_template_extends_the_one_that_it_replaces(tmp_path: Path, parent: str) -> None:
    young = (
        f'{{% extends "{parent}/journal.html" %}}{{% block a %}}A {{{{ super() }}}}{{% endblock %}}'
    )
    theme = _loaded(tmp_path, {**OLD, "young/templates/journal.html": young})
    assert theme.render("journal.html", {}) == "old A a b"


def test_parent_means_the_next_older_theme_that_has_it(tmp_path: Path) -> None:
    middle = '{% extends "parent/journal.html" %}{% block a %}M{% endblock %}'
    young = '{% extends "parent/journal.html" %}{% block b %}Y{% endblock %}'
    files = {
        **OLD,
        "young/theme.yaml": "extends: empty\n",
        "empty/theme.yaml": "extends: middle\n",
        "middle/theme.yaml": "extends: old\n",
        "middle/templates/journal.html": middle,
        "young/templates/journal.html": young,
    }
    assert _loaded(tmp_path, files).render("journal.html", {}) == "old M Y"


def test_a_theme_that_does_not_have_a_template_gives_the_one_it_inherits(tmp_path: Path) -> None:
    young = '{% include "old/parts.html" %}'
    assert _loaded(tmp_path, {**OLD, "young/templates/journal.html": young}).render(
        "journal.html", {"_": str, "language": "en"}
    ) == _loaded(tmp_path, {}, "default").render("parts.html", {"_": str, "language": "en"})


def test_a_workspace_may_have_a_default_theme_of_its_own(tmp_path: Path) -> None:
    own = '{% extends "default/parts.html" %}'
    theme = _loaded(tmp_path, {"default/templates/parts.html": own}, "default")
    assert theme.render("parts.html", {"_": str}).isspace()
    files = {"young/theme.yaml": "extends: default\n", "default/templates/journal.html": "ours"}
    assert _loaded(tmp_path, files).render("journal.html", {}) == "ours"


@pytest.mark.parametrize(
    ("template", "code", "line", "hint"),
    [
        ('\n{% extends "bas.html" %}', "missing-template", 2, 'did you mean "base.html"?'),
        ('{% extends "default/bas.html" %}', "missing-template", 1, "default/base.html"),
        ('{% extends "olt/base.html" %}', "missing-template", 1, 'did you mean "base.html"?'),
        ('\n\n{% include "ghastly.html" %}', "missing-template", 3, "there are: "),
        (
            '{% extends "base.html" %}\n{% block contnt %}{% endblock %}',
            "unknown-block",
            2,
            'did you mean "content"?',
        ),
        (
            '{% extends "index.html" %}',
            "template-cycle",
            1,
            'write {% extends "parent/index.html" %} for the one that it replaces',
        ),
    ],
)
def test_a_template_that_builds_on_nothing(
    tmp_path: Path, template: str, code: str, line: int, hint: str
) -> None:
    theme, [problem] = _load(tmp_path, {"young/templates/index.html": template})
    assert theme is None
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.place.source.path == "themes/young/templates/index.html"
    assert hint in problem.hint


def test_a_new_block_inside_one_that_is_replaced_is_no_mistake(tmp_path: Path) -> None:
    index = (
        '{% extends "base.html" %}{% block content %}{% block mine %}{% endblock %}{% endblock %}'
    )
    _loaded(tmp_path, {"young/templates/index.html": index})


def test_a_template_that_no_page_is_made_of(tmp_path: Path) -> None:
    theme, [problem] = _load(tmp_path, {"young/templates/indx.html": ""})
    assert theme is None
    assert (problem.code, problem.hint) == ("unknown-template", "did you mean index.html?")
    _, [unread] = _load(tmp_path, {"other/templates/mosaic.html": ""}, "other")
    assert (unread.code, unread.severity) == ("unread-template", Severity.WARNING)
    files = {
        "third/templates/mosaic.html": "m",
        "third/templates/journal.html": '{% include "mosaic.html" %}',
    }
    assert _loaded(tmp_path, files, "third").render("journal.html", {}) == "m"


def test_a_field_that_a_view_does_not_have(tmp_path: Path) -> None:
    from portalgen.render.frame import Tab
    from portalgen.theme import ThemeError

    theme = _loaded(tmp_path, {"young/templates/journal.html": "\n{{ tab.txt }}{{ tba }}"})
    with pytest.raises(ThemeError) as raised:
        theme.render("journal.html", {"tab": Tab("One", "#", False)})
    problem = raised.value.problem
    assert problem.message == 'there is no "txt" in Tab'
    assert _told(problem)[1:] == (
        "themes/young/templates/journal.html",
        2,
        1,
        'did you mean "text"?',
    )
    theme = _loaded(tmp_path, {"young/templates/journal.html": "{{ tba }}"})
    with pytest.raises(ThemeError) as raised:
        theme.render("journal.html", {"tab": None, "_": None})
    assert raised.value.problem.hint == 'did you mean "tab"?'


# --- style sheets --------------------------------------------------------------------------------


def test_all_style_sheets_become_one_in_the_order_of_the_line(tmp_path: Path) -> None:
    files = {
        "old/theme.yaml": "styles: [b.css, a.css]\n",
        "old/assets/a.css": ".a{}",
        "old/assets/b.css": ".b{}",
        "young/theme.yaml": "extends: old\nstyles: [a.css, c.css]\n",
        "young/assets/a.css": ".young{}",
        "young/assets/c.css": ".c{}",
    }
    theme = _loaded(tmp_path, files)
    assert _css(theme).endswith("\n.b{}\n.young{}\n.c{}")
    assert _css(theme).startswith(_css(_loaded(tmp_path, {}, "default")))
    assert len(theme.styles) == 1
    assert {asset.name for asset in theme.assets} == {"theme.css", "lock.css", "dashboard.css"}


def test_without_a_list_every_style_sheet_of_a_theme_counts(tmp_path: Path) -> None:
    files = {"young/assets/b.css": ".b{}", "young/assets/a.css": ".a{}"}
    assert _css(_loaded(tmp_path, files)).endswith("\n.a{}\n.b{}")


def test_a_style_sheet_of_the_same_name_replaces(tmp_path: Path) -> None:
    css = ":root{--ground:#fff;--ink:#000}p{color:var(--ink);background:var(--ground)}"
    theme = _loaded(tmp_path, {"young/assets/theme.css": css})
    assert _css(theme).startswith(css)
    assert theme.grounds.light.text == ("#fff",)
    assert theme.grounds.dark.text == ("#fff",)


def test_an_address_leads_to_the_published_asset(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "young/assets/fonts/a.woff2": b"font",
        "young/assets/rule.svg": b"<svg/>",
        "young/assets/css/young.css": (
            '@font-face{src:url("../fonts/a.woff2")}\n'
            "p{background:url( ../rule.svg#part )} /* url(gone.png) */\n"
            "q{mask:url(data:image/svg+xml,x);clip-path:url(#x);content:'url(gone.png)'}"
        ),
    }
    theme = _loaded(tmp_path, files)
    names = {asset.name: asset.hashed_name for asset in theme.assets}
    # printf font | sha256sum; printf '<svg/>' | sha256sum
    assert names["fonts/a.woff2"] == "fonts-a-795ea3efa43d.woff2"
    assert _css(theme).endswith(
        "@font-face{src:url(fonts-a-795ea3efa43d.woff2)}"
        f"p{{background:url({names['rule.svg']}#part)}}"
        "q{mask:url(data:image/svg+xml,x);clip-path:url(#x);content:'url(gone.png)'}"
    )


def test_the_name_of_an_asset_ends_no_address(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "young/assets/young.css": """p{background:url("a (b)'s.png")}""",
        "young/assets/a (b)'s.png": b"picture",
    }
    # printf picture | sha256sum
    assert "p{background:url(a--b--s-2cea274d0bed.png)}" in _css(_loaded(tmp_path, files))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("/* one */\na > b ,\nc {\n  color : red ;\n}\n", "a > b,c{color : red;}"),
        ("a { content: ' ; , {  } /* kept */ ' }", "a{content: ' ; , {  } /* kept */ '}"),
        ('a::before { content: "\\" ;  " }', 'a::before{content: "\\" ;  "}'),
        ("a { width: calc(1px + 2px) }", "a{width: calc(1px + 2px)}"),
        ("a{b:url( x.png ; y )/* c */ d}", "a{b:url( x.png ; y ) d}"),
        (
            "@media (min-width: 1px)  and (a) { b/**/c {} }",
            "@media (min-width: 1px) and (a){b c{}}",
        ),
        ("a {} /* open", "a{}"),
    ],
)
def test_what_is_published_has_no_comments_and_few_blanks(text: str, short: str) -> None:
    assert compact(text) == short


@pytest.mark.parametrize(
    "text",
    [
        *('\\"', "\\'", "url(", 'url("', "url( ", "@import url(a);", "@import url(a)"),
        *("p{background:url(a)}\n", "--a:b;", "@media{--a:b;", "var(", "/*", " "),
    ],
)
def test_a_style_sheet_of_any_shape_is_read(text: str) -> None:
    """Were the work quadratic in the length of the sheet, this would not end."""
    source = Source("a.css", text * (300_000 // len(text)))
    read_sheet(source)
    assert len(compact(source.text)) <= len(source.text)


SHEET = "themes/young/assets/young.css"


@pytest.mark.parametrize(
    ("css", "told"),
    [
        (
            "p{}\np{background: url(rul.svg)}",
            ("unknown-asset", SHEET, 2, 19, 'did you mean "rule.svg"?'),
        ),
        (
            "p{background:url('https://example.org/a.png')}",
            (
                "outside-theme",
                SHEET,
                1,
                19,
                "put the file in the theme's assets/, and write its path there",
            ),
        ),
        (
            "@import url(other.css);",
            ("style-import", SHEET, 1, 1, "name the sheet under styles in theme.yaml"),
        ),
        (
            "/* a comment;\n { */ p { color: var(--inkk) }",
            ("unknown-variable", SHEET, 2, 22, "did you mean --ink?"),
        ),
        (
            "p { color: var(--accent) }",
            (
                "unknown-variable",
                SHEET,
                1,
                16,
                "not every client has a colour: write var(--accent, …)",
            ),
        ),
        (":root {\n  --inkk: #000;\n}", ("unused-variable", SHEET, 2, 3, "did you mean --ink?")),
        (
            ":root { --tint: beige }\n@media (prefers-color-scheme: dark){:root{--tint: #111}}",
            (
                "not-a-colour",
                SHEET,
                1,
                9,
                "write it as #rrggbb: a client's own colour is made readable on it",
            ),
        ),
        (
            ":root { --edge: #ccc }",
            (
                "no-dark-colour",
                SHEET,
                1,
                9,
                "set --edge in @media (prefers-color-scheme: dark) { :root { … } } too",
            ),
        ),
        (
            "@media (prefers-color-scheme: dark) { :root { --muted: #555 } }",
            ("low-contrast", SHEET, 1, 47, "text needs 4.5: make --muted lighter"),
        ),
        (
            "@media (prefers-color-scheme: dark) { :root { --on-link: #fff } }",
            ("low-contrast", SHEET, 1, 47, "make --on-link dark there, as the grounds are"),
        ),
    ],
)
def test_mistakes_in_a_style_sheet(
    tmp_path: Path, css: str, told: tuple[str, str, int, int, str]
) -> None:
    _, problems = _load(
        tmp_path, {"young/assets/young.css": css, "young/assets/rule.svg": "<svg/>"}
    )
    assert told in [_told(problem) for problem in problems]
    assert len({problem.code for problem in problems}) == 1


def test_a_style_sheet_that_a_theme_forgets_to_list(tmp_path: Path) -> None:
    files = {
        "young/theme.yaml": "styles: []",
        "young/assets/a.css": "",
        "young/assets/lock.css": "",
    }
    _, [problem] = _load(tmp_path, files)
    assert (problem.code, problem.severity) == ("unread-style", Severity.WARNING)


def test_a_variable_with_a_fallback_or_in_a_template_is_no_mistake(tmp_path: Path) -> None:
    files = {
        "young/assets/a.css": ":root{--own: 1}p{color:var(--gone, var(--accent, red))}",
        "young/templates/journal.html": '<svg fill="var(--own)">',
    }
    _loaded(tmp_path, files)


# --- the line ------------------------------------------------------------------------------------


def test_a_circle_of_themes_is_told_where_it_closes(tmp_path: Path) -> None:
    files = {"young/theme.yaml": "extends: old", "old/theme.yaml": "extends: young"}
    theme, [problem] = _load(tmp_path, files)
    assert theme is None
    assert _told(problem) == (
        "theme-cycle",
        "themes/old/theme.yaml",
        1,
        10,
        "the line is young → old → young: end it with extends: default",
    )
