"""The second stage: from texts to records, with everything that is wrong in any one file.

What two entries or two files have to say about each other is for `check`.
"""

import re
from dataclasses import replace
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from portalgen.model import spellings
from portalgen.model.access import Access
from portalgen.model.billing import Approval, Invoice, is_unset
from portalgen.model.client import Client, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Entry, Step, Update
from portalgen.model.folder import COLLECTIONS, Folder
from portalgen.model.portal import File, Portal, Workspace
from portalgen.model.record import Record, find
from portalgen.model.studio import Studio
from portalgen.model.values import path_segment, to_pairs
from portalgen.problem import Place, Problem, Source, warning, withholding
from portalgen.yaml_source import Mapping, Node, Scalar, Sequence, is_null, read_yaml

R = TypeVar("R", bound=Record)
E = TypeVar("E", bound=Entry)
Problems = list[Problem]

_STUDIO_FILES = ("studio.yaml", "glossary.yaml", "access.yaml")
_CLIENT_FILES = ("client.yaml", "spec.md", "invoice.yaml", "access.yaml") + tuple(
    f"{name}.yaml" for name in COLLECTIONS if name != "invoices"
)
_NUMBER = re.compile(r"^(?:(\d+)(?:[-_. ]+|$)|[A-Za-z]+(\d+)$)")
_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[-_. ]+|$)")


def parse_studio(folder: Folder) -> tuple[Workspace, Problems]:
    """Parse what all portals share, with a stand-in for a studio that cannot be read."""
    problems = _strangers(folder, _STUDIO_FILES)
    studio, found = _required(folder, "studio.yaml", Studio)
    problems += found
    glossary, found = _glossary(folder)
    problems += found
    access, found = _optional(folder, "access.yaml", Access)
    problems += found
    studio = studio or Studio.model_validate(_named(folder, "studio.yaml"))
    return Workspace(studio=studio, glossary=glossary, access=access), problems


def parse_client(folder: Folder) -> tuple[Portal, Problems]:
    """Parse one client's folder.

    What cannot be read is left out and named in the portal's `unread`, with stand-ins for the
    client and the specification, so that everything else is checked in the same run. A portal
    with problems here is never published.
    """
    problems = _strangers(folder, _CLIENT_FILES)
    client, found = _required(folder, "client.yaml", Client)
    problems += found
    spec, found = _spec(folder)
    problems += found
    access, found = _optional(folder, "access.yaml", Access)
    problems += found
    entries, unread, found = _collections(folder)
    problems += found
    invoices, found = _invoices(folder)
    problems += found
    lost = {name for name, record in (("client.yaml", client), ("spec.md", spec)) if not record}
    lost |= {"access.yaml"} if "access.yaml" in folder.texts and access is None else set()
    portal = Portal(
        folder=folder.path.rpartition("/")[2],
        client=client or _client_stand_in(folder),
        spec=spec or _spec_stand_in(folder),
        access=access,
        invoices=invoices,
        files={path: File(path, size) for path, size in folder.files.items()},
        outside=folder.outside,
        unread=unread | lost | folder.unreadable | {_stem_id(path) for path in folder.unreadable},
        **entries,
    )
    return portal, problems


def _named(folder: Folder, file: str) -> Mapping:
    """Stands in for a file that cannot be read: a name, and nothing else."""
    place = Place(Source(f"{folder.path}/{file}"))
    name = Scalar("name", place)
    return Mapping(((name, name),), place)


def _client_stand_in(folder: Folder) -> Client:
    named = _named(folder, "client.yaml")
    project = Scalar("project", named.place)
    titled = Mapping(((Scalar("title", named.place), project),), named.place)
    return Client.model_validate(replace(named, entries=(*named.entries, (project, titled))))


def _spec_stand_in(folder: Folder) -> Spec:
    place = Place(Source(f"{folder.path}/spec.md"))
    text = Scalar("", place, plain=False)
    return Spec.model_validate(Mapping(((replace(text, text="text"), text),), place))


# --- single files ------------------------------------------------------------------------------


def _required(folder: Folder, name: str, model: type[R]) -> tuple[R | None, Problems]:
    if name not in folder.texts:
        return None, [] if name in folder.unreadable else [_missing_file(folder, name)]
    node, problems = read_yaml(folder.texts[name])
    record, found = _record(model, node, folder.texts[name])
    return record, problems + (found if node is not None or not problems else [])


def _optional(folder: Folder, name: str, model: type[R]) -> tuple[R | None, Problems]:
    return _required(folder, name, model) if name in folder.texts else (None, [])


def _glossary(folder: Folder) -> tuple[tuple[tuple[str, str], ...], Problems]:
    source = folder.texts.get("glossary.yaml")
    if source is None:
        return (), []
    node, problems = read_yaml(source)
    if is_null(node):
        return (), problems
    assert node is not None
    if not isinstance(node, Mapping):
        hint = "write each as term: explanation"
        return (), [*problems, Problem("wrong-type", "pairs are expected here", node.place, hint)]
    pairs: list[tuple[str, str]] = []
    for key, value in node.entries:
        if isinstance(value, Scalar) and value.text.strip():
            pairs += to_pairs(Mapping(((key, value),), node.place))
        else:
            message = f'"{key.text}" has no explanation'
            problems.append(Problem("missing-field", message, key.place, "write it in one line"))
    return tuple(pairs), problems


def _spec(folder: Folder) -> tuple[Spec | None, Problems]:
    source = folder.texts.get("spec.md")
    if source is None:
        return None, [] if "spec.md" in folder.unreadable else [_missing_file(folder, "spec.md")]
    node, problems = _front_matter(source)
    if node is None:
        return None, problems
    spec, found = _record(Spec, node, source)
    return spec, problems + found


def _missing_file(folder: Folder, name: str) -> Problem:
    wanted = Place(Source(f"{folder.path}/{name}"))
    if name == "spec.md":
        hint = "write what was agreed: no specification, no portal"
        return Problem("missing-spec", "there is no specification", wanted, hint)
    near = [path for path in folder.texts if path == name.replace(".yaml", ".yml")]
    hint = f"rename {near[0]} to {name}" if near else f"create {folder.path}/{name}"
    return Problem("missing-file", f"there is no {name}", wanted, hint)


def _strangers(folder: Folder, known: tuple[str, ...]) -> Problems:
    """Texts that look like content and that nothing reads."""
    problems = []
    for path, source in folder.texts.items():
        inside, _, name = path.rpartition("/")
        if path in known or inside or name.upper().startswith("README"):
            continue
        stem, dot, _ending = name.rpartition(".")
        near = spellings.closest(stem, [k.rpartition(".")[0] for k in known])
        right = next((k for k in known if near and k.startswith(near + dot)), None)
        if right and right not in folder.texts:
            hint = f"did you mean {right}?"
            problems.append(Problem("unknown-file", "nothing reads this file", Place(source), hint))
        else:
            hint = "move it to files/ if the content refers to it"
            problems.append(warning("unread-file", "nothing reads this file", Place(source), hint))
    return problems + _stranger_folders(folder)


def _stranger_folders(folder: Folder) -> Problems:
    """Folders whose name is nearly that of a collection, with texts that would be passed over."""
    names = {path.partition("/")[0] for path in folder.files if path.endswith(".md")}
    problems = []
    for name in sorted(names - {"files", "theme", "issued"}):
        near = spellings.closest(name, list(COLLECTIONS))
        if near and name not in COLLECTIONS:
            place = Place(Source(f"{folder.path}/{name}/"))
            message = f"nothing reads the folder {name}"
            problems.append(Problem("unknown-folder", message, place, f"did you mean {near}?"))
    return problems


# --- front matter ------------------------------------------------------------------------------


def _front_matter(source: Source) -> tuple[Mapping | None, Problems]:
    """The keys between two lines of three hyphens, and the body as the key `text`."""
    lines = source.text.split("\n")
    node: Node | None = None
    problems: Problems = []
    begin = 0
    if lines[0].rstrip() == "---":
        ends = [number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"]
        if not ends:
            hint = "end it with a line of three hyphens: ---"
            message = "the front matter has no end"
            return None, [Problem("open-front-matter", message, Place(source, 1, 1, 3), hint)]
        begin = ends[0] + 1
        node, problems = read_yaml(source, "\n".join(lines[1 : ends[0]]), first_line=2)
        if node is None and problems:
            return None, problems
    if not is_null(node) and not isinstance(node, Mapping):
        assert node is not None
        message = "the front matter is not made of keys"
        return None, [*problems, Problem("wrong-type", message, node.place, "write key: value")]
    keys = node if isinstance(node, Mapping) else Mapping((), Place(source, 1))
    return _with_body(keys, source, "\n".join(lines[begin:]), begin + 1, problems), problems


def _with_body(keys: Mapping, source: Source, text: str, line: int, problems: Problems) -> Mapping:
    written = keys.key("text")
    if written is not None:
        hint = "in a Markdown file, the text comes after the front matter"
        message = '"text" is not a key of a Markdown file'
        problems.append(Problem("unknown-key", message, written.place, hint))
    if not text.strip():
        return keys
    place = Place(source, line)
    return _with(keys, "text", Scalar(text, place, plain=False, first_line=line))


def _with(keys: Mapping, name: str, value: Scalar) -> Mapping:
    """The mapping with a value that stands elsewhere, unless the author wrote one."""
    if not is_null(keys.get(name)):
        return keys
    kept = tuple(entry for entry in keys.entries if entry[0].text != name)
    return replace(keys, entries=(*kept, (replace(value, text=name), value)))


# --- collections -------------------------------------------------------------------------------

_MODELS: tuple[tuple[str, type[Entry]], ...] = (
    ("steps", Step),
    ("deliverables", Deliverable),
    ("updates", Update),
    ("corrections", Correction),
    ("amendments", Amendment),
)


def _collections(folder: Folder) -> tuple[dict[str, Any], frozenset[str], Problems]:
    entries: dict[str, Any] = {}
    unread: set[str] = set()
    problems: Problems = []
    for name, model in _MODELS:
        nodes, found = _entry_nodes(folder, name)
        problems += found
        entries[name], lost, found = _entries(model, nodes)
        problems += found
        unread |= lost
    return entries, frozenset(unread), problems


def _entry_nodes(folder: Folder, name: str) -> tuple[list[Mapping], Problems]:
    """The raw entries of a collection, in order, each with its id."""
    listed = folder.texts.get(f"{name}.yaml")
    files = [path for path in folder.texts if path.startswith(f"{name}/")]
    if listed and files:
        hint = f"keep {name}.yaml or the folder {name}/, not both"
        return [], [Problem("both-forms", f"{name} are written twice over", Place(listed), hint)]
    if listed:
        return _listed_nodes(listed)
    problems: Problems = []
    nodes = []
    for path in sorted(files, key=_file_order):
        source = folder.texts[path]
        if not path.endswith(".md"):
            hint = f"make it a Markdown file, or write all of them in {name}.yaml"
            message = f"an entry of {name} is a Markdown file"
            problems.append(Problem("wrong-ending", message, Place(source), hint))
            continue
        node, found = _front_matter(source)
        problems += found
        nodes += [_named_by_file(node, source, path)] if node else []
    return nodes, problems


def _listed_nodes(source: Source) -> tuple[list[Mapping], Problems]:
    node, problems = read_yaml(source)
    if is_null(node):
        return [], problems
    assert node is not None
    if not isinstance(node, Sequence):
        message = "a list is expected here"
        hint = "begin each entry with a hyphen: - title: …"
        return [], [*problems, Problem("wrong-type", message, node.place, hint)]
    nodes = []
    for item in node.items:
        if isinstance(item, Mapping):
            nodes.append(_named_by_title(item))
        else:
            hint = "write - title: …"
            message = "keys are expected in each entry"
            problems.append(Problem("wrong-type", message, item.place, hint))
    return nodes, problems


def _file_order(path: str) -> tuple[float, str]:
    """By the number in the file's name, then by name."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    found = None if _DATE.match(stem) else _NUMBER.match(stem)
    number = int(found[1] or found[2]) if found else float("inf")
    return number, stem


def _named_by_file(node: Mapping, source: Source, path: str) -> Mapping:
    """Take from the file's name what its front matter leaves out: the id, and a date."""
    place = Place(source)
    dated = _DATE.match(path.rpartition("/")[2])
    if dated and path.startswith("updates/"):
        node = _with(node, "on", Scalar(dated[1], place))
    return _with(node, "id", Scalar(_stem_id(path), place))


def _stem_id(path: str) -> str:
    """The id that a file's name gives to an entry."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    found = _DATE.match(stem) or _NUMBER.match(stem)
    return stem[found.end() :] or stem if found else stem


def _named_by_title(node: Mapping) -> Mapping:
    title = node.get("title")
    if not isinstance(title, Scalar) or not title.text.strip():
        return node
    slug = path_segment(title.text) or title.text.strip()
    return _with(node, "id", replace(title, text=slug, plain=False))


def _entries(model: type[E], nodes: list[Mapping]) -> tuple[tuple[E, ...], set[str], Problems]:
    entries: list[E] = []
    lost: set[str] = set()
    problems: Problems = []
    for node in nodes:
        entry, found = _record(model, node, node.place.source)
        problems += found
        if entry is not None:
            entries.append(entry)
        elif isinstance(name := node.get("id"), Scalar):
            lost.add(name.text)
    if model is Update:
        entries.sort(key=lambda entry: entry.on if isinstance(entry, Update) else 0)
    return tuple(entries), lost, problems


# --- invoices ----------------------------------------------------------------------------------


def _invoices(folder: Folder) -> tuple[tuple[Invoice, ...], Problems]:
    """Every invoice that can be read. One that cannot is no invoice: its gate stays shut."""
    single = folder.texts.get("invoice.yaml")
    files = sorted((p for p in folder.texts if p.startswith("invoices/")), key=_file_order)
    if single and files:
        hint = "keep invoice.yaml or the folder invoices/, not both"
        return (), [Problem("both-forms", "invoices are written twice over", Place(single), hint)]
    invoices: list[Invoice] = []
    problems: Problems = []
    for path in ["invoice.yaml"] if single else files:
        invoice, found = _invoice(folder.texts[path], path)
        problems += found
        invoices += [invoice] if invoice else []
    return tuple(invoices), problems


def _invoice(source: Source, path: str) -> tuple[Invoice | None, Problems]:
    if not path.endswith(".yaml"):
        hint = "name it with the ending .yaml"
        message = "an invoice is a YAML file"
        return None, [Problem("wrong-ending", message, Place(source), hint)]
    node, problems = read_yaml(source)
    if isinstance(node, Mapping):
        node = _named_by_file(node, source, path)
    invoice, found = _record(Invoice, node, source)
    problems += found if node is not None or not problems else []
    approval = node.get("approval") if isinstance(node, Mapping) else None
    if invoice and approval is not None and not is_unset(approval):
        _, found = _record(Approval, approval, source)
        problems += [withholding(invoice.id, problem) for problem in found]
    return invoice, problems


# --- from pydantic's errors to problems ---------------------------------------------------------


def _record(model: type[R], node: Node | None, source: Source) -> tuple[R | None, Problems]:
    if is_null(node):
        node = Mapping((), Place(source))
    assert node is not None
    try:
        return model.model_validate(node), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        return None, [_problem(model, node, dict(detail)) for detail in details]


def _problem(model: type[Record], node: Node, detail: dict[str, Any]) -> Problem:
    path: tuple[str | int, ...] = detail["loc"]
    if detail["type"] == "missing":
        return _missing_field(node, path)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, node, path)
    context = detail.get("ctx", {})
    message = context.get("message", detail["msg"])
    code = detail["type"] if "message" in context else "bad-value"
    return Problem(code, message, find(node, path).place, context.get("hint", ""))


def _missing_field(node: Node, path: tuple[str | int, ...]) -> Problem:
    name = str(path[-1])
    around = find(node, path[:-1])
    key = around.key(name) if isinstance(around, Mapping) else None
    if key is not None:
        return Problem("missing-field", f'"{name}" has no value', key.place, "fill it in")
    place = around.place
    if name == "text":
        hint = "write it under the front matter, or in the key text of a list"
        return Problem("missing-field", "there is no text", Place(place.source), hint)
    where = Place(place.source, place.line, place.column, 1)
    return Problem("missing-field", f'"{name}" is missing', where, f"add {name}: …")


def _unknown_key(model: type[Record], node: Node, path: tuple[str | int, ...]) -> Problem:
    name = str(path[-1])
    around = find(node, path[:-1])
    key = around.key(name) if isinstance(around, Mapping) else None
    known = _keys(_model_at(model, path[:-1]))
    near = spellings.closest(name, known)
    hint = f'did you mean "{near}"?' if near else f"the keys here are: {', '.join(known)}"
    place = key.place if key else around.place
    return Problem("unknown-key", f'"{name}" is not a key here', place, hint)


def _keys(model: type[Record]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_at(model: type[Record], path: tuple[str | int, ...]) -> type[Record]:
    """The kind of record at a path of fields and indexes."""
    for step in path:
        for name, info in model.model_fields.items():
            if step in (name, info.alias):
                model = _record_in(info.annotation) or model
    return model


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(part) for part in get_args(annotation))
    return next((record for record in found if record), None)
