"""Files of the content: which go out, that nobody reads them, and that they keep their bytes."""

import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from conftest import CLIENT_PASSPHRASE, PORTAL, Run, Workspace
from portals import envelope_of, open_portal

from portalgen.envelope import (
    decrypt_file,
    file_address,
    file_keys,
    open_person,
    unwrap_portal_key,
)
from portalgen.keyring import CACHE

PDF = b"%PDF-1.7 le livret du salon " * 4000
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400
SMALL = b"\x89PNG\r\n\x1a\n petit"
VECTOR = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"

SITE: dict[str, str | bytes | None] = {
    "salon/deliverables/livret.md": (
        "---\ntitle: Livret\nfiles: [files/livret.pdf, files/page.html]\n"
        "covers: [R1, R2]\n---\n"
        "Voir ![la vitrine](../files/vitrine.png), ![une icône](files/icone.png)\n"
        "et [le livret](files/livret.pdf), ![le dessin](files/dessin.svg).\n"
    ),
    "salon/steps/01-interne.md": (
        "---\ntitle: Interne\ninternal: oui\n---\n[notes](files/interne.txt)\n"
    ),
    "salon/files/livret.pdf": PDF,
    "salon/files/vitrine.png": PICTURE,
    "salon/files/icone.png": SMALL,
    "salon/files/dessin.svg": VECTOR,
    "salon/files/page.html": b"<script>alert(1)</script>",
    "salon/files/interne.txt": b"pour nous seuls",
    "salon/files/brouillon.txt": b"personne n'en parle",
}


def portal_key(folder: Path) -> bytes:
    envelope = envelope_of(folder / "index.html")
    return unwrap_portal_key(envelope.wrapped, open_person(envelope.locks[0], CLIENT_PASSPHRASE))


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def elements(html: str, path: str) -> list[dict[str, str]]:
    """The attributes of every element that refers to a file."""
    tags: list[str] = re.findall(rf'<[a-z]+ [^>]*data-file="{path}"[^>]*>', html)
    return [
        {name: unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        | ({"view": "yes"} if " data-view" in tag else {})
        for tag in tags
    ]


def test_what_is_referred_to_goes_out_and_opens(workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    ran = run(root, "build")
    assert (ran.code, ran.err) == (0, "")
    folder = root / "output/salon"
    key, page = portal_key(folder), open_portal(folder)["deliverables"]
    for path, content in (
        ("files/livret.pdf", PDF),
        ("files/vitrine.png", PICTURE),
        ("files/page.html", SITE["salon/files/page.html"]),
    ):
        assert isinstance(content, bytes)
        (said, *_) = elements(page, path)
        assert said["data-digest"] == sha256(content).hexdigest()
        assert int(said["data-size"]) == len(content)
        keys = file_keys(key, PORTAL.decode(), path, said["data-digest"])
        encrypted = (folder / file_address(keys)).read_bytes()
        assert b"".join(decrypt_file([encrypted], len(content), keys)) == content


def test_nothing_else_goes_out(workspace: Workspace, run: Run) -> None:
    """Internal steps attach nothing, nor does a file that no text mentions, nor a small picture."""
    root = workspace(SITE)
    run(root, "build")
    names = [path.name for path in (root / "output/salon/files").iterdir()]
    assert len(names) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}\.bin", name) for name in names)


def test_how_files_stand_in_a_page(workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    run(root, "build")
    page = open_portal(root / "output/salon")["deliverables"]
    pdf = elements(page, "files/livret.pdf")
    assert [said.get("data-type") for said in pdf] == ["application/pdf"] * 3
    assert [said.get("view") for said in pdf] == ["yes", "yes", None]
    html = elements(page, "files/page.html")
    assert [(said.get("data-type"), said.get("view")) for said in html] == [(None, None)]
    assert '<img src="data:image/png;base64,' in page, "a small picture is in the page itself"
    assert '<img src="data:image/svg+xml;base64,' in page, "an img runs no script"
    (picture,) = elements(page, "files/vitrine.png")
    assert (picture["alt"], picture["data-type"], picture.get("src")) == (
        "la vitrine",
        "image/png",
        None,
    )


def test_a_logo_stands_on_every_page(workspace: Workspace, run: Run) -> None:
    client = (
        "name: Salon\ncontacts: [{id: claire, name: Claire Martin}]\nproject: {title: Site}\n"
        "look: {logo: files/icone.png}\n"
    )
    root = workspace({**SITE, "salon/client.yaml": client})
    run(root, "build")
    for html in open_portal(root / "output/salon").values():
        assert html.count('class="top-logo"') == 1


def test_a_name_with_decomposed_accents_is_one_file(workspace: Workspace, run: Run) -> None:
    """Macs store é as e and an accent; the lock names files in NFC."""
    root = workspace(
        {
            "salon/deliverables/a.md": "---\ntitle: A\nfiles: [files/\u00e9t\u00e9.pdf]\n---\n",
            "salon/files/e\u0301te\u0301.pdf": PDF,
        }
    )
    assert run(root, "build").code == 0
    assert elements(open_portal(root / "output/salon")["deliverables"], "files/\u00e9t\u00e9.pdf")
    assert run(root, "verify").code == 0


# --- the same bytes -------------------------------------------------------------------------------


def test_a_build_of_the_same_content_writes_the_same_bytes(workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    run(root, "build")
    before = files_in(root / "output")
    run(root, "build")
    assert files_in(root / "output") == before


def test_one_change_changes_one_page_and_one_file_the_rest_stays(
    workspace: Workspace, run: Run
) -> None:
    root = workspace(SITE)
    run(root, "build")
    before = files_in(root / "output")
    workspace({"salon/files/page.html": b"<p>autre chose"})
    run(root, "build")
    after = files_in(root / "output")
    assert {path for path in before if after.get(path) != before[path]} == {
        "salon/deliverables/index.html",
        *(before.keys() - after.keys()),
    }
    assert len(before.keys() - after.keys()) == len(after.keys() - before.keys()) == 1


def test_without_the_cache_all_is_encrypted_anew_and_opens(workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    run(root, "build")
    before, pages = files_in(root / "output/salon"), open_portal(root / "output/salon")
    shutil.rmtree(root / CACHE)
    run(root, "build")
    after = files_in(root / "output/salon")
    changed = {path for path in before if before[path] != after.get(path)}
    assert changed == {path for path in before if path.endswith((".bin", "index.html"))}
    assert open_portal(root / "output/salon") == pages


@pytest.mark.parametrize("damage", ["{}", "", "null", '{"key": 3}', "not json"])
def test_a_damaged_cache_is_as_good_as_none(damage: str, workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    (file,) = (root / CACHE).rglob("*.json")
    file.write_text(damage, "utf-8")
    ran = run(root, "build")
    assert (ran.code, ran.err) == (0, "")
    assert open_portal(root / "output/salon")


def test_the_cache_is_for_its_user_alone(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    for folder in (root / CACHE, root / CACHE / "keys"):
        assert folder.stat().st_mode & 0o777 == 0o700
    (file,) = (root / CACHE / "keys").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (root / CACHE / ".gitignore").read_text("utf-8") == "*\n"


# --- what goes wrong ------------------------------------------------------------------------------


def test_a_portal_with_a_file_that_vanishes_keeps_its_copy(workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    run(root, "build")
    before = files_in(root / "output/salon")
    (root / "content/salon/files/livret.pdf").unlink()
    ran = run(root, "build")
    assert ran.code == 1
    assert "error[file-not-found]" in ran.err
    assert files_in(root / "output/salon") == before


def test_a_large_file_is_a_warning(workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    with (root / "content/salon/files/livret.pdf").open("r+b") as file:
        file.truncate(300_000_001)
    ran = run(root, "check")
    assert ran.code == 0
    assert (
        "content/salon/files/livret.pdf: warning[large-file]: "
        "this file has 300 MB: telephones may fail to take it\n"
    ) in ran.err


# --- verify ---------------------------------------------------------------------------------------


def locked_file(root: Path, position: int = 0) -> Path:
    return sorted((root / "output/salon/files").iterdir())[position]


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def swap(path: Path) -> None:
    other = next(each for each in sorted(path.parent.iterdir()) if each != path)
    mine, theirs = path.read_bytes(), other.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(mine)


def link_away(path: Path) -> None:
    kept = path.read_bytes()
    elsewhere = path.parents[4] / "elsewhere.bin"
    elsewhere.write_bytes(kept)
    path.unlink()
    path.symlink_to(elsewhere)


SEEN_WITHOUT_A_KEY: dict[str, Callable[[Path], object]] = {
    "in clear": lambda path: path.write_bytes(PDF),
    "the record size": lambda path: flip(path, 18),
    "cut": cut,
    "a link": link_away,
}
SEEN_WITH_THE_KEY: dict[str, Callable[[Path], object]] = {
    **SEEN_WITHOUT_A_KEY,
    "the salt": lambda path: flip(path, 0),
    "the ciphertext": lambda path: flip(path, 40),
    "the tag": lambda path: flip(path, -1),
    "removed": lambda path: path.unlink(),
    "swapped": swap,
    "renamed": lambda path: path.rename(path.with_name("0" * 32 + ".bin")),
}


@pytest.mark.parametrize("damage", SEEN_WITHOUT_A_KEY)
def test_verify_without_keys(damage: str, workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    run(root, "build")
    shutil.rmtree(root / CACHE)
    assert run(root, "verify").code == 0
    SEEN_WITHOUT_A_KEY[damage](locked_file(root))
    ran = run(root, "verify")
    assert ran.code == 1
    assert f"output/salon/files/{locked_file(root).name}: error[broken-output]" in ran.err


@pytest.mark.parametrize("damage", SEEN_WITH_THE_KEY)
def test_verify_with_the_keys_of_the_build(damage: str, workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    run(root, "build")
    assert run(root, "verify").code == 0
    name = locked_file(root).name
    SEEN_WITH_THE_KEY[damage](locked_file(root))
    ran = run(root, "verify")
    assert ran.code == 1
    assert f"output/salon/files/{name}: error[broken-output]" in ran.err


def test_verify_refuses_a_file_beside_the_locked_ones(workspace: Workspace, run: Run) -> None:
    root = workspace(SITE)
    run(root, "build")
    (root / "output/salon/files/livret.pdf").write_bytes(PDF)
    ran = run(root, "verify")
    assert "output/salon/files/livret.pdf: error[stray-output]" in ran.err


def test_verify_knows_who_may_open(workspace: Workspace, run: Run) -> None:
    """An output of before a revocation is not fine any more, nor one of before a grant."""
    root = workspace()
    run(root, "build")
    access = root / "content/salon/access.yaml"
    kid = re.search(r'kid: "?([\w-]{11})', access.read_text("utf-8"))
    assert kid is not None
    access.write_text(access.read_text("utf-8").replace(kid[1], "AAAAAAAAAAA"), "utf-8")
    ran = run(root, "verify")
    assert ran.code == 1
    assert ran.err == (
        "output/salon: error[broken-output]: "
        "somebody can open this portal whose access was taken away\n"
        "      build again, or take this copy offline\n"
        "1 error\n"
    )
