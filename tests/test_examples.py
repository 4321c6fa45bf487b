"""docs/content.md teaches by example: each is built, shows every key, and each slip is said so."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Run
from examples import Example, Slip, accept, fields_of, layer_of, read_guide, workspace_of

from portalgen.model.billing import Invoice
from portalgen.model.client import Client, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Step, Update
from portalgen.model.record import Record, keys_of, record_in
from portalgen.model.studio import Studio
from portalgen.parse.front_matter import front_matter
from portalgen.problem import Source
from portalgen.yaml_source import Mapping as Keys
from portalgen.yaml_source import Node, Sequence, read_yaml

EXAMPLES, SLIPS = read_guide()

RECORDS: Mapping[str, type[Record]] = {
    "studio.yaml": Studio,
    "client.yaml": Client,
    "spec.md": Spec,
    "steps": Step,
    "deliverables": Deliverable,
    "corrections": Correction,
    "amendments": Amendment,
    "updates": Update,
    "invoices": Invoice,
}

REFUSED = {"invoices.lines.discounts.vat", "invoices.lines.charges.vat"}
"""Keys that exist in the record and are an error there: an adjustment of a line has its VAT."""


_NOT_ISSUED = re.compile(r"^.*: warning\[not-issued\].*\n(?: .*\n)+", re.MULTILINE)
_OF_A_WHOLE = re.compile(
    r"^.*: (?:warning|note)\[(?:uncovered-requirement|unexplained-jargon|closed-without-thanks"
    r"|late-step|late-deliverable|late-project|no-recent-news)\].*\n(?: .*\n)+"
    r"|^(?:\d+ (?:error|warning|note)|to have ).*\n",
    re.MULTILINE,
)
"""What only a whole client can fulfil, explain or thank for: an example shows a part of one."""


def issue(root: Path, run: Run) -> None:
    """Issue what an example numbers by hand, in the order that the command asks for."""
    waiting = re.compile(r"portalgen approve (\S+) (\S+)$", re.MULTILINE)
    while found := waiting.findall(run(root, "check").err):
        said = [run(root, "approve", client, invoice) for client, invoice in found]
        assert any(ran.code == 0 for ran in said), said[0].err


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.heading)
def test_an_example_is_built(example: Example, tmp_path: Path, run: Run) -> None:
    write(tmp_path, workspace_of(example.files))
    issue(tmp_path, run)
    built = run(tmp_path, "build")
    assert (built.code, _OF_A_WHOLE.sub("", built.err)) == (0, "")


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.says.partition("]")[0])
def test_a_slip_is_said_so(slip: Slip, tmp_path: Path, run: Run) -> None:
    write(tmp_path, workspace_of(slip.files))
    said = _OF_A_WHOLE.sub("", run(tmp_path, "check").err)
    said = said if "[not-issued]" in slip.says else _NOT_ISSUED.sub("", said)
    if os.environ.get("ACCEPT"):
        accept(lambda guide: guide.replace(slip.says, said))
    else:
        assert said == slip.says


def test_every_file_shows_the_slips_that_happen() -> None:
    sections = {slip.heading.partition(":")[0] for slip in SLIPS}
    named = {name if "." in name else name.capitalize() for name in RECORDS}
    assert named <= sections


def test_every_key_stands_in_an_example() -> None:
    shown = {path for example in EXAMPLES for path in keys_in(example)}
    wanted = {f"{kind}.{path}" for kind, model in RECORDS.items() for path, _ in fields_of(model)}
    refused = {path for path in wanted if any(path.startswith(name) for name in REFUSED)}
    assert wanted - refused - shown == set()


def test_a_collection_is_shown_in_both_its_forms() -> None:
    paths = {path.partition("/")[2] for example in EXAMPLES for path in example.files}
    for name in ("steps", "deliverables", "corrections", "amendments", "updates"):
        assert f"{name}.yaml" in paths
        assert any(path.startswith(f"{name}/") for path in paths)


def write(root: Path, files: Mapping[str, bytes]) -> None:
    """Put files into content/ of a workspace."""
    for path, data in files.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def keys_in(example: Example) -> set[str]:
    """Every key with a value in an example's files, by kind and path."""
    found: set[str] = set()
    for path, text in example.files.items():
        kind = layer_of(path) if "/" in path else path
        if kind in RECORDS:
            source = Source(path, text)
            node, _ = (front_matter if path.endswith(".md") else read_yaml)(source)
            found |= _keys(node, RECORDS[kind], kind)
    return found


def _keys(node: Node | None, model: type[Record], prefix: str) -> set[str]:
    if isinstance(node, Sequence):
        return set().union(*(_keys(item, model, prefix) for item in node.items))
    if not isinstance(node, Keys):
        return set()
    fields = dict(zip(keys_of(model), model.model_fields.values(), strict=True))
    found: set[str] = set()
    for key, value in node.entries:
        path = f"{prefix}.{key.text}"
        inner = record_in(fields[key.text].annotation)
        found |= {path} | (_keys(value, inner, path) if inner else set())
    return found
