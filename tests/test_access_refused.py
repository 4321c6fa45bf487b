"""What `portalgen access` refuses: it says why, and leaves every file as it was."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import SMALLEST, Run, Workspace
from people import ACCESS, EVERYBODY, HEAD, LINK, STUDIO, TWO, access_file, contents

TWINS = "contacts: [{id: c1, name: Claire Martin}, {id: c2, name: Claire Martin}]\n"
SAME = "contacts: [{name: Claire Martin}, {name: Claire Martin}]\n"
REST = "name: Salon\nproject: {title: Un site}\n"

REFUSED: dict[str, tuple[Mapping[str, str | None], str, int, str]] = {
    "a part of the name only": (
        {"salon/client.yaml": TWO}, "access grant salon aubert", 1,
        'Error: "aubert" is not a contact of salon\ndid you mean "marc"?\n',
    ),
    "two contacts of one name": (
        {"salon/client.yaml": REST + TWINS}, "access link salon 'Claire Martin'", 1,
        ('Error: "Claire Martin" means several contacts of salon\n'
        "name one of them by the id: c1, c2\n"),
    ),
    "two contacts of one id": (
        {"salon/client.yaml": REST + SAME}, "access link salon claire-martin", 1,
        ('Error: "claire-martin" means several contacts of salon\n'
        "give each of them an id of their own in content/salon/client.yaml\n"),
    ),
    "access already": (
        EVERYBODY, "access grant salon Claire", 1,
        ("Error: claire has access already\n"
        "for a new passphrase, run: portalgen access rotate salon claire\n"),
    ),
    "access of the studio already": (
        {"access.yaml": STUDIO}, "access grant --studio NADIA", 1,
        ("Error: Nadia has access already\n"
        "for a new passphrase, run: portalgen access rotate --studio Nadia\n"),
    ),
    "access of the owner already, by the first name": (
        {"studio.yaml": "name: Lumen\nowner: Nadia Roux\n", "access.yaml": STUDIO},
        "access grant --studio 'nadia roux'", 1,
        ("Error: Nadia has access already\n"
        "for a new passphrase, run: portalgen access rotate --studio Nadia\n"),
    ),
    "a client for the studio": (
        {}, "access grant --studio Salon", 1,
        ('Error: "Salon" is a client, and --studio opens every portal\n'
        "write: portalgen access grant salon PERSON\n"),
    ),
    "a contact for the studio": (
        {"studio.yaml": "name: Lumen\nowner: Nadia Roux\n"},
        "access grant --studio claire", 1,
        ('Error: "claire" is a contact of salon, and --studio opens every portal\n'
        "write: portalgen access grant salon claire\n"),
    ),
    "a contact's full name for the studio": (
        {}, "access grant --studio 'claire martin'", 1,
        ('Error: "claire martin" is a contact of salon, and --studio opens every portal\n'
        "write: portalgen access grant salon claire\n"),
    ),
    "no passphrase to rotate": (
        {"salon/client.yaml": TWO}, "access rotate salon marc", 1,
        ("Error: marc has no passphrase\n"
        "to give them one, run: portalgen access grant salon marc\n"),
    ),
    "only a link": (
        {"salon/access.yaml": HEAD + LINK}, "access rotate salon claire", 1,
        ("Error: claire has no passphrase\n"
        "to give them one, run: portalgen access grant salon claire\n"),
    ),
    "nothing to revoke": (
        {"salon/client.yaml": TWO}, "access revoke salon marc", 1,
        "Error: marc has no access that could be revoked\nthose who have it: claire\n",
    ),
    "nobody to revoke": (
        {"salon/access.yaml": None}, "access revoke salon claire", 1,
        "Error: claire has no access that could be revoked\nnobody has\n",
    ),
    "no link to revoke": (
        EVERYBODY, "access revoke salon marc --link", 1,
        "Error: marc has no access link that could be revoked\nthose who have it: claire\n",
    ),
    "nearly a name of the studio": (
        {"access.yaml": STUDIO}, "access revoke --studio Nadja", 1,
        'Error: Nadja has no access that could be revoked\ndid you mean "Nadia"?\n',
    ),
    "no contact any more": (
        {**EVERYBODY, "salon/client.yaml": SMALLEST["salon/client.yaml"]},
        "access link salon marc", 1,
        ('Error: "marc" is not a contact of salon any more\n'
        "put them back into client.yaml, or run: portalgen access revoke salon marc\n"),
    ),
    "a layout that cannot be changed": (
        {"salon/access.yaml": ACCESS.replace("- name:", "-\n  name:")},
        "access revoke salon claire", 1,
        ("Error: content/salon/access.yaml cannot be changed as it is laid out\n"
        "write people as a list of lines that begin with - at its end, or take the file from "
        "git\n"),
    ),
    "a link of the studio": ({}, "access revoke --studio nadia --link", 2, "have no links."),
    "a link with no client": ({}, "access link claire", 2, "Missing argument 'PERSON'."),
    "no client to list": ({}, "access list salom", 2, 'Did you mean "salon"?'),
    "granted by nobody": ({}, "access link salon claire --by ' '", 2, "A name has letters"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason_and_nothing_written(
    name: str, workspace: Workspace, run: Run
) -> None:
    files, line, code, message = REFUSED[name]
    root = workspace(files)
    before = contents(root)
    _, verb, *words = shlex.split(line)
    ran = run(root, f"access {verb}", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err == message if code == 1 else message in ran.err
    assert contents(root) == before


DAMAGED = {
    "an error": (f"{ACCESS}x: 1\n", "unknown-key"),
    "another salt": (ACCESS.replace("OIZ2", "OIZ3").replace("xlhj", "xlhk"), "broken-access"),
    "altered keys": (ACCESS.replace('x: "', 'x: "A'), "broken-access"),
    "a link's lock for a person": (HEAD + LINK.replace("  link: yes\n", ""), "broken-access"),
    "a person's lock for a link": (
        ACCESS.replace("  granted", "  link: yes\n  granted"),
        "broken-access",
    ),
    "not text": (b"\xff\xfe", "not-utf8"),
}


@pytest.mark.parametrize("verb", ["grant", "rotate", "link", "revoke"])
@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused(name: str, verb: str, workspace: Workspace, run: Run) -> None:
    text, code = DAMAGED[name]
    root = workspace({"salon/access.yaml": text})
    before = contents(root)
    ran = run(root, f"access {verb}", "salon", "claire")
    assert (ran.code, ran.out) == (1, "")
    assert f"error[{code}]" in ran.err
    assert ran.err.endswith("mend this first\n")
    assert contents(root) == before


def test_a_link_among_the_studios_people_is_refused(workspace: Workspace, run: Run) -> None:
    root = workspace({"access.yaml": STUDIO + LINK})
    ran = run(root, "access grant", "--studio", "paul")
    assert ran.code == 1
    assert "content/access.yaml:11:3: error[broken-access]: the studio's people have no links" in (
        ran.err
    )


def test_a_file_that_cannot_be_written(workspace: Workspace, run: Run) -> None:
    root = workspace(EVERYBODY)
    (root / "content/salon/.fresh-access.yaml").mkdir()  # where a new file would be made
    before = contents(root)
    ran = run(root, "access revoke", "salon", "marc")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "Error: content/salon/access.yaml cannot be written: Is a directory\nit stays as it was\n"
    )
    assert contents(root) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file(workspace: Workspace, run: Run) -> None:
    root = workspace(EVERYBODY)
    access_file(root).chmod(0o444)
    ran = run(root, "access revoke", "salon", "marc")
    assert ran.err == (
        "Error: content/salon/access.yaml is read-only\nmake it writable, and run this again\n"
    )


def portalgen_into(stdout: str, root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, with its standard output led there."""
    line = shlex.join([sys.executable, "-m", "portalgen", "access", *words, "-w", str(root)])
    return subprocess.run(
        f"exec {line} {stdout}", shell=True, capture_output=True, text=True, check=False
    )


LOST: dict[str, tuple[str, str]] = {
    "grant salon marc": ("the passphrase could not be shown", "rotate salon marc"),
    "rotate salon claire": ("the passphrase could not be shown", "rotate salon claire"),
    "link salon claire": ("the link could not be shown", "link salon claire"),
}


@pytest.mark.parametrize("stdout", [">/dev/full", ">&-"])
@pytest.mark.parametrize("line", LOST)
def test_what_cannot_be_shown_is_said_to_be_lost(
    line: str, stdout: str, workspace: Workspace
) -> None:
    message, command = LOST[line]
    root = workspace({"salon/client.yaml": TWO})
    ran = portalgen_into(stdout, root, *line.split())
    assert ran.returncode == 1
    assert ran.stderr.endswith(f"Error: {message}: run portalgen access {command}\n")
    assert "Traceback" not in ran.stderr


def test_a_list_that_cannot_be_shown(workspace: Workspace) -> None:
    ran = portalgen_into(">/dev/full", workspace(), "list")
    assert (ran.returncode, ran.stderr) == (1, "Error: the list could not be shown\n")
