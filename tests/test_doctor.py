"""`portalgen doctor`: every finding in its exact words, with the command that mends it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Ran, Workspace

from portalgen.cli import main
from portalgen.doctor import Finding, examine
from portalgen.doctor.machine import terminal_encoding
from portalgen.scaffold.hosts import host_files
from portalgen.scaffold.ignoring import NEVER_COMMITTED
from portalgen.scaffold.pin import Pin
from portalgen.scaffold.renew import renew

PIN = Pin("0.1.0", "portalgen==0.1.0")
NETLIFY = host_files("netlify", "fr")["netlify.toml"]

Said = tuple[str, str, str]


def said(root: Path, area: str, pin: Pin = PIN) -> list[Said]:
    found = examine(root, pin, "utf-8")
    return [(one.state, one.says, one.mend) for one in found if one.area == area]


def doctor(root: Path, *arguments: str) -> Ran:
    result = CliRunner().invoke(main, ["doctor", "--workspace", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return Ran(result.exit_code, result.stdout, result.stderr)


def way_to(root: Path) -> str:
    """What is said of the commands for a folder that is not the current one."""
    return f"the commands are for that folder: cd {root}\n"


def git(root: Path, *words: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", "-C", str(root), *identity, *words], check=True, capture_output=True)


@pytest.fixture
def repository(workspace: Workspace) -> Path:
    """A workspace in which nothing is left to be said."""
    root = workspace()
    renew(root, "netlify", "fr", PIN)
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "all")
    return root


def test_a_workspace_in_order(repository: Path) -> None:
    (repository / "requirements.txt").write_text("portalgen @ git+https://x.example@1\n", "utf-8")
    ran = doctor(repository)
    text = re.sub(
        r"portalgen \S+, Python.*|its libraries: .*(\n {11}.*)*|WeasyPrint .*", "…", ran.out
    )
    assert text == (
        "machine\n"
        "  ok       …\n"
        "  ok       …\n"
        "  ok       the terminal takes UTF-8\n"
        "  ok       invoices as PDF (Factur-X): …\n"
        "workspace\n"
        "  ok       1 client\n"
        "access\n"
        "  warning  nobody of the studio has access: there is no dashboard\n"
        "           portalgen access grant --studio 'Atelier Lumen'\n"
        "  ok       every portal opens for somebody of its client\n"
        "git\n"
        "  ok       this is a git repository\n"
        "  ok       all of content/ is committed\n"
        "  ok       git leaves out what portalgen makes\n"
        "host\n"
        "  ok       netlify.toml is what portalgen writes\n"
        "  ok       requirements.txt names portalgen @ git+https://x.example@1\n"
        "editor\n"
        "  ok       the schemas are those of this portalgen\n"
        "  ok       .vscode/settings.json names the schemas\n"
    )
    assert (ran.code, ran.err) == (0, f"1 warning\n{way_to(repository)}")


def test_a_folder_that_is_no_workspace(tmp_path: Path) -> None:
    ran = doctor(tmp_path)
    assert ran.out.endswith(
        "workspace\n"
        "  warning  there is no workspace here: no folder content/\n"
        "           portalgen init\n"
    )
    assert (ran.code, ran.err) == (0, f"1 warning\n{way_to(tmp_path)}")


def test_for_other_tools(tmp_path: Path) -> None:
    ran = doctor(tmp_path, "--format", "json")
    assert json.loads(ran.out)["findings"][-1] == {
        "area": "workspace",
        "state": "warning",
        "says": "there is no workspace here: no folder content/",
        "mend": "portalgen init",
    }
    assert ran.err == ""


def test_what_is_broken_fails(repository: Path) -> None:
    (repository / "requirements.txt").write_text("segno\n", "utf-8")
    ran = doctor(repository)
    assert (ran.code, ran.err) == (1, f"1 problem, 1 warning\n{way_to(repository)}")


NOBODY = "nobody of the studio has access: there is no dashboard"
ACCESS: Mapping[str, tuple[dict[str, str | None], list[Said]]] = {
    "nobody at all": (
        {"salon/access.yaml": None},
        [
            ("warning", NOBODY, "portalgen access grant --studio 'Atelier Lumen'"),
            ("problem", "nobody can open salon", "portalgen access grant salon claire"),
        ],
    ),
    "a list that cannot be read": (
        {"salon/access.yaml": "people: ["},
        [
            ("warning", NOBODY, "portalgen access grant --studio 'Atelier Lumen'"),
            ("problem", "content/salon/access.yaml cannot be read", "portalgen check"),
        ],
    ),
    "a draft": (
        {
            "salon/access.yaml": None,
            "salon/client.yaml": "name: Salon\nproject: {title: Site}\ndraft: yes\n",
        },
        [
            ("warning", NOBODY, "portalgen access grant --studio 'Atelier Lumen'"),
            ("ok", "every portal opens for somebody of its client", ""),
        ],
    ),
}


@pytest.mark.parametrize("case", ACCESS)
def test_who_has_access(case: str, workspace: Workspace) -> None:
    files, expected = ACCESS[case]
    assert said(workspace(files), "access") == expected


def test_a_studio_that_opens_everything(workspace: Workspace) -> None:
    files = {f"{name}/{file}": text for name in "abcdefg" for file, text in SMALL.items()}
    root = workspace(
        {"salon/client.yaml": None, "salon/spec.md": None, "salon/access.yaml": None, **files}
    )
    words = ["access", "grant", "--studio", "Nadia", "--workspace", str(root)]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert said(root, "access") == [
        ("ok", "every portal opens for Nadia", ""),
        (
            "warning",
            "nobody but the studio can open a, b, c, d, e and 2 more",
            "portalgen access grant a PERSON",
        ),
    ]


SMALL = {"client.yaml": "name: Salon\nproject: {title: Site}\n", "spec.md": "- R1: Le site\n"}


def test_keys_that_fail(workspace: Workspace) -> None:
    root = workspace()
    file = root / "content/salon/access.yaml"
    file.write_text(re.sub(r"portal: .*", 'portal: "short"', file.read_text("utf-8")), "utf-8")
    assert said(root, "access")[1] == (
        "problem",
        "content/salon/access.yaml: the portal has no valid id",
        "take access.yaml back from git",
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"studio.yaml": "name: [\n"},
            ("problem", "content/studio.yaml: this line is not complete", "portalgen check"),
        ),
        (
            {"studio.yaml": "name: A\nemail: hello@studio-wren.example\n"},
            (
                "warning",
                "content/studio.yaml still says what was invented for the demonstration",
                "write your own email, phone and legal there",
            ),
        ),
    ],
)
def test_the_studio(files: dict[str, str], expected: Said, workspace: Workspace) -> None:
    found = said(workspace(files), "workspace")[0]
    assert (found[0], found[2]) == (expected[0], expected[2])
    assert found[1].startswith(expected[1].partition(":")[0])


def test_no_client_yet(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/studio.yaml").write_text("name: Atelier\n", "utf-8")
    assert said(tmp_path, "workspace") == [("ok", "no client yet", 'portalgen new client "NAME"')]


def test_the_cache_is_for_its_owner_alone(workspace: Workspace) -> None:
    root = workspace()
    cache = root / ".portalgen"
    cache.mkdir(mode=0o755)
    cache.chmod(0o755)
    assert said(root, "workspace")[-1] == (
        "problem",
        "others on this machine can read .portalgen/, where the portals' keys are",
        "chmod 700 .portalgen",
    )
    cache.chmod(0o700)
    assert said(root, "workspace")[-1] == ("ok", ".portalgen/ is for you alone", "")
    cache.rmdir()
    cache.symlink_to(root / "content")
    assert said(root, "workspace")[-1] == (
        "problem",
        ".portalgen is no folder, and the portals' keys cannot be kept",
        "rm .portalgen",
    )


def test_what_an_init_left(workspace: Workspace) -> None:
    root = workspace()
    (root / ".portalgen-init").mkdir()
    assert said(root, "workspace")[-1] == (
        "warning",
        ".portalgen-init/ was left behind",
        "rm -r .portalgen-init",
    )


def test_no_repository(workspace: Workspace) -> None:
    assert said(workspace(), "git") == [
        (
            "warning",
            "this is no git repository: nothing remembers what was written before",
            "git init",
        )
    ]


def test_no_git(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = workspace()
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert said(root, "git") == [
        (
            "warning",
            "git is not installed: it keeps your history, and hosts build from it",
            "install it from https://git-scm.com/downloads",
        )
    ]


def test_a_git_that_does_not_answer(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = workspace()
    broken = tmp_path / "bin/git"
    broken.parent.mkdir()
    broken.write_text("#!/nowhere/at/all\n", "utf-8")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(broken.parent))
    assert said(root, "git") == [("warning", "git does not answer", "run: git status")]


def test_a_shallow_clone(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "more")
    clone = tmp_path_factory.mktemp("clone") / "portals"
    source = repository.as_uri()
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", source, str(clone)], check=True)
    assert said(clone, "git") == [
        ("ok", "this is a git repository", ""),
        ("warning", "the clone is shallow: its history is cut off", "git fetch --unshallow"),
        ("ok", "all of content/ is committed", ""),
        ("ok", "git leaves out what portalgen makes", ""),
        ("ok", "origin is a folder", ""),
    ]


def test_what_is_not_committed(repository: Path) -> None:
    (repository / "content/salon/spec.md").write_text("- R1: Le site\n", "utf-8")
    mend = "git add content && git commit"
    assert said(repository, "git")[1] == ("warning", "1 file in content/ is not committed", mend)
    (repository / "content/glossary.yaml").write_text("a: b\n", "utf-8")
    assert said(repository, "git")[1] == ("warning", "2 files in content/ are not committed", mend)


def test_what_is_committed_and_must_not_be(repository: Path) -> None:
    (repository / ".gitignore").write_text("", "utf-8")
    for name in NEVER_COMMITTED:
        (repository / name).mkdir()
        (repository / name / "x").touch()
    git(repository, "add", ".portalgen")
    assert said(repository, "git")[2:] == [
        (
            "problem",
            ".portalgen/ is committed, and must not be",
            "git rm -r --cached .portalgen && git commit",
        ),
        (
            "warning",
            ".gitignore does not leave out output/ and .portalgen/",
            "portalgen init --renew",
        ),
    ]


def test_a_content_that_git_leaves_out(repository: Path) -> None:
    (repository / ".gitignore").write_text("output\n.portalgen\ncontent\n", "utf-8")
    assert said(repository, "git")[-1] == (
        "problem",
        "git leaves out content/, which is all that you write",
        "git check-ignore -v content/studio.yaml",
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("git@github.com:me/p.git", ("ok", "origin at github.com: keep it private there", "")),
        ("https://gitlab.com/p.git", ("ok", "origin at gitlab.com: keep it private there", "")),
        ("ssh://git@x.example:22/p", ("ok", "origin at x.example: keep it private there", "")),
        ("../elsewhere", ("ok", "origin is a folder", "")),
        (
            "https://me:abc@x.example/p",
            (
                "warning",
                "the address of origin holds a password in clear",
                "git remote set-url origin ADDRESS",
            ),
        ),
        (
            "https://token@x.example/p",
            (
                "warning",
                "the address of origin holds a password in clear",
                "git remote set-url origin ADDRESS",
            ),
        ),
    ],
)
def test_remotes(address: str, expected: Said, repository: Path) -> None:
    git(repository, "remote", "add", "origin", address)
    assert said(repository, "git")[-1] == expected


def test_a_repository_of_somebody_else_runs_nothing(repository: Path, tmp_path: Path) -> None:
    """Its hooks, its file watcher and its filters are not run, whatever they are."""
    mark, trap = tmp_path / "was-run", tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n", "utf-8")
    trap.chmod(0o755)
    for hook in ("post-index-change", "fsmonitor-watchman", "pre-commit"):
        (repository / ".git/hooks" / hook).write_bytes(trap.read_bytes())
        (repository / ".git/hooks" / hook).chmod(0o755)
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "diff.external"):
        git(repository, "config", key, str(trap))
    (repository / "content/salon/spec.md").write_text("- R1: Le site\n", "utf-8")
    assert said(repository, "git")[1][1] == "1 file in content/ is not committed"
    assert not mark.exists()
    (repository / ".git/info/attributes").write_text("* filter=trap\n", "utf-8")
    git(repository, "config", "filter.trap.clean", str(trap))
    assert said(repository, "git")[1] == (
        "ok",
        "not looked for uncommitted changes: this repository brings filters of its own",
        "",
    )
    assert not mark.exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NETLIFY, ("ok", "netlify.toml is what portalgen writes", "")),
        (
            NETLIFY.replace("3.11", "3.13"),
            ("ok", "netlify.toml is yours since you changed it", ""),
        ),
        ("[build]\n", ("ok", "netlify.toml is your own", "")),
        (
            re.sub(r"\(.{12}\)", "(0123456789ab)", NETLIFY).replace("3.11", "3.10"),
            (
                "warning",
                "netlify.toml is yours since you changed it, and portalgen writes another one now",
                "portalgen init --renew --host netlify",
            ),
        ),
    ],
)
def test_the_file_of_a_host(text: str, expected: Said, workspace: Workspace) -> None:
    root = workspace()
    (root / "netlify.toml").write_text(text, "utf-8")
    assert said(root, "host")[0] == expected


def test_no_host(workspace: Workspace) -> None:
    assert said(workspace(), "host") == [
        (
            "ok",
            "no host builds on a push",
            "portalgen init --renew --host netlify, github, gitlab or cloudflare",
        )
    ]


UNKNOWN = Pin("0.1.0", None)


@pytest.mark.parametrize(
    ("text", "pin", "expected"),
    [
        (
            "segno\n",
            PIN,
            (
                "problem",
                "requirements.txt does not say where the host gets portalgen",
                "write into it: portalgen==0.1.0",
            ),
        ),
        (
            None,
            UNKNOWN,
            (
                "problem",
                "requirements.txt does not say where the host gets portalgen",
                "write into it: portalgen @ git+https://…",
            ),
        ),
        (
            "portalgen==0.0.9\n",
            PIN,
            (
                "warning",
                "the host builds with another portalgen: portalgen==0.0.9",
                "portalgen init --renew",
            ),
        ),
        (
            "portalgen==0.0.9\n",
            UNKNOWN,
            (
                "warning",
                "the host builds with another portalgen: portalgen==0.0.9",
                "write portalgen==0.1.0, or install that one here",
            ),
        ),
        ("portalgen==0.1.0\n", PIN, ("ok", "requirements.txt names portalgen==0.1.0", "")),
        ("portalgen==0.1.0\n", UNKNOWN, ("ok", "requirements.txt names portalgen==0.1.0", "")),
    ],
)
def test_the_portalgen_of_a_host(
    text: str | None, pin: Pin, expected: Said, workspace: Workspace
) -> None:
    root = workspace()
    (root / "netlify.toml").write_text(NETLIFY, "utf-8")
    if text is not None:
        (root / "requirements.txt").write_text(text, "utf-8")
    assert said(root, "host", pin)[1] == expected


def test_schemas_and_settings(workspace: Workspace) -> None:
    root = workspace()
    assert said(root, "editor") == [
        (
            "warning",
            "the schemas in content/.schemas are not those of this portalgen",
            "portalgen schema",
        ),
        ("ok", "no settings for VS Code", "portalgen init --renew"),
    ]
    renew(root, None, "fr", PIN)
    settings = root / ".vscode/settings.json"
    settings.write_text("{}", "utf-8")
    assert said(root, "editor") == [
        ("ok", "the schemas are those of this portalgen", ""),
        (
            "warning",
            ".vscode/settings.json does not name all the schemas",
            "portalgen init --renew",
        ),
    ]
    settings.write_text("{} // mine", "utf-8")
    assert said(root, "editor")[1] == (
        "ok",
        ".vscode/settings.json is yours since you changed it",
        "",
    )


def test_a_terminal_without_accents() -> None:
    assert terminal_encoding("ANSI_X3.4-1968") == Finding(
        "machine",
        "warning",
        "the terminal takes ANSI_X3.4-1968: names with accents may not show",
        "set the environment variable PYTHONUTF8=1",
    )


def test_a_terminal_without_accents_is_told_of_itself(tmp_path: Path) -> None:
    out = as_a_program(tmp_path, PYTHONIOENCODING="iso8859-1", PYTHONUTF8="0")
    assert "the terminal takes iso8859-1: names with accents may not show\n" in out
    assert "           set the environment variable PYTHONUTF8=1\n" in out


def test_libraries_that_will_not_do(tmp_path: Path) -> None:
    for name, version, needs in (
        ("portalgen", "9.9", "Requires-Dist: segno>=1.6.6\nRequires-Dist: nowhere>=2.1\n"),
        ("segno", "1.6.5", ""),
    ):
        folder = tmp_path / f"{name}-{version}.dist-info"
        folder.mkdir()
        said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}"
        (folder / "METADATA").write_text(said, "utf-8")
    out = as_a_program(tmp_path, PYTHONPATH=str(tmp_path))
    assert re.sub(r"Python .*", "Python", out).startswith(
        "machine\n"
        "  ok       portalgen 9.9, Python\n"
        "  problem  segno 1.6.5 is too old\n"
        '           pip install "segno>=1.6.6"\n'
        "  problem  nowhere is missing\n"
        '           pip install "nowhere>=2.1"\n'
    )


def as_a_program(root: Path, **environment: str) -> str:
    command = [sys.executable, "-m", "portalgen", "doctor", "--workspace", str(root)]
    ran = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, check=False
    )
    return ran.stdout.decode("latin-1")


def test_pdf_invoices_that_cannot_be_made(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.delitem(sys.modules, "portalgen.facturx.pdf", raising=False)
    root = workspace()
    assert said(root, "machine")[-1] == (
        "ok",
        "no invoices as PDF (Factur-X): the package weasyprint is not installed",
        "",
    )
    root = workspace({"studio.yaml": "name: Atelier\nfacturx: yes\n"})
    assert said(root, "machine")[-1] == (
        "problem",
        "studio.yaml asks for Factur-X, and the package weasyprint is not installed",
        'run: pip install "portalgen[facturx]"',
    )
