"""What `portalgen archive` hands over: whole, safe to unpack anywhere, and nobody else's."""

import json
import re
import unicodedata
from base64 import b64decode
from hashlib import sha256
from html import unescape
from zipfile import ZIP_STORED, ZipFile

import pytest
from archives import DAY, WITH_FILES, made, names_in, unpacked
from conftest import CLIENT_PASSPHRASE, Run, Workspace
from portals import envelope_of, open_portal
from test_canary import FORMS, NO_SALON, SITES, Site, leaks, on_pages, readable, site

PART = re.compile(rb'portalgenPart\("([0-9a-f]{32})",(\d+),(\d+),"([^"]*)"\);\n')
"""docs/lock-format.md, "An archive"."""


# --- in clear ------------------------------------------------------------------------------------


def test_in_clear_everything_stands_under_its_own_name(workspace: Workspace, run: Run) -> None:
    folder = made(workspace(WITH_FILES), run, "--plain")
    assert folder.name == f"salon-{DAY}"
    names = [re.sub(r"-[0-9a-f]{12}\.", "-HASH.", name) for name in names_in(folder)]
    assert names == [
        "README.txt",
        "SHA256SUMS",
        "agreement/index.html",
        "approvals.txt",
        "assets/theme-HASH.css",
        "corrections/index.html",
        "deliverables/index.html",
        "files/MAQUETTE (2).pdf",
        "files/maquette.pdf",
        "files/été.txt",
        "index.html",
        "journal.txt",
        "journal/index.html",
        "plan/index.html",
        "portal.json",
        "site-vitrine.ics",
        "spec/index.html",
    ]
    assert (folder / "files/MAQUETTE (2).pdf").read_bytes() == b"%PDF-1.4 les sources"


def test_the_pages_in_clear_lead_to_the_files(workspace: Workspace, run: Run) -> None:
    folder = made(workspace(WITH_FILES), run, "--plain")
    page = (folder / "deliverables/index.html").read_text("utf-8")
    links = re.findall(r'<a [^>]*href="(\.\./files/[^"]*)"', page)
    assert set(links) == {
        "../files/maquette.pdf",
        "../files/MAQUETTE%20%282%29.pdf",
        "../files/%C3%A9t%C3%A9.txt",
    }


def test_the_approvals_say_who_what_when_and_how(workspace: Workspace, run: Run) -> None:
    folder = made(workspace(WITH_FILES), run, "--plain")
    assert (folder / "approvals.txt").read_text("utf-8") == (
        "Site vitrine – Accords et approbations\n"
        "======================================\n\n"
        "3 novembre 2026 – Approbation\u00a0: La maquette (Claire Martin, téléphone)\n"
    )


def test_the_journal_is_told_from_its_beginning(workspace: Workspace, run: Run) -> None:
    update = (
        "- on: 2026-11-05\n  title: Bonjour\n  by: claire\n  text: |\n"
        "    Un mot.\n\n    - un\n    - [deux](https://example.org/)\n\n    [//]: # (une note)\n"
    )
    root = workspace({**WITH_FILES, "salon/updates.yaml": update})
    assert (made(root, run, "--plain") / "journal.txt").read_text("utf-8") == (
        "Site vitrine – Journal\n"
        "======================\n\n"
        "2 novembre 2026 – Étape terminée\u00a0: La relecture\n"
        "2 novembre 2026 – Livraison faite\u00a0: La maquette\n"
        "3 novembre 2026 – Approbation\u00a0: La maquette\n"
        "4 novembre 2026 – Accès remis\u00a0: L’hébergement\n"
        "5 novembre 2026 – Bonjour (Claire Martin)\n\n"
        "    Un mot.\n\n"
        "    - un\n"
        "    - deux (https://example.org/)\n\n"
    )


def test_the_facts_name_every_file_with_its_checksum(workspace: Workspace, run: Run) -> None:
    folder = made(workspace(WITH_FILES), run, "--plain")
    facts = json.loads((folder / "portal.json").read_text("utf-8"))
    assert (facts["format"], facts["version"], facts["made"]) == ("portalgen archive", 1, DAY)
    for file in facts["files"]:
        content = (folder / file["path"]).read_bytes()
        assert (file["size"], file["sha256"]) == (len(content), sha256(content).hexdigest())
    listed = facts["deliverables"][0]["files"]
    assert listed == ["files/maquette.pdf", "files/été.txt", "files/MAQUETTE (2).pdf"]


def test_an_invoice_is_there_once_it_is_approved_and_not_before(
    workspace: Workspace, run: Run
) -> None:
    invoice = (
        "lines: [{text: Le site vitrine complet, price: 1800, vat: 20}]\nthanks: Merci Claire\n"
    )
    root = workspace({**WITH_FILES, "salon/invoice.yaml": invoice})
    before = made(root, run, "--plain")
    assert not [
        name for name in names_in(before) if b"vitrine complet" in (before / name).read_bytes()
    ]
    assert run(root, "approve", "salon", "--by", "claire", "--number", "2026-001").code == 0
    after = made(root, run, "--plain", name="after.zip")
    frozen = (root / "content/salon/issued/2026-001.json").read_bytes()
    assert (after / "invoices/2026-001.json").read_bytes() == frozen
    (facts,) = json.loads((after / "portal.json").read_text("utf-8"))["invoices"]
    assert (facts["number"], facts["total"]) == ("2026-001", "2160.00")
    assert facts["files"][0] == "invoices/2026-001.json"


def test_sealed_codes_stay_where_they_are(workspace: Workspace, run: Run) -> None:
    root = workspace(WITH_FILES)
    assert run(root, "seal", "salon", "hebergement", stdin="soleil-44-lune").code == 0
    path = root / "content/salon/deliverables.yaml"
    written = path.read_text("utf-8").replace("login:", "sealed: sealed/hebergement.json, login:")
    path.write_text(written, "utf-8")
    folder = made(root, run, "--plain")
    page = (folder / "deliverables/index.html").read_text("utf-8")
    assert "<span>seulement dans votre espace privé</span>" in page
    assert "ciphertext" not in "".join(
        (folder / name).read_bytes().decode("latin-1") for name in names_in(folder)
    )
    assert "Les codes d’accès n’y sont pas" in (folder / "README.txt").read_text("utf-8")


# --- locked --------------------------------------------------------------------------------------


def test_locked_it_is_the_published_portal_with_its_files_as_scripts(
    workspace: Workspace, run: Run
) -> None:
    large = {"salon/files/maquette.pdf": b"%PDF" * 2_000_000}  # of two parts
    root = workspace({**WITH_FILES, **large})
    assert run(root, "build").code == 0
    folder, portal = made(root, run), root / "output/salon"
    assert folder.name == f"portal-{DAY}"
    files = dict[str, bytes]()
    for path in sorted(folder.glob("files/*.js")):
        part = PART.fullmatch(path.read_bytes())
        assert part
        address = f"files/{part[1].decode()}.bin"
        files[address] = files.get(address, b"") + b64decode(part[4], validate=True)
    assert files == {f"files/{file.name}": file.read_bytes() for file in portal.glob("files/*")}
    for page in portal.rglob("index.html"):
        own = envelope_of(folder / page.relative_to(portal))
        published = envelope_of(page)
        assert own == published
    assert open_portal(folder, CLIENT_PASSPHRASE) == open_portal(portal, CLIENT_PASSPHRASE)


def test_nobody_whose_access_was_taken_away_opens_it(workspace: Workspace, run: Run) -> None:
    root = workspace(WITH_FILES)
    before = envelope_of(made(root, run) / "index.html")
    assert run(root, "access grant", "--studio", "Nadia").code == 0
    assert run(root, "access revoke", "salon", "claire").code == 0
    after = envelope_of(made(root, run, name="after.zip") / "index.html")
    assert len(after.readers) == 1
    assert set(after.readers).isdisjoint(before.readers)
    assert after.wrapped != before.wrapped


# --- both ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_every_file_is_listed_with_its_checksum(
    options: tuple[str, ...], workspace: Workspace, run: Run
) -> None:
    folder = made(workspace(WITH_FILES), run, *options)
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    found = {name: sha256((folder / name).read_bytes()).hexdigest() for name in names_in(folder)}
    del found["SHA256SUMS"]
    assert listed == found


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_the_same_content_has_the_same_bytes(
    options: tuple[str, ...], workspace: Workspace, run: Run
) -> None:
    root = workspace(WITH_FILES)
    made(root, run, *options, name="one.zip")
    made(root, run, *options, name="two.zip")
    assert (root / "one.zip").read_bytes() == (root / "two.zip").read_bytes()


def test_names_and_times_are_the_same_on_every_system(workspace: Workspace, run: Run) -> None:
    root = workspace(WITH_FILES)
    made(root, run, "--plain")
    with ZipFile(root / "made.zip") as archive:
        infos = archive.infolist()
    assert {info.date_time for info in infos} == {(2026, 11, 23, 12, 0, 0)}
    assert {(info.create_system, info.external_attr >> 16) for info in infos} == {(3, 0o100644)}
    assert all(unicodedata.is_normalized("NFC", info.filename) for info in infos)
    in_utf8 = {info.filename for info in infos if info.flag_bits & 0x800}
    assert in_utf8 == {f"salon-{DAY}/files/été.txt"}
    stored = {info.filename for info in infos if info.compress_type == ZIP_STORED}
    assert stored == {f"salon-{DAY}/files/maquette.pdf", f"salon-{DAY}/files/MAQUETTE (2).pdf"}


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_readable_in_a_locked_one_and_nothing_internal_in_clear(
    form: str, workspace: Workspace, run: Run
) -> None:
    """Every field has a value of its own (test_canary.py)."""
    sites = [site(name, form) for name in SITES]
    glossary = {word: text for made in sites for word, text in made.glossary.items()}
    files = {path: text for made in sites for path, text in made.files.items()}
    root = workspace({**NO_SALON, **files, "glossary.yaml": json.dumps(glossary)})
    seen: set[str] = set()
    for number, planted in enumerate(sites):
        locked, clear = root / f"locked{number}.zip", root / f"clear{number}.zip"
        ran = run(root, "archive", planted.folder, "-o", str(locked))
        assert ran.code == 0, ran.err
        data = locked.read_bytes() + readable(unpacked(locked))
        assert leaks({**planted.shown, **planted.hidden}, data) == []
        assert run(root, "archive", planted.folder, "--plain", "-o", str(clear)).code == 0
        folder = unpacked(clear)
        hidden = {path: planted.hidden[path] for path in planted.hidden.keys() - HANDED_OVER}
        hidden |= {path: planted.shown[path] for path in FOR_THE_STUDIO}
        assert leaks({**hidden, **tokens_of(sites[1 - number])}, readable(folder)) == []
        facts = unescape((folder / "portal.json").read_text("utf-8"))
        seen |= on_pages(planted.shown, {"portal.json": facts})
    planted_at_all = {path for made in sites for path in made.shown}
    assert planted_at_all - seen == NOT_IN_FACTS


def tokens_of(planted: Site) -> dict[str, tuple[str, ...]]:
    """What is in one client's folder alone; days and amounts may be in another's as well."""
    return {path: forms for path, forms in planted.shown.items() if forms[0].isalpha()}


HANDED_OVER = {"private a file's content", "private the logo"}
"""What is ciphertext in a portal, and the client's own."""
NOT_IN_FACTS = {
    "client.contacts.email",
    "client.contacts.greeting",
    "client.contacts.id",
    "client.contacts.phone",
    "client.contacts.role",
    "client.look.accent",
    "deliverables.accounts.sealed",
}
"""What is of no use outside of the portal, or the studio's own (docs/content.md)."""
FOR_THE_STUDIO = ("client.contacts.email", "client.contacts.phone", "client.contacts.role")
