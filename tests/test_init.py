"""`portalgen init`: a workspace that passes its own checks, in every language, for every host."""

import contextlib
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from conftest import TODAY, Ran, Run
from portals import open_portal

from portalgen.cli import main
from portalgen.language import LANGUAGES
from portalgen.parse import parse_studio
from portalgen.read import read_studio
from portalgen.scaffold.demo import day
from portalgen.scaffold.hosts import HOSTS
from portalgen.scaffold.pin import Pin
from portalgen.scaffold.texts import written
from portalgen.scaffold.workspace import Plan, workspace_files

PIN = Pin("0.1.0", "portalgen==0.1.0")
FOLDERS = {"fr": "librairie-l-encrier-bleu", "en": "larkspur-books"}
RENEW_ALONE = (
    "--renew goes with --host alone: name, owner and language stand in content/studio.yaml."
)
COMMAND = re.compile(r"portalgen ((?:check|build|verify)[ \w-]*?)(?= &&|\"|\n)")

HOOK = """
import os, signal, sys

how, _, moment = os.environ["HOOK_STOP"].partition(":")
steps = 0

def hook(event, arguments):
    global steps
    if event == "os.rename" and ".portalgen-init/" in str(arguments[0]):
        steps += 1
        if steps == int(moment):
            os.kill(os.getpid(), signal.SIGKILL if how == "KILL" else signal.SIGINT)

sys.addaudithook(hook)
"""


def init(*arguments: str, today: str = TODAY) -> Ran:
    """Run it as a script does: nobody can be asked."""
    result = CliRunner().invoke(main, ["init", *arguments, "--today", today], env={"LANG": "C"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def files_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def plan(language: str = "en", host: str = "none", *, demo: bool = False) -> Plan:
    today = date.fromisoformat(TODAY)
    return Plan(name=None, owner=None, language=language, host=host, demo=demo, today=today)


def test_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = init("portals", "--name", "Atelier Lumen", "--owner", "Lise Roux", "--host", "netlify")
    passphrase = ran.out.splitlines()[-1]
    assert len(passphrase.split("-")) == 8
    assert ran.out == (
        "content/.schemas/ (11 files)\n"
        "content/access.yaml\n"
        "content/glossary.yaml\n"
        "content/studio.yaml\n"
        ".gitignore\n"
        ".vscode/extensions.json\n"
        ".vscode/settings.json\n"
        "README.md\n"
        "netlify.toml\n"
        "requirements.txt\n"
        f"{passphrase}\n"
    )
    assert ran.err == (
        "\n"
        "your passphrase opens every portal; it is shown once, and stands nowhere:\n"
        "\n"
        "\n"
        "keep the repository private: what you write in it can be read there\n"
        "write into requirements.txt where netlify gets portalgen\n"
        "next:\n"
        "  cd portals\n"
        "  portalgen serve                     read the portals while you write\n"
        '  portalgen new client "Quay Bakery"  begin one for a client\n'
        "  git init                            make it a repository\n"
    )
    assert passphrase.encode() not in b"".join(files_in(tmp_path).values())


def test_the_words_of_the_invented_client_may_stay_when_it_is_gone(
    tmp_path: Path, run: Run
) -> None:
    init(str(tmp_path), "--demo", "--language", "en")
    shutil.rmtree(tmp_path / "content" / FOLDERS["en"])
    client = tmp_path / "content/bakery"
    client.mkdir()
    (client / "client.yaml").write_text(
        "name: Bakery\ncontacts: [{id: anna, name: Anna Moss}]\nproject: {title: A site}\n"
    )
    (client / "spec.md").write_text("- R1: The bread of the day is on the first page.\n")
    run(tmp_path, "access grant bakery anna")
    ran = run(tmp_path, "check", "--strict")
    assert (ran.code, "note[unused-term]" in ran.err) == (0, True), ran.err


@pytest.mark.parametrize("demo", [False, True], ids=["bare", "demo"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_makes_is_checked_built_and_verified(
    language: str, demo: bool, tmp_path: Path, run: Run
) -> None:
    ran = init(str(tmp_path), "--language", language, *(["--demo"] if demo else []))
    assert ran.code == 0
    checked = run(tmp_path, "check", "--strict")
    first = "" if demo else "there is no client yet"
    assert (checked.code, checked.err.startswith(first or "nothing to mend")) == (0, True)
    built = run(tmp_path, "build", "--strict")
    assert built.code == 0, built.err
    assert run(tmp_path, "verify").code == 0
    if demo:
        folder = FOLDERS["fr" if language == "fr" else "en"]
        words = re.findall(r"opens it with:\n  (\S+)\n", ran.err)[0]
        pages = open_portal(tmp_path / "output" / folder, words)
        assert set(pages) > {"index", "spec", "plan", "deliverables", "corrections", "journal"}


@pytest.mark.parametrize("demo", [False, True], ids=["bare", "demo"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_host_changes_nothing_in_the_content(language: str, demo: bool) -> None:
    """So what one host builds, all of them do."""
    made = [workspace_files(plan(language, host, demo=demo), PIN) for host in HOSTS]
    content = [
        {path: text for path, text in files.items() if path.startswith("content/")}
        for files in made
    ]
    assert len(content[0]) > 10
    assert all(one == content[0] for one in content)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("host", sorted(set(HOSTS) - {"none"}))
def test_a_host_checks_builds_and_verifies(
    host: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        path: text.decode() for path, text in workspace_files(plan(language, host), PIN).items()
    }
    text = next(text for path, text in files.items() if "pip install -r" in text)
    commands = COMMAND.findall(text)
    assert [command.split()[0] for command in commands] == ["check", "build", "verify"]
    assert files["requirements.txt"].endswith("\nportalgen==0.1.0\n")
    if language in ("en", "fr"):
        init(str(tmp_path), "--language", language, "--host", host)
        monkeypatch.chdir(tmp_path)
        for command in commands:
            ran = CliRunner().invoke(main, command.split())
            assert ran.exit_code == 0, ran.output


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_files_of_hosts_can_be_read(language: str) -> None:
    netlify = workspace_files(plan(language, "netlify"), PIN)["netlify.toml"].decode()
    assert tomllib.loads(netlify)["build"]["publish"] == "output"
    path = ".github/workflows/portals.yml"
    github = yaml.safe_load(workspace_files(plan(language, "github"), PIN)[path])
    steps = github["jobs"]["build"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    used = [
        step["uses"] for job in github["jobs"].values() for step in job["steps"] if "uses" in step
    ]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used)
    gitlab = yaml.safe_load(workspace_files(plan(language, "gitlab"), PIN)[".gitlab-ci.yml"])
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
    assert gitlab["variables"]["GIT_DEPTH"] == "0"
    script = workspace_files(plan(language, "cloudflare"), PIN)["build.sh"]
    subprocess.run(["sh", "-n"], input=script, check=True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_key_that_is_left_out_can_be_taken_in(
    language: str, tmp_path: Path, run: Run
) -> None:
    init(str(tmp_path), "--language", language, "--name", "Atelier Lumen")
    studio = tmp_path / "content/studio.yaml"
    commented = written("workspace/studio-own.yaml", language, {})
    keys = re.sub(r"^# (?=\w+: |\w+:$|  )", "", commented, flags=re.MULTILINE)
    assert {"phone", "address", "legal", "bank"} <= set(yaml.safe_load(keys))
    studio.write_text(studio.read_text("utf-8").replace(commented, keys), "utf-8")
    assert "\nphone: " in studio.read_text("utf-8")
    ran = run(tmp_path, "check", "--strict")
    assert (ran.code, "error" in ran.err) == (0, False), ran.err


@pytest.mark.parametrize("shift", range(7))
def test_the_days_of_the_demo_are_no_weekends_and_keep_their_order(shift: int) -> None:
    today = date(2026, 11, 23) + timedelta(shift)
    days = [day(today, offset) for offset in range(-60, 61)]
    assert days == sorted(days)
    assert all(one.weekday() < 5 for one in days)
    assert all(one <= today for one in days[:61])
    assert all(one > today for one in days[61:])


@pytest.mark.parametrize("today", ["2024-02-29", "2026-12-26", "2027-01-01", "2031-06-15"])
def test_the_demo_is_never_stale(today: str, tmp_path: Path, run: Run) -> None:
    init(str(tmp_path), "--demo", "--language", "fr", today=today)
    checked = run(tmp_path, "check", "--strict", "--today", today)
    assert (checked.code, checked.err) == (0, "nothing to mend\n")


def test_french_texts_have_french_spaces() -> None:
    for path, text in workspace_files(plan("fr", "github", demo=True), PIN).items():
        if "/.schemas/" not in path and path.endswith((".md", ".txt", ".svg", ".yaml", ".yml")):
            bare = re.sub(r"`[^`]*`|```.*?```|\|.*", "", text.decode(), flags=re.DOTALL)
            assert not re.search(r"« | [;?!»](?!\w)|[^\s#-] :(?=[\s*]|$)", bare, re.MULTILINE), path


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "LICENSE").touch()
    ran = init(str(tmp_path))
    assert ran.code == 2
    assert ran.err.endswith(
        "Error: This folder is not empty: notes.txt. Name a new one, such as portalgen init "
        "portals; or, to write beside what is here and keep all of it, add --force.\n"
    )
    assert files_in(tmp_path) == {"notes.txt": b"mine", "LICENSE": b""}


def test_a_new_repository_is_no_obstacle(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / "README.md").write_text("mine", "utf-8")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".gitignore").write_bytes(b"node_modules\r\n")
    ran = init(str(tmp_path))
    assert ran.code == 0
    assert ran.err.startswith(
        "README.md was there, and stays as it was\n"
        ".gitignore was there, and leaves out what portalgen makes now\n"
    )
    assert "git init" not in ran.err
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"
    assert (tmp_path / ".gitignore").read_bytes() == (
        b"node_modules\r\n/output/\r\n/.portalgen/\r\n"
    )


def test_force_keeps_every_file(tmp_path: Path) -> None:
    mine = {
        "notes.txt": "mine",
        "netlify.toml": "mine",
        ".vscode/settings.json": "{}",
        "content/glossary.yaml": "",
        ".gitignore": "/output\n.portalgen/\n",
    }
    for path, text in mine.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    ran = init(str(tmp_path), "--force", "--host", "netlify")
    assert ran.code == 0
    kept = [".gitignore", ".vscode/settings.json", "netlify.toml", "content/glossary.yaml"]
    assert re.findall(r"^(\S+) was there, and stays as it was$", ran.err, re.MULTILINE) == kept
    assert {path: (tmp_path / path).read_text("utf-8") for path in mine} == mine
    assert (tmp_path / ".vscode/extensions.json").is_file()
    assert "netlify.toml" not in ran.out
    assert not (tmp_path / ".portalgen-init").exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = tmp_path / "portals"
    target.mkdir()
    (target / ".vscode").symlink_to(elsewhere)
    (target / "README.md").symlink_to(elsewhere / "nothing")
    assert init(str(target), "--force").code == 0
    assert list(elsewhere.iterdir()) == []


def test_a_workspace_is_not_made_twice(tmp_path: Path) -> None:
    init(str(tmp_path))
    before = files_in(tmp_path)
    for arguments in ([], ["--force"]):
        ran = init(str(tmp_path), *arguments)
        assert ran.code == 2
        assert ran.err.endswith(
            "Error: There is a workspace here already. To bring its host's files, editor settings "
            f"and schemas up to date: portalgen init {tmp_path} --renew\n"
        )
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("kind", ["folder", "link", "link to nothing"])
def test_a_gitignore_that_cannot_be_completed_hides_no_passphrase(
    kind: str, tmp_path: Path
) -> None:
    ignore, shared = tmp_path / "portals/.gitignore", tmp_path / "shared"
    ignore.parent.mkdir()
    if kind == "folder":
        ignore.mkdir()
    else:
        ignore.symlink_to(shared)
    if kind == "link":
        shared.write_text("*.log\n")
    ran = init(str(ignore.parent))
    assert ran.code == 0
    assert ".gitignore was there, and stays as it was\n" in ran.err
    assert "your passphrase opens every portal" in ran.err
    assert ignore.is_symlink() == (kind != "folder")
    assert not shared.exists() or shared.read_text() == "*.log\n"


def test_content_is_no_place_for_a_workspace(tmp_path: Path) -> None:
    init(str(tmp_path))
    ran = init(str(tmp_path / "content/bakery"))
    assert ran.code == 2
    assert ran.err.endswith(
        "Error: This folder lies in content/ of a workspace, and would become a client of it. For "
        "a client, run: portalgen new client NAME\n"
    )
    assert not (tmp_path / "content/bakery").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--name", "a\nb"], "A name has letters, and no control signs."),
        (["--owner", "  "], "A name has letters, and no control signs."),
        (["--renew"], "There is no folder content/ here. For a new workspace, leave out --renew."),
        (["--renew", "--language", "fr"], RENEW_ALONE),
    ],
)
def test_what_is_refused(arguments: list[str], says: str, tmp_path: Path) -> None:
    ran = init(str(tmp_path), *arguments)
    assert ran.code == 2
    assert ran.err.endswith(f"Error: {says}\n")
    assert files_in(tmp_path) == {}


def test_a_file_named_content_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "content").touch()
    ran = init(str(tmp_path), "--force")
    assert ran.code == 2
    assert ran.err.endswith("Error: content is there, and is no folder: rename it first.\n")
    assert files_in(tmp_path) == {"content": b""}


def test_a_path_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = init(str(tmp_path / "file/portals"))
    assert ran.code == 1
    assert ran.err == f"Error: {tmp_path}/file/portals: Not a directory. Nothing was written.\n"


@pytest.mark.parametrize("name", ["Atelier: “Lumen” #1", "- [x] {a}", "no", "Ωmega 工作室", "'"])
def test_any_name_is_written_as_it_is(name: str, tmp_path: Path) -> None:
    init(str(tmp_path), "--name", name)
    workspace, problems = parse_studio(read_studio(tmp_path)[0])
    assert (workspace.studio.name, workspace.studio.owner, [*problems]) == (name, None, [])


@pytest.mark.parametrize("moment", range(1, 8))
def test_whatever_stops_it_the_same_command_makes_it_whole(moment: int, tmp_path: Path) -> None:
    target = tmp_path / "portals"
    target.mkdir()
    stopped = stop_at(f"KILL:{moment}", target, tmp_path)
    assert stopped.returncode == -9
    assert not (target / "content").exists()
    ran = init(str(target), "--host", "github")
    assert ran.code == 0
    assert "was there" not in ran.err
    expected = {*workspace_files(plan(host="github"), PIN), "content/access.yaml"}
    assert set(files_in(target)) == expected


@pytest.mark.parametrize("moment", [1, 4, 7])
def test_an_interruption_leaves_nothing(moment: int, tmp_path: Path) -> None:
    target = tmp_path / "new/portals"
    stopped = stop_at(f"INT:{moment}", target, tmp_path)
    assert stopped.returncode != 0
    assert not (tmp_path / "new").exists()


def stop_at(how: str, target: Path, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """Run it as a program of its own that is stopped before one of its moves."""
    hook = folder / "hook"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(HOOK, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(hook), "HOOK_STOP": how, "LANG": "C"}
    command = [sys.executable, "-m", "portalgen", "init", str(target), "--host", "github"]
    return subprocess.run(
        [*command, "--today", TODAY],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment,
        check=False,
    )


def test_the_questions_on_a_terminal(tmp_path: Path) -> None:
    answers: list[str | None] = ["fr\n", "Atelier Lumen\n", "\n", "gitlb\n", "gitlab\n", "n\n"]
    shown, files = asked(tmp_path, answers)
    assert re.sub(r"\r", "", shown).startswith(
        "Language of your portals (en, fr, de, es, it, nl, pt) [en]: fr\n"
        "Name of your studio: Atelier Lumen\n"
        "Your own name [Nadia Roux]: \n"
        "Who builds and publishes on every push (netlify, github, gitlab, cloudflare, none) "
        "[none]: gitlb\n"
        "Error: 'gitlb' is not one of 'netlify', 'github', 'gitlab', 'cloudflare', 'none'.\n"
        "Who builds and publishes on every push (netlify, github, gitlab, cloudflare, none) "
        "[none]: gitlab\n"
        "Add an invented client to look at? [Y/n]: n\n"
    )
    studio = yaml.safe_load(files["content/studio.yaml"])
    assert studio == {"name": "Atelier Lumen", "owner": "Nadia Roux", "language": "fr"}
    assert ".gitlab-ci.yml" in files


def test_answers_that_are_none_are_asked_for_again_and_yes_has_seven_languages(
    tmp_path: Path,
) -> None:
    answers: list[str | None] = ["fr\n", "A\x01\n", "  \n", "\n", "\n", "hein\n", "Oui\n"]
    shown, files = asked(tmp_path, answers)
    assert "Error: A name has letters, and no control signs.\r\nName of your studio: " in shown
    assert "Error: Answer yes or no.\r\nAdd an invented client to look at? [Y/n]: Oui" in shown
    assert "name: Atelier Lucie Ferrand\n" in files["content/studio.yaml"].decode()
    assert f"content/{FOLDERS['fr']}/spec.md" in files


def test_nothing_is_written_when_the_questions_are_left(tmp_path: Path) -> None:
    shown, files = asked(tmp_path, ["fr\n", None])
    assert "Traceback" not in shown
    assert files == {}


def asked(folder: Path, answers: list[str | None]) -> tuple[str, dict[str, bytes]]:
    """What a terminal shows while somebody answers, or stops it, and the files that come of it."""
    (folder / ".gitconfig").write_text("[user]\n\tname = Nadia Roux\n", "utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    target = folder / "portals"
    command = [sys.executable, "-m", "portalgen", "init", str(target), "--today", TODAY]
    ours, theirs = pty.openpty()
    running = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    waiting, shown = list(answers), b""
    for part in _shown(ours):
        shown += part
        if waiting and shown.rstrip(b" ").endswith(b":"):
            answer = waiting.pop(0)
            if answer is None:
                interrupt(running)
            else:
                os.write(ours, answer.encode())
    os.close(ours)
    running.kill()  # when it waits for an answer that nobody gives
    running.wait()
    return shown.decode(), files_in(target) if target.exists() else {}


def interrupt(running: "subprocess.Popen[bytes]") -> None:
    """Press Ctrl-C until it is heard: it may not wait for an answer yet when it asks."""
    while running.poll() is None:
        running.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(1)


def _shown(terminal: int) -> Iterator[bytes]:
    """What is shown, part by part, until the program ends, or says nothing for too long."""
    while select.select([terminal], [], [], 120)[0]:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # on Linux, the end of it
            return
        if not part:
            return
        yield part
