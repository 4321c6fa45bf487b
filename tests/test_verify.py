"""`portalgen verify` finds every change to a finished output, and names the file."""

import json
import os
import re
import shutil
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import PORTAL, SMALLEST, Run, Workspace

from portalgen.canonical import decode, encode
from portalgen.check import Claims
from portalgen.desk import open_desk
from portalgen.keyring import CACHE
from portalgen.padding import padded_length
from portalgen.problem import Place, Source
from portalgen.publish import publish
from portalgen.report import Made
from portalgen.shell import Shell
from portalgen.write import is_our_output

BARBER = {
    "barbier/client.yaml": "name: Barbier\nproject: {title: Site}\n",
    "barbier/spec.md": "- R1: Le site\n",
}


@pytest.fixture(scope="module")
def pristine() -> dict[str, bytes]:
    """The files of the first good build; the tests start from copies of it."""
    return {}


@pytest.fixture
def output(workspace: Workspace, run: Run, pristine: dict[str, bytes]) -> Path:
    """The output of a good build: two portals and the front page."""
    other = SMALLEST["salon/access.yaml"].replace("TSMxaKVQADQ", "AAAAAAAAAAA")
    root = workspace({**BARBER, "barbier/access.yaml": other})
    if not pristine:
        assert run(root, "build").code == 0
        pristine |= files_in(root / "output")
    for path, content in pristine.items():
        file = root / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return root / "output"


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_an_untouched_output_is_fine(output: Path, run: Run) -> None:
    ran = run(output.parent, "verify")
    assert (ran.code, ran.out, ran.err) == (0, "", "every file is what it should be\n")


def asset(output: Path, ending: str) -> Path:
    return next(
        path for path in sorted((output / "salon/assets").iterdir()) if path.suffix == ending
    )


def change(file: Path, old: str, new: str) -> Path:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


def write(file: Path, content: str = "Salon Martin") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    return file


def append(file: Path, content: str) -> Path:
    return write(file, file.read_text("utf-8") + content)


def remove(file: Path) -> Path:
    file.unlink()
    return file


def copy(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    return target


def link(file: Path, target: str | Path) -> Path:
    file.unlink(missing_ok=True)
    file.symlink_to(target)
    return file


def folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def change_lock(file: Path, name: str, value: object) -> Path:
    """Change a member of the header of the first lock."""
    found = re.search(r'"locks":\["([^."]+)', file.read_text("utf-8"))
    assert found is not None
    header = {**json.loads(decode(found[1])), name: value}
    text = json.dumps(header, separators=(",", ":")).encode()
    return change(file, found[1], encode(text))


Tamper = Callable[[Path], Path]
"""Changes one thing in an output; returns the path that a message has to name."""

TAMPERS: dict[str, Tamper] = {
    "a file beside the portals": lambda o: write(o / "notes.txt"),
    "a file in a portal": lambda o: write(o / "salon/notes.txt"),
    "a hidden file": lambda o: write(o / "salon/.notes"),
    "a file among the assets": lambda o: write(o / "salon/assets/martin.css"),
    "a file among the front page's assets": lambda o: write(o / "assets/martin.css"),
    "a file beside a page": lambda o: write(o / "salon/spec/spec.md"),
    "a page in clear": lambda o: write(o / "salon/clear/index.html"),
    "an empty file": lambda o: write(o / "salon/salon-martin", ""),
    "an empty folder": lambda o: folder(o / "salon/Salon Martin"),
    "an empty folder below a page": lambda o: folder(o / "salon/spec/Salon Martin"),
    "an empty folder among the assets": lambda o: folder(o / "assets/Salon Martin"),
    "an empty portal": lambda o: folder(o / "Salon Martin"),
    "what an interruption left": lambda o: shutil.copytree(o / "salon", o / ".fresh-salon"),
    "text after a page": lambda o: append(o / "salon/index.html", "Salon Martin"),
    "a comment after a page": lambda o: append(o / "salon/spec/index.html", "<!-- Martin -->"),
    "a white space after a page": lambda o: append(o / "salon/index.html", "\n"),
    "text in a page": lambda o: change(o / "salon/index.html", "<body", "<!-- Martin --><body"),
    "a script in a page": lambda o: change(
        o / "salon/index.html", "</body>", "<script src='//x'></script></body>"
    ),
    "an altered script": lambda o: append(asset(o, ".js"), "// Martin"),
    "an altered style sheet": lambda o: append(asset(o, ".css"), "/* Martin */"),
    "an empty style sheet": lambda o: write(asset(o, ".css"), ""),
    "a script that is gone": lambda o: remove(asset(o, ".js")),
    "a portal's headers gone": lambda o: remove(o / "salon/_headers"),
    "the headers gone": lambda o: remove(o / "_headers"),
    "altered headers": lambda o: append(o / "_headers", "/salon/*\n  X-Client: Martin\n"),
    "the front page gone": lambda o: remove(o / "index.html"),
    "an altered front page": lambda o: append(o / "index.html", "<a href=salon>Martin</a>"),
    "the first page gone": lambda o: remove(o / "salon/index.html"),
    "another page gone": lambda o: remove(o / "salon/spec/index.html"),
    "a page over another": lambda o: copy(
        o / "salon/spec/index.html", o / "salon/journal/index.html"
    ),
    "a page over the first": lambda o: copy(o / "salon/spec/index.html", o / "salon/index.html"),
    "a member added": lambda o: change(
        o / "salon/index.html", '{"v":1', '{"v":1,"client":"Martin"'
    ),
    "a member twice": lambda o: change(o / "salon/index.html", '{"v":1', '{"v":1,"v":1'),
    "a space in the JSON": lambda o: change(o / "salon/index.html", '{"v":1', '{"v": 1'),
    "a line end in the JSON": lambda o: change(o / "salon/index.html", '{"v":1', '{"v":1\n'),
    "an escape in the JSON": lambda o: change(o / "salon/index.html", '{"v":1', '{"\\u0076":1'),
    "another version": lambda o: change(o / "salon/index.html", '{"v":1', '{"v":2'),
    "fewer iterations": lambda o: change_lock(o / "salon/index.html", "p2c", 599_999),
    "iterations that are no number": lambda o: change_lock(o / "salon/index.html", "p2c", "600000"),
    "a member in a lock": lambda o: change_lock(o / "salon/index.html", "name", "Martin"),
    "a short salt": lambda o: change_lock(o / "salon/index.html", "p2s", "AAAA"),
    "padding in base64": lambda o: change(o / "salon/index.html", '"page":"ey', '"page":"ey='),
    "a link to a text": lambda o: link(o / "salon/martin", "../../content/salon/client.yaml"),
    "a link for a page": lambda o: link(o / "salon/spec/index.html", "../journal/index.html"),
    "a link for an asset": lambda o: link(asset(o, ".js"), "../../barbier/assets"),
    "a link to a folder": lambda o: link(o / "salon/content", "../../content"),
    "a link for a portal": lambda o: link(o / "martin", "salon"),
    "a link to nowhere": lambda o: link(o / "salon/martin", "nowhere"),
}


@pytest.mark.parametrize("name", TAMPERS)
def test_every_change_is_found(name: str, output: Path, run: Run) -> None:
    path = TAMPERS[name](output)
    ran = run(output.parent, "verify")
    assert ran.code == 1
    named = re.findall(r"^(.+?): error\[(?:stray|broken)-output\]", ran.err, re.MULTILINE)
    shown = path.relative_to(output.parent).as_posix()
    assert any(each == shown or each.startswith(f"{shown}/") for each in named)


def test_a_page_of_another_portal(output: Path, run: Run) -> None:
    copy(output / "barbier/spec/index.html", output / "salon/spec/index.html")
    ran = run(output.parent, "verify")
    assert ran.code == 1
    assert "output/salon: error[broken-output]: its pages belong to different portals" in ran.err


def test_pages_that_nobody_locked(output: Path, run: Run) -> None:
    """A page in clear is found without a key, and whatever wrap stands beside it."""
    page = output / "salon/spec/index.html"
    found = re.search(r'"page":"([^"]+)"', page.read_text("utf-8"))
    assert found is not None
    parts = found[1].split(".")
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    clear = stream.compress(b"<h1>Salon Martin</h1>") + stream.flush(zlib.Z_SYNC_FLUSH)
    filling = padded_length(len(clear) + 5) - len(clear) - 5
    clear += struct.pack("<BHH", 1, filling, filling ^ 0xFFFF) + b"\n" * filling
    parts[3] = encode(clear)
    change(page, found[1], ".".join(parts))
    shutil.rmtree(output.parent / CACHE, ignore_errors=True)
    ran = run(output.parent, "verify")
    assert ran.code == 1
    message = "output/salon/spec/index.html: error[broken-output]: the page is not encrypted\n"
    assert message in ran.err


def test_pages_with_different_locks(output: Path, run: Run) -> None:
    change_lock(output / "salon/spec/index.html", "p2c", 600_001)
    ran = run(output.parent, "verify")
    assert ran.code == 1
    message = "its pages have different keys, or different locks"
    assert f"output/salon: error[broken-output]: {message}\n" in ran.err


@pytest.mark.parametrize("path", ["salon/index.html", "index.html", "salon/_headers"])
def test_a_pipe_is_not_waited_for(path: str, output: Path, run: Run) -> None:
    (output / path).unlink()
    os.mkfifo(output / path)
    ran = run(output.parent, "verify")
    assert ran.code == 1
    assert f"output/{path}: error[broken-output]" in ran.err


def test_a_portal_that_is_nobodys(output: Path, run: Run) -> None:
    (output.parent / "content/salon/access.yaml").unlink()
    ran = run(output.parent, "verify")
    assert ran.code == 1
    assert ran.err == (
        "output/salon: error[unknown-portal]: nothing in content/ says who may open this portal\n"
        "      build everything again, or remove output/salon\n"
        "1 error\n"
    )
    write(output.parent / "content/barbier/access.yaml", "people: [\n")
    assert run(output.parent, "verify").code == 0, "it may be the one that cannot be read"


def test_a_portal_of_a_client_that_is_gone(output: Path, run: Run) -> None:
    shutil.rmtree(output.parent / "content/barbier")
    ran = run(output.parent, "verify")
    assert "output/barbier: error[unknown-portal]" in ran.err


def test_one_portal_alone(output: Path, run: Run) -> None:
    root = output.parent
    ran = run(root, "verify", str(output / "salon"))
    assert (ran.code, ran.err) == (0, "every file is what it should be\n")
    write(output / "salon/notes.txt")
    ran = run(root, "verify", str(output / "salon"))
    assert ran.code == 1
    assert ran.err.startswith("salon/notes.txt: error[stray-output]")


def test_a_folder_that_is_no_output(output: Path, run: Run) -> None:
    ran = run(output.parent, "verify", str(output.parent / "content"))
    assert ran.code == 1
    assert ran.err == (
        "content: error[foreign-folder]: portalgen did not write this folder\n"
        "      name the output, such as portalgen verify output\n"
        "1 error\n"
    )


def test_a_build_mends_all_of_it(output: Path, run: Run) -> None:
    """What lies inside a portal's folder goes with the next build."""
    write(output / "salon/notes.txt")
    remove(output / "salon/spec/index.html")
    append(output / "index.html", "Martin")
    assert run(output.parent, "build").code == 0
    assert run(output.parent, "verify").code == 0


def test_without_an_output(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(), "verify")
    assert ran.code == 1
    assert "error[no-output]" in ran.err


# --- the build itself ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Printer:
    """What the last stage of a build gets, so that it can get something wrong."""

    output: Path
    shell: Shell

    def publish(self, files: dict[str, bytes]) -> tuple[str, set[str]]:
        """The state of the portal afterwards, and the codes of the problems."""
        place = Place(Source("content/salon/client.yaml"))
        made = Made(
            claims=Claims("salon", "salon", False, place, PORTAL.decode(), place, ()),
            problems=(),
            people=("Claire Martin",),
            ordered=True,
            draft=False,
            files=files,
        )
        report = publish(self.output, self.shell, [made], [], everything=False)
        assert report.exit_code() == (1 if report.problems else 0)
        return report.outcomes[0].state, {problem.code for problem in report.problems}


@pytest.fixture
def printer(output: Path) -> Printer:
    desk, _ = open_desk(output.parent)
    assert desk.shell is not None
    return Printer(output, desk.shell)


def test_the_last_stage_publishes_what_is_right(printer: Printer) -> None:
    assert printer.publish(files_in(printer.output / "salon")) == ("published", set())


LEAKS: dict[str, dict[str, bytes]] = {
    "a file in clear": {"martin.txt": b"Salon Martin"},
    "a page in clear": {"spec/index.html": b"<h1>Salon Martin</h1>"},
    "an altered asset": {"_headers": b"X-Client: Martin"},
}


@pytest.mark.parametrize("name", LEAKS)
@pytest.mark.parametrize("before", ["kept", "absent"])
def test_a_build_fails_closed(name: str, before: str, printer: Printer) -> None:
    good = files_in(printer.output / "salon")
    if before == "absent":
        shutil.rmtree(printer.output / "salon")
    state, codes = printer.publish({**good, **LEAKS[name]})
    assert state == before
    assert codes <= {"stray-output", "broken-output"}
    assert codes
    left = files_in(printer.output)
    assert not any(b"Martin" in content for content in left.values())
    assert not any(path.startswith((".fresh-", ".old-")) for path in left)
    assert is_our_output(printer.output)
    if before == "kept":
        assert files_in(printer.output / "salon") == good


IN_THE_WAY: dict[str, tuple[dict[str, str], str]] = {
    "a portal": ({}, "output/salon/letters.txt"),
    "a draft": ({"salon/client.yaml": "DRAFT"}, "output/salon/letters.txt"),
    "a draft in error": (
        {"salon/client.yaml": "DRAFT", "salon/steps.yaml": "- {titel: Site}\n"},
        "output/salon/letters.txt",
    ),
    "a portal in error": (
        {"salon/steps.yaml": "- {titel: Site}\n"},
        "output/salon/invoices-of-2019/letters.txt",
    ),
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_a_folder_that_portalgen_did_not_write_is_never_touched(
    name: str, output: Path, workspace: Workspace, run: Run
) -> None:
    files, path = IN_THE_WAY[name]
    draft = SMALLEST["salon/client.yaml"] + "draft: oui\n"
    root = workspace({path: text.replace("DRAFT", draft) for path, text in files.items()})
    shutil.rmtree(output / "salon")
    letters = write(root / path, "Chère maman")
    assert run(root, "build").code == (0 if "draft" in name else 1), "a draft wants no folder"
    assert letters.read_text("utf-8") == "Chère maman"
