"""How the program behaves in a terminal, in a pipe, when it is interrupted, and when it fails."""

import re
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import Run, Workspace
from terminals import PROGRAM, environment, piped, typed

from portalgen.cli import main
from portalgen.cli.program import Program
from portalgen.cli.watch import Watch
from portalgen.terminal import Terminal

STEP = "salon/steps/01-maquette.md"
BROKEN = {STEP: "---\ntitle: Maquette\ncovers: [R1, R2]\nstatus: finsihed\n---\n"}
PLAIN = (
    'content/salon/steps/01-maquette.md:4:9: error[unknown-status]: "finsihed" is not a status\n'
    "    4 | status: finsihed\n"
    '      |         ^^^^^^^^ did you mean "done"? the statuses are: done, in progress, to do\n'
    "1 error\n"
)
COLOURED = (
    "content/salon/steps/01-maquette.md:4:9: \033[1;31merror[unknown-status]\033[0m: "
    '"finsihed" is not a status\n'
    "    4 | status: finsihed\n"
    "      |         \033[1;31m^^^^^^^^\033[0m "
    '\033[36mdid you mean "done"? the statuses are: done, in progress, to do\033[0m\n'
    "1 error\n"
)
TIME = re.compile(r"in \d+\.\d s\n")


def _without_bar(shown: str) -> str:
    """What stays on the screen, on a slow machine too."""
    return re.sub(r"(?:\r[█░]+ \d+/\d+)+\r\x1b\[K", "", shown)


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, COLOURED),
        ({"NO_COLOR": ""}, COLOURED),
        ({"NO_COLOR": "1"}, PLAIN),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, PLAIN),
        ({"CLICOLOR": "0"}, PLAIN),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_terminal_has_colours_and_is_told_the_time(
    env: dict[str, str], expected: str, workspace: Workspace
) -> None:
    shown = typed(workspace(BROKEN), "check", env=env)
    text, told, rest = _without_bar(shown.text).partition("1 client checked ")
    assert (text, shown.code) == (expected, 1)
    assert told
    assert TIME.fullmatch(rest)


def test_a_terminal_that_can_do_nothing_gets_plain_text(workspace: Workspace) -> None:
    assert typed(workspace(BROKEN), "check", env={"TERM": "dumb"}).text == PLAIN


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, PLAIN),
        ({"FORCE_COLOR": "1"}, COLOURED),
        ({"CLICOLOR_FORCE": "1"}, COLOURED),
        ({"CLICOLOR_FORCE": "0"}, PLAIN),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, PLAIN),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_pipe_has_colours_only_when_forced(
    env: dict[str, str], expected: str, workspace: Workspace
) -> None:
    ran = piped(workspace(BROKEN), "check", env=env)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", expected, 1)


def test_a_build_tells_how_much_it_made(workspace: Workspace) -> None:
    shown = typed(workspace(), "build")
    assert TIME.sub("", _without_bar(shown.text)) == (
        "salon: built, 5 pages, opens for Claire Martin\n"
        "  output/salon/index.html\n"
        "1 portal, 5 pages built "
    )


def test_quiet_says_errors_only(workspace: Workspace, run: Run) -> None:
    root = workspace({**BROKEN, "salon/plan.txt.md": "x"})
    errors = PLAIN.removesuffix("1 error\n")
    for words in (("build", "--quiet"), ("build", "-q"), ("check", "-q")):
        ran = run(root, *words)
        assert (ran.out, ran.err, ran.code) == ("", errors, 1)
    before = CliRunner().invoke(main, ["-q", "check", "-w", str(root)])
    assert (before.stdout, before.stderr) == ("", errors)


def test_quiet_is_silent_when_all_is_well(workspace: Workspace, run: Run) -> None:
    root = workspace()
    for command in ("check", "build", "verify"):
        assert run(root, command, "-q") == run(root, command, "--quiet")
        assert run(root, command, "-q").err + run(root, command, "-q").out == ""


def test_what_must_be_read_cannot_be_silenced(workspace: Workspace) -> None:
    root = workspace({"salon/access.yaml": None})
    words = ["-q", "access", "grant", "salon", "claire", "-w", str(root)]
    ran = CliRunner().invoke(main, words)
    assert "commit content/salon/access.yaml" in ran.stderr


def test_verbose_says_what_is_read_and_how_long_it_takes(workspace: Workspace, run: Run) -> None:
    root = workspace()
    ran = run(root, "build", "--verbose")
    said = re.sub(r"\d+\.\d+ s|\d+\.\d+\.\d+", "N", ran.err)
    assert said == (
        "portalgen N, Python N\n"
        f"workspace: {root}\n"
        "  content/salon: 3 files\n"
        f"output: {root}/output\n"
        "the build's day: 2026-11-23\n"
        "    N  to the first client\n"
        "    N  to the last of 1\n"
        "    N  to the end\n"
        "1 portal, 5 pages built in N\n"
    )


def test_nothing_flickers_on_quick_work() -> None:
    assert _watched([0.1, 0.3, 0.49]) == ""


def test_long_work_shows_how_far_it_is_and_leaves_no_trace() -> None:
    assert _watched([0.3, 0.6, 0.62, 0.9]) == (
        "\r████████████░░░░░░░░░░░░ 2/4\r████████████████████████ 4/4\r\033[K"
    )


def test_a_bar_that_is_cut_off_is_taken_away() -> None:
    assert _watched([0.6, 0.9], total=4).endswith("2/4\r\033[K")


def _watched(moments: list[float], total: int = 0) -> str:
    """What a terminal is sent when portals are made at those moments, in seconds."""
    screen = StringIO()
    clock = iter([0.0, *moments])
    with Watch(Terminal(screen, live=True), lambda: next(clock)) as watch:
        for number, _ in enumerate(moments, 1):
            watch.progress(number, total or len(moments))
    return screen.getvalue()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "words", [("build",), ("check", "--format", "json"), ("--help",), ("--version",)]
)
def test_a_full_disk_is_told_in_one_line(words: tuple[str, ...], workspace: Workspace) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = piped(workspace(), *words, out=full)
    assert ran.returncode == 1
    assert ran.stderr == "Error: cannot write: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_code_is_sealed_though_nobody_can_be_told(workspace: Workspace) -> None:
    root = workspace()
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*PROGRAM, "seal", "salon", "hosting"],
            cwd=root,
            input=b"a code",
            stdout=full,
            stderr=full,
            env=environment(),
            check=False,
        )
    assert ran.returncode == 1
    assert (root / "content/salon/sealed/hosting.json").exists()


def test_a_reader_that_goes_away_is_no_failure(workspace: Workspace) -> None:
    root = workspace({f"c{number}/client.yaml": "name: [\n" for number in range(100)})
    ran = subprocess.run(
        f"{sys.executable} -m portalgen check 2>&1 | head -1",
        cwd=root,
        shell=True,
        capture_output=True,
        env=environment(),
        encoding="utf-8",
        check=False,
    )
    assert ran.stderr == ""
    assert ran.stdout.count("\n") == 1


def test_streams_that_are_closed_are_no_failure(workspace: Workspace) -> None:
    ran = subprocess.run(
        f"{sys.executable} -m portalgen check >&- 2>&-",
        cwd=workspace(),
        shell=True,
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


def test_an_encoding_without_a_sign_is_no_failure(workspace: Workspace) -> None:
    root = workspace({STEP: "---\ntitle: Été\nstauts: fait → là\n---\n"})
    ran = piped(root, "check", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert "stauts: fait ? l?" in ran.stderr
    assert ran.returncode == 1


def test_an_interruption_ends_with_one_line(workspace: Workspace) -> None:
    names = [f"salon-{number}" for number in range(100)]
    spec = "- R1: Le site se lit\n" * 200
    files = {f"{name}/{file}": text for name in names for file, text in _client(spec).items()}
    root = workspace(files)
    with subprocess.Popen(
        [*PROGRAM, "-v", "check"],
        cwd=root,
        stderr=subprocess.PIPE,
        env=environment(),
        encoding="utf-8",
    ) as running:
        assert running.stderr
        assert running.stderr.readline().startswith("portalgen ")
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
    assert running.returncode == 130
    assert rest.endswith("\nstopped: what was written is whole\n")
    assert "Traceback" not in rest


def _client(spec: str) -> dict[str, str]:
    return {"client.yaml": "name: Salon\nproject: {title: Site}\n", "spec.md": spec}


def _failing() -> Program:
    program = Program("portalgen")

    @click.command("fail")
    @click.argument("how")
    def fail(how: str) -> None:
        if how == "refused":
            raise PermissionError(13, "Permission denied", "content/salon/.fresh-spec.md")
        raise ZeroDivisionError("a mistake\x1b[31m")

    program.add_command(fail)
    return program


@pytest.mark.parametrize("verbose", [False, True])
def test_a_mistake_of_ours_is_one_line(verbose: bool, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        _failing()(["fail", "badly", *(["--verbose"] if verbose else [])])
    said = capsys.readouterr().err
    trace, begin, message = said.partition("portalgen failed")
    assert ended.value.code == 70
    assert begin + message == (
        "portalgen failed: ZeroDivisionError: a mistake\ufffd[31m\n"
        "this is a mistake of portalgen's, not yours: please report it, with what the same "
        "command says with --verbose\n"
    )
    assert trace.startswith("Traceback") if verbose else not trace


def test_what_the_system_refuses_is_no_mistake_of_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        _failing()(["fail", "refused"])
    assert ended.value.code == 1
    assert capsys.readouterr().err == "Error: content/salon/spec.md: Permission denied\n"
