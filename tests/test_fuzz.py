"""Whatever stands in a content file: no crash, and every problem has a place inside its file.

The runs of a build are always the same. To look further, with other examples each time:
`FUZZ=20000 pytest tests/test_fuzz.py`.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from conftest import SMALLEST, TODAY, Run, Workspace
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from portalgen.desk import Desk, open_desk
from portalgen.edit import with_values
from portalgen.invoice.document import Document
from portalgen.ledger import line_of, read_ledger
from portalgen.making import Order, make_portal
from portalgen.markdown import read_markdown, to_html
from portalgen.model.values import Span, path_segment, to_date, to_decimal, to_span
from portalgen.parse import parse_studio
from portalgen.passphrase import estimated_bits, fold
from portalgen.problem import Place, Problem, Source
from portalgen.read import read_studio
from portalgen.terminal import Terminal
from portalgen.yaml_source import Mapping as Keys
from portalgen.yaml_source import Scalar, read_yaml

SAMPLE = Path(__file__).parents[1] / "content"
FURTHER = int(os.environ.get("FUZZ", "0"))

RICH: Mapping[str, str] = {
    "salon/client.yaml": (
        "name: Salon Martin\nlanguage: fr\naddress_form: tu\n"
        "contacts:\n- {id: claire, name: Claire Martin, email: claire@example.org}\n"
        "- name: Élodie Roux\n  role: gérante\n"
        "project:\n  title: Site vitrine\n  summary: Un site, et des photos\n"
        "  started: 2026-09-01\n  due: 2026-12-01/2026-12-15\n"
        "  moved: [{on: 2026-10-02, was: 2026-11-01, why: photos}]\n"
        "  health: {state: à risque, says: Les photos manquent}\n"
        'look: {accent: "#8a3b5c"}\nbilling: {kind: business, siren: "732829320",\n'
        "  address: {street: 2 rue, city: Lyon}}\n"
        "notes: |\n  Deux lignes\n  de notes\n"
    ),
    "salon/spec.md": (
        "---\ntitle: Le site\nprice: 1800.00\nagreed: {by: claire, on: 2026-09-01}\n---\n"
        "# Le site\n\n- R1: Le site se lit sur un téléphone\n  - R1.1: [x] même *vieux*\n"
        "- [ ] **R2 :** Les tarifs y sont\n\n> citation[^1]\n\n[^1]: une note\n\n"
        "| a | b |\n|---|--:|\n| `c` | ~~d~~ |\n\nTerme\n: sa définition\n\n"
        "![photo](files/a.png) et [lien](https://example.org/?a=b#c)\n"
    ),
    "salon/steps.yaml": (
        "- title: Maquette\n  started: 2026-10-01\n  finished: 2026-10-09\n  covers: [R1, R2]\n"
        "- title: Site\n  due: 2026-12-01\n  covers: [R1]\n  question: Quelle couleur ?\n"
        "  waiting: {what: Les photos, how: par mail, from: claire, before: 2026-11-30}\n"
        "  text: |\n    Le *corps* : `code`\n\n    - un\n    - deux\n"
        "- {title: Ménage, internal: oui, effort: 2 jours}\n"
    ),
    "salon/deliverables/01-logo.md": (
        "---\ntitle: Logo\nversion: 2\ndelivered: 2026-11-01\nlink: https://example.org/logo\n"
        "approved: {by: claire, on: 2026-11-02, via: mail}\n"
        "accounts:\n- for: Le site\n  address: https://example.org\n  given: 2026-11-02\n"
        "---\nLe logo, en deux formats.\n"
    ),
    "salon/updates/2026-10-05-debut.md": "---\ntitle: Début\nby: claire\n---\nC’est parti.\n",
    "salon/corrections/C1.md": (
        "---\non: 2026-10-10\nby: claire\nabout: maquette\ndone: 2026-10-12\n---\nPlus gros.\n"
    ),
    "salon/amendments/A1.md": (
        "---\ntitle: Photos\nagreed: {on: 2026-10-01}\nremoves: [R2]\nprice_change: -200\n---\n"
        "- R3: Les photos\n"
    ),
    "salon/invoice.yaml": (
        "approval: {by: claire, on: 2026-11-02, via: mail, waived: tout}\nnumber: 2026-001\n"
        "issued: 2026-11-03\nthanks: Merci\ncurrency: EUR\nlines:\n"
        "- {text: Création du site, quantity: 3, unit: jour, price: 600.00, vat: 20}\n"
        "- text: Photos\n  price: 99.90\n  base_quantity: 10\n  vat: {category: E, why: art. 261}\n"
        "  discounts: [{percent: 10, why: fidélité}]\n  charges: [{amount: 5, why: port}]\n"
        "payments: [{on: 2026-11-05, amount: 100}]\nrounding: 0.01\ndelivered_on: 2026-11-01\n"
    ),
    "salon/access.yaml": SMALLEST["salon/access.yaml"],
}
"""A client's folder that uses most of what there is to write."""

STUDIO: Mapping[str, str] = {
    "studio.yaml": (
        "name: Atelier Lumen\nowner: Nadia\nemail: nadia@example.org\nlanguage: fr\n"
        "website: https://example.org\nreach: [email, phone]\n"
        "address: {street: 1 rue, postcode: '69001', city: Lyon, country: France}\n"
        "legal: {form: EI, siren: '732829320', vat_regime: franchise, size: micro}\n"
        "bank: {iban: FR7630006000011234567890189}\nterms: {days: 30, recovery_fee: 40}\n"
    ),
    "glossary.yaml": "nom de domaine: l’adresse du site\nhébergement: là où il vit\n",
}

SIGNS = (
    *": #,{}[]\"'\t&*!|>%@`-?~=\\\n\r",
    *"\x00\x01\x1b\x7f\x85\xa0\u00ad\u2028\u2029\u202e\ufeff\ufffe\U0001f600\u0661\u00b2é",
    *("e\u0301", "é" * 40, "---", "...", ": ", " #", "- ", "? ", "<<: ", "*a ", "&a ", "!!int "),
    *("![", "](", "[^1]", "R1: ", "**", "```\n", "{{", "{%", "</script>", "http://[", "//["),
    *("9" * 400, "1e999", "2026-02-30", "0000-00-00", "x" * 5000, "%00", "../", "null", "yes"),
    *("[" * 60, "{a: " * 60, "> " * 60),
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text after a few accidents."""
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(ACCIDENTS))(draw, text)[:20_000]
    return text


def _insert(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(SIGNS) | st.text(max_size=6)) + text[at:]


def _insert_after_colon(draw: st.DrawFn, text: str) -> str:
    """A sign at the beginning of a value, where YAML gives most of them a meaning."""
    places = [found.end() for found in re.finditer(r": ?|- ", text)] or [0]
    at = draw(st.sampled_from(places))
    return text[:at] + draw(st.sampled_from(SIGNS) | st.text(max_size=6)) + text[at:]


def _delete(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + text[at + draw(st.integers(1, 12)) :]


def _replace_value(draw: st.DrawFn, text: str) -> str:
    places = list(re.finditer(r"(?<=: )[^,}\]\n]+", text))
    if not places:
        return text
    found = draw(st.sampled_from(places))
    value = draw(st.sampled_from(SIGNS) | st.text(max_size=12) | st.integers().map(str))
    return text[: found.start()] + value + text[found.end() :]


def _swap_lines(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _repeat_line(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    lines[at:at] = [lines[at]] * draw(st.sampled_from([1, 2, 20]))
    return "\n".join(lines)


def _indent_line(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    lines[at] = draw(st.sampled_from([" ", "  ", "\t", "- ", "      "])) + lines[at]
    return "\n".join(lines)


def _cut(draw: st.DrawFn, text: str) -> str:
    return text[: draw(st.integers(0, len(text)))]


ACCIDENTS = (
    _insert,
    _insert_after_colon,
    _delete,
    _replace_value,
    _swap_lines,
    _repeat_line,
    _indent_line,
    _cut,
)


@st.composite
def changes(draw: st.DrawFn, site: Mapping[str, str]) -> Mapping[str, str]:
    """One file of a site, mutated, or replaced by any text at all."""
    path = draw(st.sampled_from(sorted(site)))
    return {path: draw(mutated(site[path]) | st.text(max_size=200))}


def often(examples: int) -> settings:
    """So many examples, always the same; or as many others as FUZZ says."""
    return settings(
        max_examples=FURTHER or examples,
        derandomize=not FURTHER,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@dataclass(frozen=True)
class Bench:
    """A workspace with its studio's files read once, for many variants of one client."""

    root: Path
    desk: Desk = field(repr=False)

    def make(self, files: Mapping[str, str]) -> tuple[Problem, ...]:
        """Read, parse, check, render and lock the client with these files changed."""
        content = self.root / "content"
        for path, text in files.items():
            (content / path).write_bytes(text.encode("utf-8", "surrogatepass"))
        order = Order(root=self.root, output=self.root / "output", today=date.fromisoformat(TODAY))
        try:
            made = make_portal(self.desk, order, "salon")
        finally:
            for path in files:
                (content / path).write_text(RICH[path], "utf-8")
        assert (made.files is None) == made.blocked
        return made.problems


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    root = workspace({**RICH, "salon/files/a.png": b"\x89PNG"})
    desk, problems = open_desk(root)
    assert problems == []
    return Bench(root, desk)


def assert_well_placed(problems: tuple[Problem, ...]) -> None:
    """Each problem has a code and one line of text, and stands inside its file."""
    for problem in problems:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", problem.code)
        assert problem.message
        assert problem.place.source.path.startswith("content")
        assert_inside(problem.place)
    shown = StringIO()
    Terminal(shown, colour=True).problems(problems)
    assert "Traceback" not in shown.getvalue()


def assert_inside(place: Place) -> None:
    if place.line == 0:
        return
    assert 1 <= place.line <= place.source.text.count("\n") + 1
    assert place.width >= 1
    assert 1 <= place.column <= len(place.source.line(place.line)) + 1


def test_the_rich_site_is_valid(bench: Bench) -> None:
    assert [problem.code for problem in bench.make({})] == ["not-issued"]


KEY_OFF_THE_CURVE = {"salon/access.yaml": RICH["salon/access.yaml"].replace('x: "b8', 'x: "AA', 1)}


@often(350)
@example(files=KEY_OFF_THE_CURVE)
@given(files=changes(RICH))
def test_any_file_of_a_client(files: Mapping[str, str], bench: Bench) -> None:
    assert_well_placed(bench.make(files))


@often(150)
@given(files=changes(STUDIO))
def test_any_file_of_the_studio(files: Mapping[str, str], workspace: Workspace) -> None:
    root = workspace({**STUDIO, **{path: _encoded(text) for path, text in files.items()}})
    folder, unreadable = read_studio(root)
    _, unparsed = parse_studio(folder)
    assert_well_placed((*unreadable, *unparsed))


@often(10)
@given(files=changes({**RICH, **STUDIO}))
def test_check_and_build_end_well(files: Mapping[str, str], workspace: Workspace, run: Run) -> None:
    changed = {path: _encoded(text) for path, text in files.items()}
    root = workspace({**RICH, **STUDIO, "salon/files/a.png": b"\x89PNG", **changed})
    for command in ("check", "build"):
        ran = run(root, command)
        assert ran.code in (0, 1)
        assert ("error[" in ran.err) == (ran.code == 1)
        assert "Traceback" not in ran.out + ran.err


YAML = "".join(RICH[path] for path in ("salon/client.yaml", "salon/invoice.yaml"))


@often(700)
@example(text="a: é\x01")
@example(text="a: b\u2028c\nd: {e: f, g}\n")
@example(text="a: {")
@given(text=mutated(YAML) | mutated("a: {b: [c, d], e: f}\n") | st.text())
def test_any_yaml(text: str) -> None:
    source = Source("content/x.yaml", text)
    node, problems = read_yaml(source)
    assert (
        node is not None or problems or not re.sub(r"(?m)#.*$|^---|^\.\.\.|^%.*$", "", text).strip()
    )
    assert_well_placed(tuple(problems))
    if node is not None:
        assert_inside(node.place)


ISSUED = (SAMPLE / "salon-martin/issued/2026-014.json").read_text("utf-8")


@often(300)
@given(text=mutated(ISSUED) | st.text())
def test_any_issued_invoice(text: str) -> None:
    """It is read as it was written, or refused in words."""
    try:
        read = Document.from_json(text)
    except ValueError:
        return
    assert read.to_json() == text


@often(300)
@given(text=mutated((SAMPLE / "invoices.lock").read_text("utf-8")) | st.text())
def test_any_ledger(text: str) -> None:
    source = Source("content/invoices.lock", text)
    ledger, problems = read_ledger(source)
    assert_well_placed(tuple(problems))
    written = [line_of(entry.issue).strip("\n") for entry in ledger.entries]
    lines = [line for line in text.removesuffix("\n").split("\n") if not line.startswith("#")]
    assert problems or written == lines or text == ""


@often(500)
@given(text=mutated(RICH["salon/invoice.yaml"].replace("approval:", "thanked:")) | st.text())
def test_any_file_edited_in_place(text: str) -> None:
    """What is set is read back, and all else as before; or there is no result."""
    edited = with_values(text, {"approval": {"on": "2026-11-02"}, "number": "2026-002"}, "kind")
    if edited is not None:
        node, problems = read_yaml(Source("", re.sub(r"\r\n?", "\n", edited.lstrip("\ufeff"))))
        assert isinstance(node, Keys)
        number = node.get("number")
        assert problems == []
        assert isinstance(number, Scalar)
        assert number.text == "2026-002"


@often(300)
@given(text=mutated(RICH["salon/spec.md"]) | st.text())
def test_any_markdown(text: str) -> None:
    document = read_markdown(text)
    html = to_html(document, resolve=lambda target: None, prefix="a")
    assert not re.search(r"<(?:script|iframe|style|object)\b", html)
    lines = text.count("\n") + 1
    assert all(0 <= found.line <= lines for found in document.requirements)
    assert all(0 <= found.line <= lines for found in document.references)


@often(500)
@given(
    text=st.text()
    | st.from_regex(r"[+-]?[\d., '€]{1,30}")
    | st.from_regex(r"\d+[-/. ]\w+[-/. ]\d+")
)
def test_any_value(text: str) -> None:
    """A converter returns a value of its type, or fails in words and with the right form."""
    node = Scalar(text, Place(Source("content/x.yaml", text), 1))
    for convert, kind in ((to_decimal, Decimal), (to_date, date), (to_span, Span)):
        try:
            assert isinstance(convert(node), kind)
        except PydanticCustomError as failure:
            context = failure.context or {}
            assert context["message"]
            right = re.fullmatch(r"write ([\d./-]+)", context["hint"])
            if right:
                convert(Scalar(right[1], node.place))


@often(500)
@given(text=st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert estimated_bits(folded) >= 0
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", path_segment(text))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
