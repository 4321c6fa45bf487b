"""`portalgen new client`: a folder that builds, and a first person who can open the portal."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import SMALLEST, TODAY, Run, Workspace
from portals import open_portal
from test_interrupt import HOOK
from test_new import ENGLISH, content
from test_new_refused import HOSTILE

from portalgen.cli import main
from portalgen.parse import parse_client
from portalgen.read import read_client

NAMED = ("--title", "A new site", "--contact", "Anna Moss")
BAKERY = ("new", "client", "Quay Bakery", *NAMED)
PASSPHRASE = re.compile(r"^[a-z]+(?:-[a-z]+){5}$", re.MULTILINE)

CLIENT = """\
# yaml-language-server: $schema=../.schemas/client.json
name: Quay Bakery
language: en  # of the portal: en, fr, de, es, it, nl or pt
address_form: formal  # formal (vous, Sie) or informal (tu, du)
draft: yes  # nothing is published yet: take this line out once spec.md says what was agreed

contacts:  # the people; the portal greets each by name
  - id: anna  # what `by` and `from` name in other files
    name: Anna Moss
    greeting:   # such as Madame Martin; their full name when left out
    email:
    phone:

project:
  title: A new site
  summary:  # one or two sentences that your client would say themselves
  started:  # 2026-11-23
  due:  # a day, or a range that you can keep: 2026-09-14/2026-09-18
  # health: {state: on track, says: How it is going in your own words.}

# Before the first invoice: whom to bill.
# billing:
#   kind: business  # or consumer
#   address: {street: 3 Quay Street, postcode: "44000", city: Nantes, country: France}

# look: {accent: "#8a3b5c", logo: files/logo.png}
# notes: For yourself; never published.
"""
SPEC = """\
---
# What you agree on, in your client's words. The headings and the three dots are yours to change.
title: What we agreed
price:   # without VAT, such as 1800.00
# Once your client has agreed:
# agreed: {by: anna, on: 2026-11-23, via: by email}
---

## What it is for

…

## What is agreed

- **R1:** …
- **R2:** …
- **R3:** …

## What is not included

…

## Price and dates

…
"""


def test_the_folder(workspace: Workspace, run: Run) -> None:
    root = workspace(ENGLISH)
    ran = run(root, *BAKERY)
    assert ran.code == 0, ran.err
    folder = "content/quay-bakery"
    assert ran.out.splitlines()[:4] == [
        *(f"{folder}/client.yaml", f"{folder}/spec.md", f"{folder}/access.yaml", ""),
    ]
    assert "Hello Anna Moss," in ran.out
    assert (root / folder / "client.yaml").read_text("utf-8") == CLIENT
    assert (root / folder / "spec.md").read_text("utf-8") == SPEC
    assert ran.err.endswith(
        f"next: write what you agree on into {folder}/spec.md\nthen: portalgen check quay-bakery\n"
    )
    assert run(root, "check", "quay-bakery").err == "nothing to mend\n"
    assert sorted(p.name for p in (root / "content").iterdir()) == [
        *("quay-bakery", "salon", "studio.yaml"),
    ]


def test_it_is_a_draft_until_it_is_written_and_then_opens(workspace: Workspace, run: Run) -> None:
    root = workspace()
    ran = run(root, *BAKERY, "--informal")
    (passphrase,) = PASSPHRASE.findall(ran.out)
    assert "draft: not published" in run(root, "build", "quay-bakery").out
    client = root / "content/quay-bakery/client.yaml"
    client.write_text(re.sub("(?m)^draft:.*\n", "", client.read_text("utf-8")), "utf-8")
    assert "error[unwritten-text]" in run(root, "build", "quay-bakery").err
    spec = root / "content/quay-bakery/spec.md"
    spec.write_text(spec.read_text("utf-8").replace("…", "Du pain"), "utf-8")
    assert run(root, "build", "quay-bakery").code == 0
    pages = open_portal(root / "output/quay-bakery", passphrase)
    assert "Anna" in pages["index"]
    assert "À quoi sert le projet" in pages["spec"]


def test_in_the_language_of_author_and_client(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, *BAKERY, "--language", "de", "--informal")
    client = (root / "content/quay-bakery/client.yaml").read_text("utf-8")
    assert "language: de  # celle du portail" in client
    assert "greeting: Anna  # par exemple" in client
    spec = (root / "content/quay-bakery/spec.md").read_text("utf-8")
    assert "# Une fois l’accord du client reçu :" in spec
    assert "title: Was wir vereinbart haben\n" in spec
    assert "- **R1:** …" in spec


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_commented_out_is_right(language: str, workspace: Workspace, run: Run) -> None:
    files = {"studio.yaml": SMALLEST["studio.yaml"].replace("fr\n", f"{language}\n", 1)}
    root = workspace({**files, "quay-bakery/files/logo.png": b"\x89PNG\r\n\x1a\n"})
    (root / "content/quay-bakery").rename(root / "aside")
    run(root, *BAKERY)
    (root / "aside/files").rename(root / "content/quay-bakery/files")
    client, spec = (root / "content/quay-bakery" / name for name in ("client.yaml", "spec.md"))
    plain = re.sub(r"(?m)^( *)# ( *\w+:(?: [^ ].*)?)$", r"\1\2", client.read_text("utf-8"))
    assert "\nbilling:\n" in plain
    client.write_text(plain, "utf-8")
    spec.write_text(spec.read_text("utf-8").replace("# agreed:", "agreed:"), "utf-8")
    ran = run(root, "check", "quay-bakery")
    assert ran.code == 0, ran.err
    portal, _ = parse_client(read_client(root, "quay-bakery")[0])
    assert portal.client.billing.kind == "business"
    assert portal.spec.agreed
    assert portal.spec.agreed.by == "anna"


def test_an_address_that_nobody_guesses(workspace: Workspace, run: Run) -> None:
    root = workspace()
    paths = set()
    for name in ("Quay Bakery", "Mill Bakery"):
        ran = run(root, "new", "client", name, *NAMED, "--unlisted")
        found = re.search(r"https://\S+/([a-z0-9]{16})/$", ran.out, re.MULTILINE)
        assert found
        paths.add(found[1])
    assert len(paths) == 2
    portal, _ = parse_client(read_client(root, "quay-bakery")[0])
    assert portal.path in paths


def test_a_specification_that_is_there_already(
    workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root, file = workspace(), tmp_path_factory.mktemp("elsewhere") / "agreed.md"
    file.write_bytes("\ufeff---\r\nprice: 900\r\n---\r\n- R1: Le pain\r\n".encode())
    ran = run(root, *BAKERY, "--spec", str(file))
    assert "draft" not in ran.err
    folder = root / "content/quay-bakery"
    assert (folder / "spec.md").read_text("utf-8") == "---\nprice: 900\n---\n- R1: Le pain\n"
    assert "draft" not in (folder / "client.yaml").read_text("utf-8")
    assert run(root, "build", "quay-bakery").code == 0


def test_a_specification_that_says_nothing(workspace: Workspace, run: Run) -> None:
    root = workspace()
    (root / "empty.md").write_text(" \n", "utf-8")
    (root / "other.md").write_bytes(b"\xff")
    for name, said in (("empty.md", "is empty"), ("other.md", "is not UTF-8")):
        ran = run(root, *BAKERY, "--spec", str(root / name))
        assert ran.code == 1
        assert said in ran.err
    assert not (root / "content/quay-bakery").exists()


def test_an_address_beside_the_name(workspace: Workspace, run: Run) -> None:
    root = workspace()
    words = ("--title", "x", "--contact", "Anna Moss <anna@bakery.example>")
    ran = run(root, "new", "client", "Quay Bakery", *words)
    assert "send this by email, to anna@bakery.example:" in ran.err
    (contact,) = parse_client(read_client(root, "quay-bakery")[0])[0].client.contacts
    assert (contact.name, contact.email) == ("Anna Moss", "anna@bakery.example")


@pytest.mark.parametrize("contact", ["Mme Anna Moss", "Dr. Anna Moss", "Anna Moss"])
def test_a_form_of_address_is_no_first_name(contact: str, workspace: Workspace, run: Run) -> None:
    root = workspace()
    ran = run(root, "new", "client", "Bakery", "--title", "x", "--contact", contact, "--informal")
    assert "Bonjour Anna," in ran.out
    (person,) = parse_client(read_client(root, "bakery")[0])[0].client.contacts
    assert (person.id, person.name, person.greeting) == ("anna", contact, "Anna")


REFUSED: Mapping[str, tuple[Mapping[str, str], tuple[str, ...], str]] = {
    "a folder that is there": (
        {},
        ("Salon", *NAMED),
        "content/salon is there already\nchoose a name that tells the two apart",
    ),
    "an address that is taken": (
        {"salon/client.yaml": f"{SMALLEST['salon/client.yaml']}path: quay-bakery\n"},
        ("Quay Bakery", *NAMED),
        '"quay-bakery" is the address of something else',
    ),
    "the name of a page": ({}, ("Journal", *NAMED), "is the address of something else"),
    "the dashboard's address": ({}, ("Studio", *NAMED), "is the address of something else"),
    "an address that is none": (
        {},
        ("Quay Bakery", *NAMED, "--email", "anna@bakery"),
        '"anna@bakery" is not an e-mail address: write it as name@example.org',
    ),
    "a studio with errors": (
        {"studio.yaml": "name: x\nlanguage: klingon\n"},
        ("Quay Bakery", *NAMED),
        "error[unknown-language]",
    ),
    "broken access of the studio": (
        {"access.yaml": "salt: x\npeople: 3\n"},
        ("Quay Bakery", *NAMED),
        "content/access.yaml:",
    ),
    "no name": ({}, (), "The client's name is missing. Write, for example:"),
    "no title": ({}, ("Quay Bakery",), "--title is missing"),
    "no contact": ({}, ("Quay Bakery", "--title", "x"), "--contact is missing"),
    "a specification that is none": ({}, ("Quay Bakery", *NAMED, "--spec", "none.md"), "none.md"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_left_behind(name: str, workspace: Workspace, run: Run) -> None:
    files, words, said = REFUSED[name]
    root = workspace(files)
    before = content(root)
    ran = run(root, "new", "client", *words)
    assert ran.code != 0
    assert said in ran.err
    assert content(root) == before
    assert not list((root / "content").glob(".*"))


def test_nowhere_to_write(workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace()
    (root / "content/.fresh-quay-bakery").write_text("in the way", "utf-8")
    ran = run(root, *BAKERY)
    assert ran.code == 1
    assert "Nothing was written." in ran.err
    assert not (root / "content/quay-bakery").exists()


@pytest.mark.parametrize("how", ["INT", "KILL"])
def test_an_interruption_leaves_no_client(how: str, workspace: Workspace, run: Run) -> None:
    root = workspace()
    (root / "hook").mkdir()
    (root / "hook/sitecustomize.py").write_text(HOOK, "utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(root / "hook"),
        "HOOK_LOG": str(root / "log"),
        "HOOK_STOP": f"{how}:5",
        "HOOK_OUTPUT": str(root / "content/.fresh-"),
        "SOURCE_DATE_EPOCH": "1795392000",
    }
    command = [sys.executable, "-m", "portalgen", *BAKERY, "--workspace", str(root)]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ran.returncode != 0
    assert not (root / "content/quay-bakery").exists()
    assert run(root, "check").code == 0
    assert run(root, *BAKERY).code == 0
    assert run(root, "check").code == 0
    assert not list((root / "content").glob(".fresh*"))


@pytest.mark.parametrize("words", HOSTILE[::4])
def test_hostile_names(words: str, workspace: Workspace) -> None:
    root = workspace()
    options = ["--workspace", str(root), "--today", TODAY, f"--title={words}"]
    ran = CliRunner().invoke(
        main, ["new", "client", *options, f"--contact={words}", "--", words], input=""
    )
    assert ran.exit_code == 0, ran.stderr
    name = Path(ran.stdout.splitlines()[0]).parent.name
    portal, problems = parse_client(read_client(root, name)[0])
    assert problems == []
    said = (portal.client.name, portal.client.project.title, portal.client.contacts[0].name)
    assert said == (words, words, words)


def test_what_is_missing_is_asked_on_a_terminal(workspace: Workspace) -> None:
    pty = pytest.importorskip("pty")
    root = workspace(ENGLISH)
    ours, theirs = pty.openpty()
    os.write(ours, b"Quay Bakery\n\n A new site \nAnna Moss\n")
    command = [sys.executable, "-m", "portalgen", "new", "client", "--today", TODAY]
    ran = subprocess.run(
        command, stdin=theirs, capture_output=True, cwd=root, check=False, text=True
    )
    for end in (ours, theirs):
        os.close(end)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.startswith(
        "The client's name: What is the project called: What is the project called: "
        "Who is your contact there, in full: "
    )
    assert (root / "content/quay-bakery/client.yaml").read_text("utf-8") == CLIENT
