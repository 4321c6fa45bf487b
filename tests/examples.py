"""The examples of docs/content.md as files, and the slips it shows with the tool's messages.

A line that holds nothing but a path of content/ in backquotes, with a fenced block right under it,
is a file. `(wrong)` after the path makes it a slip, and the block that follows is what `check` says
of it. Such a block alone speaks of an example shown before, with the line that it quotes in it.

Within a section (`##`), files stay until they are shown anew, or in the other form.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path

from pydantic.fields import FieldInfo

from portalgen.model.record import Record, keys_of, record_in

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs/content.md"
SAMPLE = ROOT / "content"
LAYERS = (
    "client.yaml", "spec.md", "amendments", "steps", "deliverables", "corrections", "updates",
    "invoices",
)  # fmt: skip
"""The kinds of files of a client; each leans on those before it only."""

_BLOCK = re.compile(
    r"^(?P<level>##+) (?P<heading>[^\n]+)$"
    r"|^`content/(?P<path>[^`]+)`(?P<wrong> \(wrong\))?\n```\w+\n(?P<text>.*?)^```$"
    r"|^```\n(?P<says>content/.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Example:
    """Files that stand together under one heading, by their path from content/."""

    heading: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Slip:
    """Files with a slip in one of them, None for a file that is missing, and what is said of it."""

    heading: str
    files: Mapping[str, str | None]
    says: str


@dataclass(slots=True)
class _Reading:
    """How far the guide is read: under which heading, and what it has shown."""

    section: str = ""
    heading: str = ""
    before: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def example(self) -> Example:
        """What is shown under this heading, with what stays of before; then it is before."""
        stays = {p: t for p, t in self.before.items() if _goes_with(p, self.shown)}
        example = Example(self.heading, {**stays, **self.shown})
        self.before, self.shown = {**self.before, **self.shown}, {}
        return example

    def enter(self, level: str, heading: str) -> None:
        """Begin a part of the guide."""
        if level == "##":
            self.section, self.before = heading, {}
        self.heading = heading if level == "##" else f"{self.section}: {heading}"


@cache
def read_guide() -> tuple[tuple[Example, ...], tuple[Slip, ...]]:
    """Every example and every slip of docs/content.md, in order."""
    examples: list[Example] = []
    slips: list[Slip] = []
    at = _Reading()
    for block in _BLOCK.finditer(GUIDE.read_text("utf-8")):
        path, text, says = block["path"], block["text"], block["says"]
        if at.shown and (block["heading"] or (path in at.shown and not block["wrong"])):
            examples.append(at.example())
        if block["heading"]:
            at.enter(block["level"], block["heading"].replace("`", ""))
        elif says:
            wrong = {**at.shown, **at.wrong} if at.wrong else _with_the_line_of(says, at)
            slips.append(Slip(at.heading, wrong, says))
            at.wrong = {}
        else:
            (at.wrong if block["wrong"] else at.shown)[path] = text
    assert not at.shown
    return tuple(examples), tuple(slips)


def _goes_with(path: str, shown: Mapping[str, str]) -> bool:
    """Whether a file shown before is of a client shown now, and in no other form."""
    client = path.partition("/")[0]
    own = [other for other in shown if other.startswith(f"{client}/")]
    forms = {(layer_of(other), other.count("/")) for other in own}
    return bool(own) and (layer_of(path), 3 - path.count("/")) not in forms


def _with_the_line_of(says: str, at: _Reading) -> dict[str, str | None]:
    """The client's files as they were shown before, with the line that a message quotes.

    A message that quotes none is about a file that is missing.
    """
    found = re.match(r"content/([^:]+)(?::(\d+):\d+)?: ", says)
    assert found is not None, says
    path, number = found[1], found[2]
    client = path.partition("/")[0]
    shown = {**at.before, **at.shown}
    files: dict[str, str | None] = {p: t for p, t in shown.items() if p.startswith(client)}
    if number is None:
        return {**files, path: None}
    lines = shown[path].split("\n")
    quoted = re.search(rf"^ *{number} \| (.*)$", says, re.MULTILINE)
    assert quoted is not None, says
    assert lines[int(number) - 1] != quoted[1], says
    lines[int(number) - 1] = quoted[1]
    return {**files, path: "\n".join(lines)}


def workspace_of(files: Mapping[str, str | None]) -> dict[str, bytes]:
    """The files of content/ for an example: its own, and what they stand on.

    A client of the sample brings the kinds of files before the first that the example shows, with
    their attachments, keys and seals; any other is the smallest client.
    """
    clients = {path.partition("/")[0] for path in files if "/" in path} or {"salon-martin"}
    made = {path: (SAMPLE / path).read_bytes() for path in ("studio.yaml", "access.yaml")}
    for client in clients:
        if (SAMPLE / client).exists():
            made |= _of_the_sample(client, files)
        else:
            smallest = read_guide()[0][0].files
            made |= {p: t.encode() for p, t in smallest.items() if p.startswith(f"{client}/")}
    for path, text in files.items():
        made.pop(path, None)
        if text is not None:
            made[path] = text.encode()
    return made


def _of_the_sample(client: str, files: Mapping[str, str | None]) -> dict[str, bytes]:
    shown = {layer_of(path) for path in files if path.startswith(f"{client}/")}
    first = min((LAYERS.index(layer) for layer in shown), default=len(LAYERS))
    wanted = {*LAYERS[: max(first, 2)], "files", "access.yaml"}
    said = "".join(text or "" for text in files.values())
    found = {}
    for file in sorted((SAMPLE / client).rglob("*")):
        path = file.relative_to(SAMPLE).as_posix()
        is_sealed = layer_of(path) == "sealed" if file.is_file() else False
        is_named = path.partition("/")[2] in said or "deliverables" in wanted
        if file.is_file() and (layer_of(path) in wanted or (is_sealed and is_named)):
            found[path] = file.read_bytes()
    return found


def layer_of(path: str) -> str:
    """The kind of a file of a client: its own name, or that of its collection."""
    name = path.split("/")[1]
    if name in ("client.yaml", "spec.md", "access.yaml"):
        return name
    return "invoices" if name == "invoice.yaml" else name.removesuffix(".yaml")


def fields_of(model: type[Record], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key of a record and of what stands in it, by its path."""
    for key, info in zip(keys_of(model), model.model_fields.values(), strict=True):
        yield f"{prefix}{key}", info
        inner = record_in(info.annotation)
        if inner is not None:
            yield from fields_of(inner, f"{prefix}{key}.")


def accept(change: Callable[[str], str]) -> None:
    """Rewrite the guide, one test after the other: `make accept` runs several at a time."""
    with GUIDE.open("r+", encoding="utf-8") as file:
        flock(file, LOCK_EX)
        text = change(file.read())
        file.seek(0)
        file.write(text)
        file.truncate()
