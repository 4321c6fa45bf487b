"""A secret in clear is found wherever it stands in content/, and comes out nowhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run, Workspace
from secret_samples import BODY, pem

SECRET = "Soleil44"
LINE = f"mot de passe : {SECRET}\n"


def places(err: str) -> list[str]:
    return [line.partition(": error")[0] for line in err.splitlines() if "clear-secret" in line]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("files/acces.txt", LINE.encode()),
        ("files/acces.txt", LINE.encode("latin-1")),
        ("files/acces.txt", b"\xef\xbb\xbf" + LINE.encode()),
        ("files/acces.csv", LINE.encode("utf-16")),
        ("files/acces.txt", LINE.replace("\n", "\r\n").encode()),
        ("files/sans-ending", LINE.encode()),
        ("files/deep/er/acces.txt", LINE.encode()),
        ("theme/notes.txt", LINE.encode()),
        (".env", f"SHOP_PASSWORD={SECRET}\n".encode()),
        (".env.production", f"SHOP_PASSWORD={SECRET}\n".encode()),
        (".idea/workspace.xml.txt", LINE.encode()),
        ("_notes.md", LINE.encode()),
        ("client.yaml~", LINE.encode()),
        ("spec.md.bak", LINE.encode()),
        ("files/id_rsa", pem("OPENSSH PRIVATE KEY").encode()),
        ("files/server.pem", pem("PRIVATE KEY").encode()),
    ],
)
def test_any_small_text_is_looked_through(
    path: str, data: bytes, workspace: Workspace, run: Run
) -> None:
    ran = run(workspace({f"salon/{path}": data}), "check")
    assert ran.code == 1
    assert [place.partition(":")[0] for place in places(ran.err)] == [f"content/salon/{path}"]
    assert SECRET not in ran.err
    assert BODY.split("\n")[0] not in ran.err


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("files/photo.png", LINE.encode()),
        ("files/archive.bin", b"\0" + LINE.encode()),
        ("files/journal.txt", LINE.encode() + b"x" * 1024 * 1024),
        (".git/config", LINE.encode()),
        ("files/vide.txt", b""),
    ],
)
def test_what_is_no_small_text_is_not(
    path: str, data: bytes, workspace: Workspace, run: Run
) -> None:
    assert places(run(workspace({f"salon/{path}": data}), "check").err) == []


def test_the_studio_s_own_files_are_looked_through(workspace: Workspace, run: Run) -> None:
    root = workspace({"studio.yaml": f"name: Atelier Lumen\n# {LINE}", ".env": LINE})
    for path in ("_archive/2025/notes.txt", ".git/config"):
        (root / "content" / path).parent.mkdir(parents=True)
        (root / "content" / path).write_text(LINE, "utf-8")
    assert places(run(root, "check").err) == [
        "content/.env:1:16",
        "content/_archive/2025/notes.txt:1:16",
        "content/studio.yaml:2:18",
    ]


@pytest.mark.parametrize("name", ["acces.txt", ".env", "_acces"])
def test_a_link_out_of_the_folder_is_not_followed(
    name: str, workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "acces.txt").write_text(LINE, "utf-8")
    root = workspace()
    (root / "content/salon" / name).symlink_to(elsewhere / "acces.txt")
    (root / "content/salon/_folder").symlink_to(elsewhere)
    (root / "content/_folder").symlink_to(elsewhere)
    assert places(run(root, "check").err) == []


def test_only_regular_files_are_opened(workspace: Workspace) -> None:
    root = workspace()
    os.mkfifo(root / "content/salon/.env")
    os.mkfifo(root / "content/.env")
    command = [sys.executable, "-m", "portalgen", "check", "-w", str(root), "--today", "2026-11-23"]
    ran = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"nothing to mend\n")


def test_no_other_message_has_the_secret_either(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "salon/client.yaml": f"name: Salon\nproject: {{title: x}}\n{LINE}",
            "salon/deliverables/site.md": (
                "---\ntitle: Le site\naccounts:\n"
                f"- for: Site : mdp : {SECRET}\n"
                f"- {{for: FTP, given: 2026-13-01, password: {SECRET}}}\n---\n"
                f"- R9: token: {SECRET}xY7q, {LINE}"
            ),
            "salon/steps/01-essai.md": "---\ntitle: été\n---\n".encode("latin-1") + LINE.encode(),
            "salon/invoice.yaml": f"approval: {{password: {SECRET}}}\nthanks: Merci\n",
        }
    )
    ran = run(root, "check")
    codes = ("unknown-key", "colon-in-value", "not-utf8", "impossible-date")
    assert [code for code in codes if f"[{code}]" not in ran.err] == []
    assert SECRET not in ran.err


def test_only_that_client_is_held_back(workspace: Workspace, run: Run) -> None:
    others = ("client.yaml", "spec.md", "access.yaml")
    root = workspace()
    texts = {
        f"fournil/{name}": (root / "content/salon" / name).read_text("utf-8") for name in others
    }
    root = workspace({**texts, "salon/.env": f"SHOP_PASSWORD={SECRET}\n"})
    ran = run(root, "build")
    assert ran.code == 1
    assert ran.out.startswith("fournil: built")
    assert "salon: in error: not published" in ran.out
    assert not (root / "output/salon").exists()
    written = b"".join(path.read_bytes() for path in (root / "output").rglob("*") if path.is_file())
    assert SECRET.encode() not in written


def test_the_way_out_works(workspace: Workspace, run: Run) -> None:
    clear = (
        "---\ntitle: Le site\naccounts:\n- {for: Les fichiers, login: claire, password: Soleil44}\n"
    )
    clear += "covers: [R1, R2]\n---\n"
    root = workspace({"salon/deliverables/site.md": clear})
    hint = "run portalgen seal salon NAME, and write sealed: sealed/NAME.json"
    assert hint in run(root, "check").err
    assert run(root, "seal", "salon", "ftp", stdin=SECRET).code == 0
    sealed = clear.replace("password: Soleil44", "sealed: sealed/ftp.json")
    (root / "content/salon/deliverables/site.md").write_text(sealed, "utf-8")
    ran = run(root, "check")
    assert (ran.code, ran.err) == (0, "nothing to mend\n")


def test_the_sample_content_holds_none(run: Run) -> None:
    assert places(run(Path(__file__).parents[1], "check").err) == []
