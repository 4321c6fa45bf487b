"""A build that stops at any moment leaves every portal whole, and the next build mends the rest.

The build runs as a program of its own. A hook counts what it does to the output folder, and
stops it before one of these steps: each run stops exactly where its number says. To stop at
every single one: `EVERY_MOMENT=1 pytest tests/test_interrupt.py`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from conftest import SMALLEST, TODAY, Run, Workspace
from portals import envelope_of

from portalgen.desk import open_desk
from portalgen.shell import Shell
from portalgen.verify import verify_output, verify_portal

HOOK = """
import os, signal, sys

CHANGES = ("os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree", "ctypes.dlsym")
log = open(os.environ["HOOK_LOG"], "a", buffering=1)
how, _, moment = os.environ["HOOK_STOP"].partition(":")
steps = 0

def stop(target):
    if how == "KILL":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "INT":
        os.kill(os.getpid(), signal.SIGINT)
    if how == "GROUP":
        os.killpg(0, signal.SIGINT)

def hook(event, arguments):
    global steps
    path = str(arguments[0]) if arguments else ""
    if how == "GROUP":
        if event == "open" and path.endswith(moment):
            stop(path)
        return
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
    begun = steps or os.environ["HOOK_OUTPUT"] in path
    if begun and (event in CHANGES or writes):
        steps += 1
        log.write(f"{event}\\n")
        if how and steps == int(moment):
            stop(path)

sys.addaudithook(hook)
"""

SECOND_SPEC = "- R1: Le site, refait\n- R2: Les tarifs y sont\n"
INVOICE = (
    "approval: {on: 2026-11-02, waived: tout}\nnumber: 2026-001\nissued: 2026-11-03\n"
    "thanks: Merci\nlines:\n- {text: Création, price: 1800, vat: 20}\n"
)


def client(folder: str, **others: str) -> dict[str, str | None]:
    files = {path: text for path, text in SMALLEST.items() if path.startswith("salon/")}
    files |= {f"salon/{path.replace('__', '.')}": text for path, text in others.items()}
    return {path.replace("salon/", f"{folder}/"): text for path, text in files.items()}


BEFORE: Mapping[str, str | None] = {
    **client("salon"),
    **client("barbier", invoice__yaml=INVOICE),
    **client("coiffeur"),
    **client("fleuriste"),
}
AFTER: Mapping[str, str | None] = {
    "salon/spec.md": SECOND_SPEC,
    "barbier/invoice.yaml": INVOICE.replace(
        "approval: {on: 2026-11-02, waived: tout}", "approval:"
    ),
    "barbier/steps.yaml": "- {title: Site, status: finsihed}\n",
    "coiffeur/client.yaml": SMALLEST["salon/client.yaml"] + "draft: oui\n",
    "opticien/client.yaml": SMALLEST["salon/client.yaml"],
    "opticien/spec.md": SECOND_SPEC,
    "opticien/access.yaml": SMALLEST["salon/access.yaml"],
}
"""One portal changes, one loses its invoice and is in error, one becomes a draft, one is new;
`fleuriste` is removed."""


@dataclass(frozen=True)
class Stopped:
    """What became of a build."""

    code: int
    out: str
    err: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A workspace on which one build after the other is stopped, each from the same start."""

    start: Path
    place: Path

    def build(self, stop: str = "") -> Stopped:
        """Build from the start again, stopped as HOOK says."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.start, self.place, symlinks=True)
        return start(self.place, ["build"], stop)

    @cached_property
    def shell(self) -> Shell:
        """What the portals share; no stop changes it."""
        shell = open_desk(self.start)[0].shell
        assert shell is not None
        return shell

    def assert_whole(self) -> None:
        """Every portal is there as a whole: every file right, all pages of one build."""
        for folder in portals(self.place / "output"):
            assert verify_portal(folder, folder.name, self.shell) == ()
            pages = [envelope_of(page) for page in sorted(folder.rglob("index.html"))]
            assert len({page.wrapped for page in pages}) == 1

    def assert_mended(self, run: Run, expected: int) -> None:
        """The next build works, and nothing of the stopped one is left."""
        ran = run(self.place, "build")
        assert (ran.code, "foreign-folder" in ran.err) == (expected, False), ran.err
        output = self.place / "output"
        assert [path.name for path in output.rglob(".*")] == []
        assert verify_output(output, self.shell, {}) == ()


def portals(output: Path) -> Iterator[Path]:
    if output.exists():
        folders = (path for path in sorted(output.iterdir()) if path.is_dir())
        yield from (path for path in folders if path.name[0] != "." and path.name != "assets")


def start(root: Path, words: list[str], stop: str) -> Stopped:
    """Run the program with the hook, in a process group of its own."""
    hooks = root.parent / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "sitecustomize.py").write_text(HOOK, "utf-8")
    log = hooks / "log"
    log.write_text("")
    environment = os.environ | {
        "PYTHONPATH": str(hooks),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOOK_LOG": str(log),
        "HOOK_STOP": stop,
        "HOOK_OUTPUT": str(root / "output"),
    }
    command = [sys.executable, "-m", "portalgen", *words, "-w", str(root), "--today", TODAY]
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=environment,
        start_new_session=True,
        check=False,
    )
    return Stopped(ran.returncode, ran.stdout, ran.stderr, tuple(log.read_text().split()))


@pytest.fixture
def rebuild(workspace: Workspace, run: Run, tmp_path: Path) -> Stage:
    """A workspace that was built once, and changed since then."""
    root = workspace(BEFORE)
    assert run(root, "build").code == 0
    shutil.rmtree(root / "content/fleuriste")
    workspace({**BEFORE, **dict.fromkeys(client("fleuriste")), **AFTER})
    shutil.rmtree(root / "content/fleuriste", ignore_errors=True)
    return Stage(_moved(root), tmp_path / "work")


@pytest.fixture
def first_build(workspace: Workspace, tmp_path: Path) -> Stage:
    """A workspace that was never built."""
    return Stage(_moved(workspace(client("barbier"))), tmp_path / "work")


def _moved(root: Path) -> Path:
    """The workspace in a folder of its own, so that hooks and copies can stand beside it."""
    target = root / "start"
    target.mkdir()
    for name in ("content", "output"):
        if (root / name).exists():
            (root / name).rename(target / name)
    return target


def moments(steps: tuple[str, ...]) -> list[int]:
    """Numbers of steps to stop before: all that follow a move of a folder, some of the others."""
    if os.environ.get("EVERY_MOMENT"):
        return list(range(1, len(steps) + 1))
    after = [n + 1 for n, step in enumerate(steps[:-1], 1) if step in ("os.rename", "ctypes.dlsym")]
    last = range(len(steps) - 4, len(steps) + 1)
    return sorted({1, *after, *range(20, len(steps), 80), *last})


STAGES = {"rebuild": 1, "first_build": 0}
"""The stages, and the exit code that their content gives."""


@pytest.mark.parametrize("name", STAGES)
def test_killed_at_any_moment(name: str, request: pytest.FixtureRequest, run: Run) -> None:
    stage: Stage = request.getfixturevalue(name)
    whole = stage.build()
    assert whole.code == STAGES[name]
    assert len(whole.steps) > 20
    failures = []
    for moment in moments(whole.steps):
        assert stage.build(f"KILL:{moment}").code == -9
        try:
            stage.assert_whole()
            stage.assert_mended(run, STAGES[name])
        except AssertionError as failure:
            failures.append(f"{moment} {whole.steps[moment - 1]}: {failure}")
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("name", STAGES)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_control_c(name: str, part: float, request: pytest.FixtureRequest, run: Run) -> None:
    stage: Stage = request.getfixturevalue(name)
    moment = int(len(stage.build().steps) * part)
    stopped = stage.build(f"INT:{moment}")
    assert stopped.code == 130
    assert stopped.err.strip() == "stopped: what was written is whole"
    stage.assert_whole()
    stage.assert_mended(run, STAGES[name])


def test_control_c_while_many_portals_are_made(workspace: Workspace, tmp_path: Path) -> None:
    """A terminal sends it to the workers as well."""
    many = {path: text for n in range(32) for path, text in client(f"salon-{n:02}").items()}
    stage = Stage(_moved(workspace(many)), tmp_path / "work")
    for number in (3, 10, 11, 20, 21, 30):
        stopped = stage.build(f"GROUP:salon-{number:02}/spec.md")
        assert stopped.code == 130
        assert stopped.err.strip() == "stopped: what was written is whole"
        assert list(portals(stage.place / "output")) == []


# --- a disk that takes nothing --------------------------------------------------------------------

DISKS: Mapping[str, str] = {
    "full": "mount -t tmpfs -o size=%dk tmpfs output && cp -r kept/. output",
    "read-only": (
        "mount -t tmpfs tmpfs output && cp -r kept/. output && mount -o remount,ro output"
    ),
}


def can_mount() -> bool:
    """Whether a file system can be mounted here, seen by nobody else."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="needs a mount namespace")
@pytest.mark.parametrize(("disk", "spare"), [("full", 0), ("full", 24), ("read-only", 0)])
def test_a_disk_that_takes_nothing(disk: str, spare: int, rebuild: Stage, run: Run) -> None:
    """`spare` KiB are left on it."""
    shutil.copytree(rebuild.start, rebuild.place)
    root = rebuild.place
    (root / "output").rename(root / "kept")
    (root / "output").mkdir()
    files = [path for path in (root / "kept").rglob("*") if path.is_file()]
    used = sum(-(-path.stat().st_size // 4096) * 4 for path in files)
    mount = DISKS[disk].replace("%d", str(used + spare))
    build = f"{sys.executable} -m portalgen build -w . --today {TODAY}"
    script = f"{mount} && {build}; code=$?; cp -r output left; exit $code"
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert ran.stderr.startswith("Error: ")
    shutil.rmtree(root / "output")
    (root / "left").rename(root / "output")
    rebuild.assert_whole()
    rebuild.assert_mended(run, STAGES["rebuild"])
