"""Whatever a file looks like, a change in place touches the lines that it has to, and no others."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from portalgen.edit import (
    Add,
    Change,
    Remove,
    Set,
    with_changes,
    with_front_matter_changes,
    with_item,
)
from portalgen.edit.layout import lines_of
from portalgen.edit.values import plain
from portalgen.parse.front_matter import front_matter
from portalgen.problem import Source
from portalgen.yaml_source import read_yaml

KEYS = ("title", "status", "started", "finished", "due", "covers", "waiting", "text")

VALUES: MappingOf[str, object] = {
    " Le dessin des pages": "Le dessin des pages",
    " 2026-11-23": "2026-11-23",
    ' "deux : points # et dièse"': "deux : points # et dièse",
    " 'l''heure'": "l'heure",
    "": None,
    " ~": None,
    " [R1, R2]": ["R1", "R2"],
    " [ ]": [],
    " {on: 2026-09-17, was: 2026-09-14/2026-09-18}": {
        "on": "2026-09-17",
        "was": "2026-09-14/2026-09-18",
    },
    " [R1,\n    R2]": ["R1", "R2"],
    "\n  - {was: 2026-09-14}\n  - was: 2026-09-15\n    why: neige": [
        {"was": "2026-09-14"},
        {"was": "2026-09-15", "why": "neige"},
    ],
    "\n- files/a.pdf\n- files/b.pdf": ["files/a.pdf", "files/b.pdf"],
    "\n  what: La grille\n  from: claire": {"what": "La grille", "from": "claire"},
    " |\n  Un texte\n\n  # qui n’est pas un commentaire": (
        "Un texte\n\n# qui n’est pas un commentaire"
    ),
    " >-\n  plié\n  ici": "plié ici",
    ' "sur deux\n  lignes"': "sur deux lignes",
    " nu sur\n  deux lignes": "nu sur deux lignes",
}
"""How values are written, and what they say."""

ONE_LINE = [text for text in VALUES if "\n" not in text and "[" not in text]
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
BETWEEN = st.lists(st.sampled_from(["", "# une note", "  # en retrait", "#", "\t"]), max_size=2)
TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).map(str.strip)
NEW = st.one_of(
    st.sampled_from(["fait", "2026-12-01", "oui : non", "a # b", "- x", "{", "'", "null", "l'été"]),
    TEXTS.filter(bool),
)
ITEMS = st.dictionaries(st.sampled_from(["on", "was", "why", "reply"]), NEW, min_size=1)


@dataclass(frozen=True)
class Keys:
    """A group of keys: the lines of each, the lines between, and what all of it says."""

    lines: tuple[str, ...]
    owned: MappingOf[str, tuple[str, ...]]
    says: dict[str, object]


@st.composite
def keys(draw: st.DrawFn) -> Keys:
    """Keys in any order, each in some style, with comments and empty lines in odd places."""
    lines: list[str] = []
    owned: dict[str, tuple[str, ...]] = {}
    says: dict[str, object] = {}
    for name in draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True)):
        written = draw(st.sampled_from(sorted(VALUES)))
        key = draw(st.sampled_from([name, f'"{name}"', f"'{name}'"]))
        note = draw(st.sampled_from(["", "  # à voir"])) if written in ONE_LINE else ""
        owned[name] = tuple(f"{key}:{written}{note}".split("\n"))
        says[name] = VALUES[written]
        lines += [*draw(BETWEEN), *owned[name]]
    # what follows a text in lines of its own, and is indented, belongs to it
    return Keys((*lines, *draw(BETWEEN)), owned, says)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, Keys, str, str]:
    """A file: its text, its keys, its line end and its byte order mark."""
    found = draw(keys().filter(_is_as_meant))
    end, mark = draw(ENDS), draw(st.sampled_from(["", "\ufeff"]))
    last = draw(st.sampled_from(["", end]))
    return mark + end.join(found.lines) + last, found, end, mark


def _is_as_meant(found: Keys) -> bool:
    """A comment behind a text in lines of its own would be a part of it, for the generator only."""
    return said("\n".join(found.lines)) == found.says


def said(text: str) -> object:
    """What a YAML file says; None when anything is wrong with it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    node, problems = read_yaml(Source("", text))
    return None if problems else plain(node)


def gone_and_new(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that one change takes away, and those that it brings, ends included."""
    old, new = (lines_of(text.removeprefix("\ufeff")) for text in (before, after))
    first = next(
        (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None
    )
    head = min(len(old), len(new)) if first is None else first
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return old[head : len(old) - tail], new[head : len(new) - tail]


def ended(line: str, end: str) -> set[str]:
    return {line, f"{line}{end}"}


def assert_touches_only(before: str, after: str, lines: tuple[str, ...], end: str) -> list[str]:
    """Whether nothing goes but some lines, or the last one for want of an end; returns the new."""
    gone, new = gone_and_new(before, after)
    allowed = {form for line in lines for form in ended(line, end)}
    last = lines_of(before.removeprefix("\ufeff"))[-1]
    kept = [line for line in gone if line not in allowed]
    assert kept in ([], [last])
    if kept:
        assert new[0].rstrip("\r\n") == last
    return new


@given(files(), st.sampled_from(KEYS), NEW, st.sampled_from(KEYS))
def test_a_value_is_set(file: tuple[str, Keys, str, str], key: str, value: str, after: str) -> None:
    text, found, end, mark = file
    edited = with_changes(text, [Set((key,), value, (after,))])
    assert edited is not None
    assert said(edited) == {**found.says, key: value}
    assert edited.startswith(mark)
    owned = found.owned.get(key, ())
    new = assert_touches_only(text, edited, owned, end)
    assert len(new) <= 2
    if new and any("# à voir" in line for line in owned):
        assert any("# à voir" in line for line in new)


@given(files(), st.sampled_from(KEYS), ITEMS)
def test_a_group_of_keys_is_set(
    file: tuple[str, Keys, str, str], key: str, value: dict[str, str]
) -> None:
    text, found, end, _ = file
    edited = with_changes(text, [Set((key,), value, ("title",))])
    owned = found.owned.get(key, ())
    if edited is None:
        assert len(owned) > 1  # what stands on several lines, and does not begin below its key
        return
    assert said(edited) == {**found.says, key: value}
    assert_touches_only(text, edited, owned, end)


@given(files(), st.sampled_from(KEYS), ITEMS)
def test_an_item_is_added(file: tuple[str, Keys, str, str], key: str, item: dict[str, str]) -> None:
    text, found, end, _ = file
    edited = with_changes(text, [Add((key,), item, ("title",))])
    before = found.says.get(key)
    if before is not None and not isinstance(before, list):
        assert edited is None
        return
    assert edited is not None
    assert said(edited) == {**found.says, key: [*(before or []), item]}
    lines = found.owned.get(key, ())
    is_on_lines = any(line.startswith(("-", "  -")) for line in lines)
    assert_touches_only(text, edited, () if is_on_lines else lines, end)


@given(files(), st.sampled_from(KEYS))
def test_a_key_is_removed(file: tuple[str, Keys, str, str], key: str) -> None:
    text, found, end, _ = file
    edited = with_changes(text, [Remove((key,))])
    owned = found.owned.get(key, ())
    if edited is None:
        # a note would go with it, or the next one come to stand below the text above
        is_noted = any("# à voir" in line for line in owned) or "  # en retrait" in found.lines
        assert len(found.says) == 1 or not owned or is_noted
        return
    assert said(edited) == {name: value for name, value in found.says.items() if name != key}
    assert assert_touches_only(text, edited, owned, end) == []


@given(
    files(), st.sampled_from(KEYS), NEW, st.sampled_from(["", "\n---\nUn texte.\n---\n", "a\rb"])
)
def test_front_matter_changes_and_the_body_stays(
    file: tuple[str, Keys, str, str], key: str, value: str, body: str
) -> None:
    yaml, found, end, mark = file
    bare = yaml.removeprefix("\ufeff")
    bare = bare if bare.endswith(end) else f"{bare}{end}"
    text = f"{mark}---{end}{bare}--- {end}{body}"
    edited = with_front_matter_changes(text, [Set((key,), value)])
    assert edited is not None
    assert edited.startswith(f"{mark}---{end}")
    assert edited.endswith(f"--- {end}{body}")
    head = edited.removeprefix(mark).replace("\r\n", "\n").replace("\r", "\n")
    node, problems = front_matter(Source("", head.split("--- \n")[0] + "---\n"))
    assert problems == [] or [p.code for p in problems] == ["unknown-key"]
    assert plain(node) == {**found.says, key: value}


ENTRIES = st.lists(
    st.sampled_from(
        [
            "- title: Le dessin\n  status: fait\n  text: |\n    Un texte.\n\n    # un titre\n",
            "- {title: La séance, started: 2026-09-15}\n",
            "-   title: En retrait\n    # une note de cette étape\n",
            "- # sans rien\n  title: Le plan\n",
        ]
    ),
    min_size=0,
    max_size=4,
)
GAPS = st.sampled_from(["", "\n", "\n# entre deux\n", "\n\n"])


@given(ENTRIES, GAPS, ENDS, st.sampled_from(["", "\ufeff", "\ufeff# tête\n"]), ITEMS)
def test_a_list_gets_an_entry_at_its_end(
    entries: list[str], gap: str, end: str, head: str, item: dict[str, str]
) -> None:
    text = (head + gap.join(entries)).replace("\n", end)
    edited = with_item(text, item)
    assert edited is not None
    before = said(text)
    assert said(edited) == [*(before if isinstance(before, list) else []), item]
    assert edited.startswith(text.rstrip("\r\n"))
    written = "".join(f"{key}: x\n# note\n" for key in item)
    assert said(with_item(text, written) or "") == [
        *(before if isinstance(before, list) else []),
        dict.fromkeys(item, "x"),
    ]


@given(ENTRIES.filter(bool), st.data(), GAPS, ENDS)
def test_a_value_is_set_in_one_entry_of_a_list(
    entries: list[str], data: st.DataObject, gap: str, end: str
) -> None:
    text = gap.join(entries).replace("\n", end)
    position = data.draw(st.integers(0, len(entries) - 1))
    change = Set((position, "finished"), "2026-10-01", ("started", "status", "title"))
    edited = with_changes(text, [change])
    assert edited is not None
    before = said(text)
    assert isinstance(before, list)
    before[position]["finished"] = "2026-10-01"
    assert said(edited) == before
    gone, new = gone_and_new(text, edited)
    assert len(new) == 1
    assert gone == [] or entries[position].startswith("- {")


@given(files(), st.sampled_from(KEYS), NEW)
def test_what_is_there_already_changes_nothing(
    file: tuple[str, Keys, str, str], key: str, value: str
) -> None:
    changes: list[Change] = [Set((key,), value)]
    once = with_changes(file[0], changes)
    assert once is not None
    assert with_changes(once, changes) == once
