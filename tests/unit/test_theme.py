"""Themes: what is found, what is inherited, and how what is wrong is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from portalgen.language import Words
from portalgen.model.studio import Studio
from portalgen.problem import Problem, Source
from portalgen.shell import make_shell
from portalgen.theme import Asset, Theme, ThemeError, load_theme
from portalgen.yaml_source import read_yaml

OwnTheme = Callable[..., tuple[Theme | None, list[Problem]]]


@pytest.fixture
def own(tmp_path: Path) -> OwnTheme:
    """Load a workspace's theme made of these files."""

    def load(**files: str) -> tuple[Theme | None, list[Problem]]:
        for name, text in files.items():
            folder = {"html": "templates", "css": "assets", "yaml": "."}[name.rpartition("_")[2]]
            path = tmp_path / "themes/mine" / folder / ".".join(name.rsplit("_", 1))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return load_theme("mine", tmp_path)

    return load


def _loaded(result: tuple[Theme | None, list[Problem]]) -> Theme:
    theme, problems = result
    assert theme is not None
    assert problems == []
    return theme


def _asset(theme: Theme, name: str) -> Asset:
    return next(asset for asset in theme.assets if asset.name == name)


def _default(root: Path) -> Theme:
    return _loaded(load_theme("default", root))


def test_the_default_theme_needs_no_workspace(tmp_path: Path) -> None:
    theme = _default(tmp_path)
    names = {asset.name for asset in theme.assets}
    assert {"dashboard.css", "lock.css", "theme.css"} <= names
    assert theme.styles == (_asset(theme, "theme.css").hashed_name,)


def test_the_name_of_an_asset_follows_its_content(tmp_path: Path, own: OwnTheme) -> None:
    theme = _loaded(own(lock_css="a{}"))
    # printf 'a{}' | sha256sum
    assert _asset(theme, "lock.css").hashed_name == "lock-5f546eb4606b.css"
    assert _asset(_default(tmp_path), "lock.css").hashed_name != "lock-5f546eb4606b.css"
    assert _asset(theme, "dashboard.css") == _asset(_default(tmp_path), "dashboard.css")


def test_a_theme_of_the_workspace_inherits_templates(own: OwnTheme) -> None:
    theme = _loaded(own(journal_html="Hello {{ name }}"))
    assert theme.render("journal.html", {"name": "Zoé"}) == "Hello Zoé"
    with pytest.raises(ThemeError, match="language"):
        theme.render("base.html", {})


def test_a_theme_can_extend_the_template_it_replaces(own: OwnTheme) -> None:
    theme = _loaded(
        own(
            front_html='{% extends "default/front.html" %}',
            parts_html="{% macro m() %}m{% endmacro %}",
        )
    )
    context: dict[str, object] = {
        "language": "fr",
        "csp": "",
        "stylesheets": [],
        "studio": None,
        "_": str.upper,
    }
    assert "PLEASE USE THE LINK" in theme.render("front.html", context)


@pytest.mark.parametrize(
    ("settings", "code", "hint"),
    [
        ("styles: [them.css]", "unknown-style", 'did you mean "theme.css"?'),
        ("style: [theme.css]", "unknown-key", 'did you mean "styles"?'),
        ("colour: red", "unknown-key", "the keys are: extends, styles, lock_styles"),
        ("styles: theme.css", "wrong-type", "write styles: [theme.css]"),
        ("- theme.css", "wrong-type", "write extends: …"),
        ("extends: [default]", "wrong-type", "write extends: default"),
        ("extends: defalt", "unknown-theme", 'did you mean "default"?'),
        ("extends: mine", "theme-cycle", "the line is mine → mine: end it with extends: default"),
    ],
)
def test_mistakes_in_theme_yaml(own: OwnTheme, settings: str, code: str, hint: str) -> None:
    theme, [problem] = own(theme_yaml=settings)
    assert theme is None
    assert (problem.code, problem.hint) == (code, hint)
    assert (problem.place.source.path, problem.place.line) == ("themes/mine/theme.yaml", 1)


def test_an_unknown_theme_is_a_problem(own: OwnTheme, tmp_path: Path) -> None:
    own(journal_html="")
    theme, [problem] = load_theme("mime", tmp_path)
    assert theme is None
    assert (problem.code, problem.hint) == ("unknown-theme", 'did you mean "mine"?')


@pytest.mark.parametrize("name", ["../mine", "mine/", "", ".", "/etc"])
def test_a_theme_is_never_looked_for_elsewhere(own: OwnTheme, tmp_path: Path, name: str) -> None:
    own(journal_html="")
    theme, [problem] = load_theme(name, tmp_path)
    assert theme is None
    assert problem.code == "unknown-theme"


def test_every_template_that_cannot_be_compiled_is_told_at_its_line(own: OwnTheme) -> None:
    theme, problems = own(index_html="a\n\n{% if %}", spec_html="{{ ")
    assert theme is None
    assert [(p.code, p.place.source.path, p.place.line) for p in problems] == [
        ("template-syntax", "themes/mine/templates/index.html", 3),
        ("template-syntax", "themes/mine/templates/spec.html", 1),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("{{ name.nothing }}", 1, "'str object' has no attribute 'nothing'"),
        ("\n\n{{ 1 // 0 }}", 3, "integer division or modulo by zero"),
        ("{% macro m() %}\n{{ gone }}\n{% endmacro %}\n{{ m() }}", 2, "'gone' is undefined"),
        ("{{ ''.__class__.__mro__ }}", 1, "access to attribute '__class__'"),
        ("{{ name.upper(1) }}", 1, "takes no arguments"),
    ],
)
def test_a_template_that_fails_is_told_at_its_line(
    own: OwnTheme, text: str, line: int, message: str
) -> None:
    theme = _loaded(own(journal_html=text))
    with pytest.raises(ThemeError) as raised:
        theme.render("journal.html", {"name": "x"})
    problem = raised.value.problem
    assert problem.code == "template-error"
    assert problem.place.source.path == "themes/mine/templates/journal.html"
    assert problem.place.line == line
    assert message in problem.message


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (f"{{{{ {'(' * 9999}1{')' * 9999} }}}}", "recursion"),
        ('{{ "a" * 99999999999999 }}', "MemoryError"),
        ("{{ lipsum() }}", "lipsum"),
        ("{{ 'ab' | random }}", "random"),
        ("{{ _.__self__ }}", "unsafe"),
    ],
)
def test_a_template_that_would_do_more_than_make_a_page(
    own: OwnTheme, template: str, says: str
) -> None:
    theme, problems = own(journal_html=template)
    told = [problem.message for problem in problems]
    if theme:
        with pytest.raises(ThemeError) as raised:
            theme.render("journal.html", {"_": Words("en").text})
        told.append(str(raised.value))
    assert [says in message for message in told] == [True]


@pytest.mark.parametrize("name", ["front_html", "lock-form_html", "locked_html"])
def test_a_page_that_anyone_can_read_is_handed_a_name_and_a_phone(own: OwnTheme, name: str) -> None:
    written, _ = read_yaml(Source("studio.yaml", "name: A\nphone: 1\nemail: a@example.org\n"))
    theme = _loaded(own(**{name: "{{ studio.email }}"}))
    with pytest.raises(ThemeError, match='there is no "email"'):
        make_shell(Studio.model_validate(written), theme)


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ThemeError) as raised:
        _default(tmp_path).render("spek.html", {})
    problem = raised.value.problem
    assert (problem.code, problem.hint) == ("missing-template", 'did you mean "spec.html"?')


def test_a_file_that_is_not_utf8_is_a_problem(own: OwnTheme, tmp_path: Path) -> None:
    own(journal_html="")
    (tmp_path / "themes/mine/templates/journal.html").write_bytes("é".encode("latin-1"))
    theme, [problem] = load_theme("mine", tmp_path)
    assert theme is None
    assert (problem.code, problem.place.source.path) == (
        "not-utf8",
        "themes/mine/templates/journal.html",
    )


def test_what_an_author_writes_is_escaped(own: OwnTheme) -> None:
    theme = _loaded(own(journal_html='<a title="{{ name }}">{{ name }}</a>'))
    assert theme.render("journal.html", {"name": "<b \"'>"}) == (
        '<a title="&lt;b &#34;&#39;&gt;">&lt;b &#34;&#39;&gt;</a>'
    )


@pytest.mark.parametrize("linked", ["themes", "themes/mine", "themes/mine/assets"])
def test_a_link_publishes_nothing(linked: str, own: OwnTheme, tmp_path: Path) -> None:
    """Assets go out in clear, and git carries links: one could lead to the content."""
    own(journal_html="")
    secret = tmp_path / "content/salon"
    (secret / "mine/assets").mkdir(parents=True)
    for place in ("client.yaml", "mine/client.yaml", "mine/assets/client.yaml"):
        (secret / place).write_text("name: Salon Martin", "utf-8")
    link = tmp_path / linked
    if link.exists():
        link.rename(tmp_path / "aside")
    link.symlink_to(secret / "mine" if linked == "themes/mine" else secret)
    theme, problems = load_theme("mine", tmp_path)
    assert theme is None or all(b"Salon" not in asset.content for asset in theme.assets)
    assert (theme is None) == bool(problems)
