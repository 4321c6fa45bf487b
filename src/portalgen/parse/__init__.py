"""The second stage: from texts to records, with everything that is wrong in any one file.

What two entries or two files have to say about each other is for `check`.
"""

from dataclasses import replace

from portalgen.model.access import FROM_GIT, Access
from portalgen.model.client import Client, Spec
from portalgen.model.file import File
from portalgen.model.folder import Folder
from portalgen.model.portal import Portal, Workspace
from portalgen.model.studio import Studio
from portalgen.parse.entries import collections_of, id_of
from portalgen.parse.front_matter import front_matter
from portalgen.parse.glossary import glossary_of
from portalgen.parse.invoices import invoices_of
from portalgen.parse.issued import issued_of, ledger_of
from portalgen.parse.own_theme import own_theme_of
from portalgen.parse.records import Problems, R, record_of
from portalgen.parse.seals import seals_of
from portalgen.parse.strangers import CLIENT_FILES, STUDIO_FILES, strangers
from portalgen.problem import Place, Problem, Source
from portalgen.yaml_source import Mapping, Scalar, read_yaml

__all__ = ["ledger_of", "parse_client", "parse_studio"]


def parse_studio(folder: Folder) -> tuple[Workspace, Problems]:
    """Parse what all portals share, with a stand-in for a studio that cannot be read."""
    problems = strangers(folder, STUDIO_FILES)
    studio, found = _required(folder, "studio.yaml", Studio)
    problems += found
    glossary, found = glossary_of(folder)
    problems += found
    access, found = _access(folder)
    problems += found
    stand_in = studio or Studio.model_validate(_named(folder, "studio.yaml"))
    has_access = "access.yaml" in folder.texts or "access.yaml" in folder.unreadable
    workspace = Workspace(
        studio=stand_in,
        glossary=glossary,
        access=access,
        is_read=studio is not None,
        access_is_read=access is not None or not has_access,
    )
    return workspace, problems


def parse_client(folder: Folder) -> tuple[Portal, Problems]:
    """Parse one client's folder.

    What cannot be read is left out and named in the portal's `unread`, with stand-ins for the
    client and the specification, so that everything else is checked in the same run. A portal
    with problems here is never published.
    """
    problems = strangers(folder, CLIENT_FILES)
    client, found = _required(folder, "client.yaml", Client)
    problems += found
    spec, found = _spec(folder)
    problems += found
    access, found = _access(folder)
    problems += found
    entries, unread, found = collections_of(folder)
    problems += found
    invoices, invoices_unread, found = invoices_of(folder)
    problems += found
    seals, broken, found = seals_of(folder)
    problems += found
    issued, lost, found = issued_of(folder, invoices)
    problems += found
    theme, found = own_theme_of(folder)
    problems += found
    portal = Portal(
        folder=folder.path.rpartition("/")[2],
        client=client or _client_stand_in(folder),
        spec=spec or _spec_stand_in(folder),
        access=access,
        invoices=invoices,
        invoices_unread=invoices_unread,
        files={path: File(path, size) for path, size in folder.files.items()},
        seals=seals,
        issued=issued,
        theme=theme,
        outside=folder.outside,
        unread=unread | broken | lost | _unread(folder, client, spec, access),
        **entries,
    )
    return portal, problems


def _unread(
    folder: Folder, client: Client | None, spec: Spec | None, access: Access | None
) -> frozenset[str]:
    """The files that cannot be read, and the ids that their names would have given."""
    records = {"client.yaml": client, "spec.md": spec}
    lost = {name for name, record in records.items() if record is None}
    if access is None and "access.yaml" in folder.texts:
        lost.add("access.yaml")
    return folder.unreadable | lost | {id_of(path) for path in folder.unreadable}


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


def _required(folder: Folder, name: str, model: type[R]) -> tuple[R | None, Problems]:
    if name not in folder.texts:
        return None, [] if name in folder.unreadable else [_missing_file(folder, name)]
    node, problems = read_yaml(folder.texts[name])
    record, found = record_of(model, node, folder.texts[name])
    return record, problems + (found if node is not None or not problems else [])


def _optional(folder: Folder, name: str, model: type[R]) -> tuple[R | None, Problems]:
    return _required(folder, name, model) if name in folder.texts else (None, [])


def _access(folder: Folder) -> tuple[Access | None, Problems]:
    access, problems = _optional(folder, "access.yaml", Access)
    missing = "missing-field"
    return access, [replace(p, hint=FROM_GIT) if p.code == missing else p for p in problems]


def _spec(folder: Folder) -> tuple[Spec | None, Problems]:
    source = folder.texts.get("spec.md")
    if source is None:
        return None, [] if "spec.md" in folder.unreadable else [_missing_file(folder, "spec.md")]
    node, problems = front_matter(source)
    if node is None:
        return None, problems
    spec, found = record_of(Spec, node, source)
    return spec, problems + found


def _missing_file(folder: Folder, name: str) -> Problem:
    wanted = Place(Source(f"{folder.path}/{name}"))
    if name == "spec.md":
        hint = "write what was agreed: no specification, no portal"
        return Problem("missing-spec", "there is no specification", wanted, hint)
    near = [path for path in folder.texts if path == name.replace(".yaml", ".yml")]
    hint = f"rename {near[0]} to {name}" if near else f"create {folder.path}/{name}"
    return Problem("missing-file", f"there is no {name}", wanted, hint)
