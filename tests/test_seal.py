"""`portalgen seal`: who can read a code, and that it stands nowhere in clear."""

import json
import os
import pty
import re
import subprocess
import sys
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from conftest import CLIENT_PASSPHRASE, FIXTURES, SMALLEST, STUDIO_PASSPHRASE, Run, Workspace
from portals import open_portal
from test_canary import leaks, readable

from portalgen.canonical import EnvelopeError
from portalgen.envelope import PrivateKeys, make_link, new_secret, open_link, open_person, open_seal
from portalgen.envelope_shape import parse_seal
from portalgen.parse import parse_client
from portalgen.read import read_client

PORTAL = "TSMxaKVQADQ"
STUDIO = (FIXTURES / "studio-access.yaml").read_text("utf-8")
SITE = """\
---
title: Le site
delivered: 2026-10-01
accounts:
- for: Le site
  given: 2026-10-01
- for: Nom de domaine
covers: [R1, R2]
---
"""
SHOWN = SITE.replace("- for: Nom", "  sealed: sealed/hosting.json\n- for: Nom")
SITES = {"access.yaml": STUDIO, "salon/deliverables/site.md": SITE}
CODE = "wxkpnlvrkbkpsm"


@cache
def _keys(access: str, passphrase: str) -> PrivateKeys:
    found = re.findall(r"locked: (\S+)", access)
    return open_person(found[0], passphrase)


def claire() -> PrivateKeys:
    return _keys(SMALLEST["salon/access.yaml"], CLIENT_PASSPHRASE)


def nadia() -> PrivateKeys:
    return _keys(STUDIO, STUDIO_PASSPHRASE)


def sealed(root: Path, name: str = "hosting") -> str:
    """The seal that was written: one line of JSON."""
    text = (root / f"content/salon/sealed/{name}.json").read_text("utf-8")
    assert text.count("\n") == 1
    return text.removesuffix("\n")


def contents(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_what_it_says(workspace: Workspace, run: Run) -> None:
    """The line to paste alone goes to stdout."""
    ran = run(workspace(SITES), "seal", "salon", "hosting", stdin=f"{CODE}\n")
    assert (ran.code, ran.out) == (0, "sealed: sealed/hosting.json\n")
    assert ran.err == (
        "hosting is sealed for Claire Martin, Nadia\n"
        "write this under its account in a deliverable:\n"
        "  Le site: content/salon/deliverables/site.md:5\n"
        "  Nom de domaine: content/salon/deliverables/site.md:7\n"
        "commit content/salon/sealed/hosting.json, and build again\n"
    )


def test_a_renewal_says_so_and_replaces(workspace: Workspace, run: Run) -> None:
    root = workspace({**SITES, "salon/deliverables/site.md": SHOWN})
    run(root, "seal", "salon", "hosting", stdin="the first")
    first = sealed(root)
    ran = run(root, "seal", "salon", "hosting", stdin="the second")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        "hosting is sealed anew for Claire Martin, Nadia\n"
        "commit content/salon/sealed/hosting.json, and build again\n"
    )
    assert sealed(root) != first
    assert open_seal(sealed(root), claire(), PORTAL) == "the second"
    assert os.listdir(root / "content/salon/sealed") == ["hosting.json"]
    assert run(root, "check").err == "nothing to mend\n"


CODES = {
    "a word": (CODE, CODE),
    "one line end is not part of it": (f"{CODE}\n", CODE),
    "nor is one of Windows": (f"{CODE}\r\n", CODE),
    "but a second is": (f"{CODE}\n\n", f"{CODE}\n"),
    "lines": ("user: é\nkey: 12 34", "user: é\nkey: 12 34"),
    "spaces": (f" {CODE} ", f" {CODE} "),
    "the mark of Windows": (f"\ufeff{CODE}", CODE),
    "signs of HTML and JSON": ("'\"<&>\\u0041", "'\"<&>\\u0041"),
    "the longest": ("é" * 2048 + "\n", "é" * 2048),
}


@pytest.mark.parametrize(("given", "code"), CODES.values(), ids=CODES)
def test_the_client_and_the_studio_read_what_was_given(
    given: str, code: str, workspace: Workspace, run: Run
) -> None:
    root = workspace(SITES)
    assert run(root, "seal", "salon", "hosting", stdin=given).code == 0
    assert open_seal(sealed(root), claire(), PORTAL) == code
    assert open_seal(sealed(root), nadia(), PORTAL) == code


def test_a_link_cannot_read_it(workspace: Workspace, run: Run) -> None:
    secret = new_secret()
    link = make_link(secret)
    entry = (
        f"- name: claire\n  kid: {link.kid}\n  granted: 2026-11-20\n  link: yes\n"
        f"  read: {json.dumps(link.read)}\n  sign: {json.dumps(link.sign)}\n"
        f"  locked: {link.locked}\n"
    )
    access = SMALLEST["salon/access.yaml"] + entry.replace(f"kid: {link.kid}", f'kid: "{link.kid}"')
    root = workspace({**SITES, "salon/access.yaml": access, "salon/deliverables/site.md": SHOWN})
    assert run(root, "seal", "salon", "hosting", stdin=CODE).code == 0
    assert parse_seal(sealed(root)).readers == (claire().kid, nadia().kid)
    with pytest.raises(EnvelopeError, match="not encrypted to this person"):
        open_seal(sealed(root), open_link(link.locked, secret), PORTAL)
    assert run(root, "check").err == "nothing to mend\n"


def test_the_code_stands_nowhere(workspace: Workspace, run: Run) -> None:
    root = workspace({**SITES, "salon/deliverables/site.md": SHOWN})
    ran = run(root, "seal", "salon", "hosting", stdin=CODE)
    assert CODE not in ran.out + ran.err
    assert run(root, "build").code == 0
    assert leaks({"the code": (CODE,)}, readable(root)) == []


def test_the_portal_hands_it_over(workspace: Workspace, run: Run) -> None:
    root = workspace({**SITES, "salon/deliverables/site.md": SHOWN})
    run(root, "seal", "salon", "hosting", stdin=f"'{CODE}\" & <b>")
    assert run(root, "build").code == 0
    page = open_portal(root / "output/salon")["deliverables"]
    buttons = re.findall(r"<dt>([^<]*)</dt>(<dd class=\"sealed\">.*?</dd>)", page)
    assert [label for label, _ in buttons] == ["Code d’accès"]
    button = re.fullmatch(
        r'<dd class="sealed"><button type="button" class="button quiet" data-seal="([^"]*)">'
        r"Afficher</button> <span class=\"small\">sous scellé\s: seul votre accès l’ouvre</span>"
        r"</dd>",
        buttons[0][1],
    )
    assert button is not None
    assert unescape(button[1]) == sealed(root)
    assert open_seal(unescape(button[1]), claire(), PORTAL) == f"'{CODE}\" & <b>"
    assert not [path for path in (root / "output").rglob("*") if "hosting" in path.name]


NO_CODE = "Error: there is no code to seal: standard input is empty\n"
TOO_LONG = "Error: the code has more than 4096 bytes\n"
NOT_UTF8 = "Error: the code is not UTF-8\n"
NAMES = "Error: A code is named with small letters, digits and single hyphens, 64 signs at most."
REFUSED: dict[str, tuple[str, str | bytes, str]] = {
    "no code": ("hosting", "", NO_CODE),
    "a line end": ("hosting", "\n", NO_CODE),
    "only spaces": ("hosting", "  \n", NO_CODE),
    "too long": ("hosting", "é" * 2048 + "a", TOO_LONG),
    "much too long": ("hosting", "é" * 9999, TOO_LONG),
    "not UTF-8": ("hosting", f"{CODE}é".encode("latin-1"), NOT_UTF8),
    "UTF-16": ("hosting", CODE.encode("utf-16"), NOT_UTF8),
    "capitals": ("Hébergement OVH", CODE, f'{NAMES} Did you mean "hebergement-ovh"?\n'),
    "a path": ("../hosting.json", CODE, f'{NAMES} Did you mean "hosting-json"?\n'),
    "a long name": ("a" * 65, CODE, f'{NAMES} Did you mean "{"a" * 64}"?\n'),
    "no name": ("", CODE, f"{NAMES} Give it one such as hosting.\n"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason_and_nothing_written(
    case: str, workspace: Workspace, run: Run
) -> None:
    name, stdin, says = REFUSED[case]
    root = workspace(SITES)
    before = contents(root)
    ran = run(root, "seal", "salon", name, stdin=stdin)
    assert (ran.code, ran.out) == (2 if says.startswith(NAMES) else 1, "")
    assert ran.err.endswith(says)
    assert CODE not in ran.err
    assert contents(root) == before


NO_PEOPLE = "portal: TSMxaKVQADQ\nsalt: xlhjQ4oTxH0fftfFdcFkEA\npeople:\n"
NOBODY = """\
content/salon/access.yaml: error[nobody-can-open]: no person has access to this portal yet
      run first: portalgen access grant salon claire
"""
NO_SALT = """\
{file}:1:1: error[missing-field]: "salt" is missing
    1 | people:
      | ^ take access.yaml back from git
"""
NO_POINT = (
    "content/salon/access.yaml:6:3: error[broken-access]: "
    "the keys of claire are damaged: the public key is no point of the curve\n"
)
NOT_SEALED = "Error: the code was not sealed, and nothing was written\n"
WEAK = SMALLEST["salon/access.yaml"].replace('x: "b', 'x: "c', 1)
NOWHERE: dict[str, tuple[dict[str, str | None], str]] = {
    "nobody has access": ({"salon/access.yaml": None}, NOBODY),
    "no people": ({"salon/access.yaml": NO_PEOPLE, "access.yaml": None}, NOBODY),
    "a broken list": (
        {"salon/access.yaml": "people:\n"},
        NO_SALT.format(file="content/salon/access.yaml"),
    ),
    "a broken list of the studio": (
        {"access.yaml": "people:\n"},
        NO_SALT.format(file="content/access.yaml"),
    ),
    "a weak key": ({"salon/access.yaml": WEAK}, NO_POINT),
}


@pytest.mark.parametrize("case", NOWHERE)
def test_refused_when_it_cannot_be_sealed_for_everybody(
    case: str, workspace: Workspace, run: Run
) -> None:
    files, says = NOWHERE[case]
    root = workspace({**SITES, **files})
    before = contents(root)
    ran = run(root, "seal", "salon", "hosting", stdin=CODE)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(says)
    assert ran.err.endswith(NOT_SEALED)
    assert contents(root) == before


def test_other_errors_of_the_content_keep_no_code_from_being_sealed(
    workspace: Workspace, run: Run
) -> None:
    root = workspace({**SITES, "salon/spec.md": None, "salon/client.yaml": "nom: x\n"})
    ran = run(root, "seal", "salon", "hosting", stdin=CODE)
    assert ran.code == 0
    assert ran.err.startswith("hosting is sealed for claire, Nadia\n")
    assert open_seal(sealed(root), claire(), PORTAL) == CODE


def test_the_studio_alone(workspace: Workspace, run: Run) -> None:
    """A list without people has an id: the studio's people can read the code, and say so."""
    root = workspace({**SITES, "salon/access.yaml": NO_PEOPLE})
    ran = run(root, "seal", "salon", "hosting", stdin=CODE)
    assert ran.err.startswith("hosting is sealed for Nadia\n")
    assert open_seal(sealed(root), nadia(), PORTAL) == CODE


def test_a_folder_behind_a_link_is_not_written_to(
    workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root, elsewhere = workspace(SITES), tmp_path_factory.mktemp("elsewhere")
    (root / "content/salon/sealed").symlink_to(elsewhere)
    ran = run(root, "seal", "salon", "hosting", stdin=CODE)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "content/salon/sealed: error[outside-folder]: this folder cannot be a link\n"
        f"      make it a folder\n{NOT_SEALED}"
    )
    assert os.listdir(elsewhere) == []


def test_a_file_in_the_way_is_named(workspace: Workspace, run: Run) -> None:
    root = workspace({**SITES, "salon/sealed": "x"})
    ran = run(root, "seal", "salon", "hosting", stdin=CODE)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"Error: {root}/content/salon/sealed: File exists\n"


def test_a_file_that_git_wrote_with_the_line_ends_of_windows(
    workspace: Workspace, run: Run
) -> None:
    root = workspace({**SITES, "salon/deliverables/site.md": SHOWN})
    run(root, "seal", "salon", "hosting", stdin=CODE)
    file = root / "content/salon/sealed/hosting.json"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(root, "check").err == "nothing to mend\n"
    portal, problems = parse_client(read_client(root, "salon")[0])
    assert problems == []
    assert open_seal(portal.seals["sealed/hosting.json"].text, claire(), PORTAL) == CODE


IN_CLEAR = {
    "sealed/hosting.json": CODE.encode(),
    "sealed/hosting.txt": CODE.encode(),
    "sealed/mail.json": f"{CODE} à".encode("latin-1"),
}


@pytest.mark.parametrize("path", IN_CLEAR)
def test_a_code_in_clear_among_those_sealed_is_an_error_that_does_not_repeat_it(
    path: str, workspace: Workspace, run: Run
) -> None:
    ran = run(workspace({**SITES, f"salon/{path}": IN_CLEAR[path]}), "check")
    assert ran.code == 1
    assert ran.err.startswith(f"content/salon/{path}: error[")
    assert CODE not in ran.err


def test_on_a_terminal_it_asks_twice_and_shows_nothing(workspace: Workspace) -> None:
    root = workspace(SITES)
    command = [sys.executable, "-m", "portalgen", "seal", "salon", "hosting"]
    own, theirs = pty.openpty()
    process = subprocess.Popen(
        [*command, "--workspace", str(root)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen = b""
    for prompt in (b"Code to seal: ", b"Repeat for confirmation: "):
        while not screen.endswith(prompt):
            screen += os.read(own, 1024)
        os.write(own, f"{CODE}\n".encode())
    while chunk := _rest(own):
        screen += chunk
    assert process.wait(timeout=60) == 0
    assert CODE.encode() not in screen
    assert b"hosting is sealed for Claire Martin, Nadia" in screen
    assert open_seal(sealed(root), claire(), PORTAL) == CODE


def _rest(terminal: int) -> bytes:
    """What a terminal still says; nothing once nobody has it open (Linux says EIO then)."""
    try:
        return os.read(terminal, 1024)
    except OSError:
        return b""
