"""News since a commit, which is read from git and not trusted; and slips in a day."""

import subprocess
from hashlib import sha1
from pathlib import Path

import pytest
from conftest import SMALLEST, Run, Workspace
from digests import DELIVERABLES, written


def git(root: Path, *words: str) -> None:
    names = ("-c", "user.name=N", "-c", "user.email=n@example.org")
    dated = {"GIT_AUTHOR_DATE": "2026-11-20T12:00Z", "GIT_COMMITTER_DATE": "2026-11-20T12:00Z"}
    command = ["git", "-C", str(root), *names, *words]
    subprocess.run(command, check=True, capture_output=True, env=dated | {"PATH": "/usr/bin:/bin"})


@pytest.fixture
def committed(workspace: Workspace) -> Path:
    """A workspace in a folder of a repository, in which one thing happened after a commit."""
    root = workspace(written("en"))
    git(root, "init", "-b", "main")
    git(root, "add", "content")
    git(root, "commit", "-m", "One")
    git(root, "tag", "sent")
    more = f"{DELIVERABLES}- {{title: Guide, delivered: 2026-10-01}}\n"
    (root / "content/salon/deliverables.yaml").write_text(more, "utf-8")
    return root


@pytest.mark.parametrize("commit", ["sent", "HEAD", "main"])
def test_news_can_be_what_a_commit_did_not_have(committed: Path, run: Run, commit: str) -> None:
    said = run(committed, "digest", "salon", "--since", commit).out
    news = said.partition("New since 20 November 2026\n")[2].partition("\n\n")[0]
    assert news == "- Delivered: Guide \u2013 Thursday, 1 October"


def test_a_workspace_may_lie_deeper_in_its_repository(tmp_path: Path, run: Run) -> None:
    below = tmp_path / "clients"
    for path, text in {**SMALLEST, **written("en")}.items():
        file = below / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(text), "utf-8")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "One")
    ran = run(below, "digest", "salon", "--since", "HEAD")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "nothing is new since 2026-11-20: there is no mail to send\n"


def test_a_client_who_came_later_is_all_new(committed: Path, run: Run) -> None:
    (committed / "content/salon").rename(committed / "content/fournil")
    said = run(committed, "digest", "fournil", "--since", "sent").out
    assert "- Step begun: Maquette \u2013 Thursday, 5 November\n" in said


def test_a_broken_file_of_then_holds_nothing_up(committed: Path, run: Run) -> None:
    steps = committed / "content/salon/steps.yaml"
    right = steps.read_bytes()
    steps.write_text("- {title: [\n", "utf-8")
    git(committed, "commit", "-a", "-m", "Broken")
    steps.write_bytes(right)
    said = run(committed, "digest", "salon", "--since", "HEAD").out
    assert "- Step done: Maquette" in said
    assert "- Delivered: Charte" not in said


def test_no_program_of_the_repository_is_run(committed: Path, run: Run) -> None:
    trap = committed / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {committed}/ran\ncat\n", "utf-8")
    trap.chmod(0o755)
    for setting in ("filter.x.smudge", "diff.x.textconv", "core.fsmonitor", "core.pager"):
        git(committed, "config", setting, str(trap))
    (committed / ".gitattributes").write_text("* filter=x diff=x\n", "utf-8")
    assert run(committed, "digest", "salon", "--since", "sent").code == 0
    assert not (committed / "ran").exists()


def test_no_signature_is_checked_by_a_program_of_the_repository(committed: Path, run: Run) -> None:
    trap = committed / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {committed}/ran\n", "utf-8")
    trap.chmod(0o755)
    said = ("git", "cat-file", "commit", "HEAD")
    commit = subprocess.run(said, cwd=committed, check=True, capture_output=True).stdout
    signed = commit.replace(b"\n\n", b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n eA==\n\n", 1)
    (committed / "signed").write_bytes(signed)
    git(committed, "hash-object", "-t", "commit", "-w", "signed")
    name = sha1(b"commit %d\0%s" % (len(signed), signed), usedforsecurity=False).hexdigest()
    git(committed, "tag", "signed", name)
    git(committed, "config", "log.showSignature", "true")
    git(committed, "config", "gpg.program", str(trap))
    ran = run(committed, "digest", "salon", "--since", "signed")
    assert (ran.code, "Delivered: Guide" in ran.out) == (0, True)
    assert not (committed / "ran").exists()


@pytest.mark.parametrize("wrong", ["semt", "--output=x", "HEAD~9", ":/nothing", ""])
def test_a_commit_that_is_none_is_said_so(committed: Path, run: Run, wrong: str) -> None:
    ran = run(committed, "digest", "salon", f"--since={wrong}")
    assert (ran.code, ran.out) == (1, "")
    expected = f'Error: "{wrong}" is neither a day, as 2026-11-16, nor a commit of git here\n'
    assert ran.err == expected


def test_without_a_repository_only_days_can_be_named(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(written()), "digest", "salon", "--since", "HEAD")
    assert ran.err == 'Error: "HEAD" is neither a day, as 2026-11-16, nor a commit of git here\n'


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("16/11/2026", '--since is "16/11/2026": write 2026-11-16.'),
        ("2026-02-30", "--since: 2026-02-30 is not in the calendar."),
        ("2026-12-24", "--since: 2026-12-24 is still to come."),
    ],
)
def test_a_slip_in_a_day_is_said_so(workspace: Workspace, run: Run, given: str, says: str) -> None:
    ran = run(workspace(written()), "digest", "salon", "--since", given)
    assert ran.code == 2
    assert ran.err.endswith(f"Error: {says}\n")
