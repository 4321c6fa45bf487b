"""The daily gestures: one small change in one file, as a person would have made it."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Run, Workspace

STEP = "---\ntitle: La maquette # à garder\nstatus: à faire\ncovers: [R1]\n---\n\nVous la verrez.\n"
LIST = """\
# Le travail, dans l’ordre.
- title: Le plan
  id: plan
  status: Fait
  started: 2026-09-01
  finished: 2026-09-04

# la suite
- {title: "Les photos, retouchées", id: photos, covers: [R2]}
- title: La mise en ligne   # un lundi
  due: 2026-12-14/2026-12-16
  text: |
    Un lundi, jour de fermeture.

    # pas une note
"""
ITEM = "---\ntitle: Les photos\ndue: 2026-11-27\nfiles: [files/a.txt]\n---\n\nDouze photos.\n"
ACCOUNTS = """\
---
title: Le site
accounts:
  - for: L’hébergement
    login: claire
  - {for: Le nom de domaine, given: 2026-10-02}
---
"""
ASKED = "---\non: 2026-11-10\nby: claire\nabout: maquette\n---\n\nPlus grand.\n"

FILES: Mapping[str, str | bytes | None] = {
    "salon/steps/01-maquette.md": STEP,
    "salon/deliverables/01-photos.md": ITEM,
    "salon/deliverables/02-site.md": ACCOUNTS,
    "salon/corrections/C1.md": ASKED,
    "salon/files/a.txt": "a",
}
LISTED = {**FILES, "salon/steps/01-maquette.md": None, "salon/corrections/C1.md": None}


def text_of(root: Path, path: str) -> str:
    """A file of content/, with its line ends and its byte order mark."""
    return (root / "content" / path).read_bytes().decode()


def test_a_step_begins_and_is_done(workspace: Workspace, run: Run) -> None:
    root = workspace(FILES)
    ran = run(root, "start", "salon", "maquette", "--on", "2026-11-20")
    assert (ran.code, ran.out) == (0, "content/salon/steps/01-maquette.md\n")
    assert ran.err == (
        "maquette (La maquette): in progress since 2026-11-20\n"
        "0 of 1 step is done, 1 in progress\n"
        "Salon Martin reads under it: “Vous la verrez.”\n"
        "to change that: content/salon/steps/01-maquette.md:8\n"
        "build, and commit:\n"
        "  git add content/salon/steps/01-maquette.md\n"
        "  git commit -m 'Salon Martin: La maquette: started'\n"
    )
    begun = STEP.replace("à faire\n", "en cours\nstarted: 2026-11-20\n")
    assert text_of(root, "salon/steps/01-maquette.md") == begun
    ran = run(root, "done", "salon", "1")
    assert ran.err.startswith("maquette (La maquette): done on 2026-11-23\n1 of 1 step is done\n")
    done = STEP.replace("à faire\n", "fait\nstarted: 2026-11-20\nfinished: 2026-11-23\n")
    assert text_of(root, "salon/steps/01-maquette.md") == done
    checked = run(root, "check")
    assert "error" not in checked.err


def test_what_is_so_already_is_said_and_nothing_is_written(workspace: Workspace, run: Run) -> None:
    root = workspace(FILES)
    run(root, "done", "salon", "maquette")
    file = root / "content/salon/steps/01-maquette.md"
    before = (file.stat().st_ino, file.stat().st_mtime_ns)
    for command in ("done", "done"):
        ran = run(root, command, "salon", "maquette")
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == "maquette is done since 2026-11-23 already\nnothing to change\n"
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("photos", '- {title: "Les photos, retouchées", id: photos, finished: 2026-11-23, covers'),
        ("mise", "La mise en ligne   # un lundi\n  finished: 2026-11-23\n  due: 2026-12-14"),
        ("3", "# un lundi\n  finished: 2026-11-23\n"),
        ("la-mise-en-ligne", "# un lundi\n  finished: 2026-11-23\n"),
        ("steps/photos", "finished: 2026-11-23, covers"),
    ],
)
def test_an_entry_of_a_list(workspace: Workspace, run: Run, name: str, says: str) -> None:
    root = workspace({**LISTED, "salon/steps.yaml": LIST})
    ran = run(root, "done", "salon", name)
    assert ran.code == 0, ran.err
    edited = text_of(root, "salon/steps.yaml")
    assert says in edited
    assert edited.replace("  finished: 2026-11-23\n", "").replace(
        ", finished: 2026-11-23", ""
    ) == LIST.replace("  finished: 2026-09-04\n", "  finished: 2026-09-04\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_stay(workspace: Workspace, run: Run, end: str, mark: str) -> None:
    text = (mark + STEP).replace("\n", end)
    root = workspace({**FILES, "salon/steps/01-maquette.md": text.encode()})
    assert run(root, "done", "salon", "maquette").code == 0
    wanted = text.replace("à faire", f"fait{end}finished: 2026-11-23")
    assert text_of(root, "salon/steps/01-maquette.md") == wanted


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("to do", "in progress"),
        ("To do", "In progress"),
        ("todo", "in progress"),
        ("À faire", "En cours"),
        ('"offen"', '"in Arbeit"'),
        ("pendiente", "en curso"),
        ("previsto", "en curso"),
    ],
)
def test_a_status_stays_in_its_language(workspace: Workspace, run: Run, old: str, new: str) -> None:
    root = workspace({**FILES, "salon/steps/01-maquette.md": STEP.replace("à faire", old)})
    assert run(root, "start", "salon", "maquette").code == 0
    assert f"status: {new}\n" in text_of(root, "salon/steps/01-maquette.md")


def test_a_correction_is_answered_and_done(workspace: Workspace, run: Run) -> None:
    root = workspace(FILES)
    ran = run(root, "answer", "salon", "C1", "Vendredi : promis")
    assert "C1 is open until it is done: portalgen done salon C1" in ran.err
    answered = ASKED.replace("maquette\n", 'maquette\nreply: "Vendredi : promis"\n')
    assert text_of(root, "salon/corrections/C1.md") == answered
    ran = run(root, "done", "salon", "C1", "--reply", "-", stdin="C’est fait.\r\n\nMerci !\n")
    assert "the answer before: Vendredi : promis\n" in ran.err
    assert text_of(root, "salon/corrections/C1.md") == ASKED.replace(
        "maquette\n",
        "maquette\ndone: 2026-11-23\nreply: |-\n  C’est fait.\n\n  Merci !\n",
    )
    assert "error" not in run(root, "check").err


def test_a_correction_without_front_matter(workspace: Workspace, run: Run) -> None:
    root = workspace({**FILES, "salon/corrections/C2.md": "Plus petit.\n"})
    ran = run(root, "done", "salon", "C2")
    assert "Salon Martin reads no answer yet" in ran.err
    assert text_of(root, "salon/corrections/C2.md") == "---\ndone: 2026-11-23\n---\n\nPlus petit.\n"


def test_a_date_moves_and_the_old_one_stays(workspace: Workspace, run: Run) -> None:
    client = (
        "name: Salon Martin\ncontacts: [{id: claire, name: Claire Martin}]\n"
        "project: {title: Site vitrine, due: 2026-12-01} # le tout\n"
    )
    root = workspace({**LISTED, "salon/steps.yaml": LIST, "salon/client.yaml": client})
    ran = run(root, "move", "salon", "mise", "2027-01-11/2027-01-15", "--why", "La neige, hélas.")
    assert "Salon Martin sees 2026-12-14/2026-12-16 beside it, and that it moved\n" in ran.err
    assert "to move that as well: portalgen move salon project 2027-01-11/2027-01-15" in ran.err
    assert text_of(root, "salon/steps.yaml") == LIST.replace(
        "due: 2026-12-14/2026-12-16\n",
        "due: 2027-01-11/2027-01-15\n  moved:\n"
        '    - {on: 2026-11-23, was: 2026-12-14/2026-12-16, why: "La neige, hélas."}\n',
    )
    run(root, "move", "salon", "project", "2027-01-15")
    assert text_of(root, "salon/client.yaml") == client.replace(
        "due: 2026-12-01",
        "due: 2027-01-15, moved: [{on: 2026-11-23, was: 2026-12-01}]",
    )
    ran = run(root, "move", "salon", "steps/photos", "2026-12-09")
    assert "first promised for 2026-12-09" in ran.err
    assert "id: photos, due: 2026-12-09, covers" in text_of(root, "salon/steps.yaml")
    assert "error" not in run(root, "check").err


def test_a_deliverable_is_handed_over_with_its_files(
    workspace: Workspace, run: Run, tmp_path: Path
) -> None:
    root = workspace(FILES)
    (tmp_path / "douze photos.zip").write_bytes(b"PK")
    given = ["--file", str(tmp_path / "douze photos.zip"), "--link", "https://photos.example/12"]
    ran = run(root, "deliver", "salon", "photos", *given, "--on", "yesterday")
    assert ran.code == 0, ran.err
    assert ran.out == (
        "content/salon/files/douze photos.zip\ncontent/salon/deliverables/01-photos.md\n"
    )
    assert text_of(root, "salon/deliverables/01-photos.md") == ITEM.replace(
        "files: [files/a.txt]\n",
        "delivered: 2026-11-22\nfiles: [files/a.txt, files/douze photos.zip]\n"
        "link: https://photos.example/12\n",
    )
    assert text_of(root, "salon/files/douze photos.zip") == "PK"
    assert "error" not in run(root, "check").err
    assert run(root, "deliver", "salon", "photos", *given).out == ""


def test_a_new_version_awaits_a_new_yes(workspace: Workspace, run: Run) -> None:
    old = ITEM.replace(
        "due: 2026-11-27\n",
        'version: "1"\ndelivered: 2026-11-02\napproved: {by: claire, on: 2026-11-03}\n',
    )
    root = workspace({**FILES, "salon/deliverables/01-photos.md": old})
    ran = run(root, "deliver", "salon", "photos", "--link", "https://photos.example")
    assert ran.code == 1
    assert "say which version this is, so that they can approve it anew: --version 2" in ran.err
    ran = run(root, "deliver", "salon", "photos", "--version", "2")
    assert "the version before was approved by claire on 2026-11-03: taken out\n" in ran.err
    assert text_of(root, "salon/deliverables/01-photos.md") == ITEM.replace(
        "due: 2026-11-27\n", 'version: "2"\ndelivered: 2026-11-23\n'
    )


def test_an_access_is_given_received_and_changed(workspace: Workspace, run: Run) -> None:
    root = workspace(FILES)
    ran = run(root, "given", "salon", "hebergement", "--received")
    assert "its access was not given yet" in ran.err
    assert run(root, "given", "salon", "hebergement", "--on", "2026-11-20").code == 0
    assert run(root, "given", "salon", "hebergement", "--received").code == 0
    assert run(root, "given", "salon", "domaine", "--changed").code == 0
    assert text_of(root, "salon/deliverables/02-site.md") == ACCOUNTS.replace(
        "login: claire\n", "login: claire\n    given: 2026-11-20\n    received: 2026-11-23\n"
    ).replace("given: 2026-10-02}", "given: 2026-10-02, changed: 2026-11-23}")


def test_a_step_waits_and_has_what_it_needs(workspace: Workspace, run: Run) -> None:
    root = workspace(FILES)
    what = ["--from", "claire", "--before", "2026-12-01"]
    ran = run(root, "wait", "salon", "maquette", "Vos tarifs : tous", *what)
    assert "Claire Martin will see it first of all, under Your turn\n" in ran.err
    assert text_of(root, "salon/steps/01-maquette.md") == STEP.replace(
        "covers: [R1]\n",
        'covers: [R1]\nwaiting:\n  what: "Vos tarifs : tous"\n  from: claire\n'
        "  before: 2026-12-01\n",
    )
    ran = run(root, "received", "salon", "maquette")
    assert "it was: Vos tarifs : tous\n" in ran.err
    assert text_of(root, "salon/steps/01-maquette.md") == STEP
    assert run(root, "received", "salon", "maquette").err.startswith("maquette waits for nothing")


def test_a_deliverable_an_amendment_and_the_specification_are_approved(
    workspace: Workspace, run: Run
) -> None:
    given = ITEM.replace("due: 2026-11-27\n", "delivered: 2026-11-20\n")
    change = "---\ntitle: Les cartes\ndue_change: 2026-12-18\n---\n- R3: Les cartes\n"
    root = workspace(
        {**FILES, "salon/deliverables/01-photos.md": given, "salon/amendments/A1.md": change}
    )
    ran = run(root, "approve", "salon", "photos", "--by", "Claire Martin", "--via", "au salon")
    assert ran.out == "content/salon/deliverables/01-photos.md\n"
    assert ran.err.startswith("photos: approved by Claire Martin on 2026-11-23\n")
    assert text_of(root, "salon/deliverables/01-photos.md") == given.replace(
        "delivered: 2026-11-20\n",
        "delivered: 2026-11-20\napproved:\n  by: claire\n  on: 2026-11-23\n  via: au salon\n",
    )
    ran = run(root, "approve", "salon", "A1", "--by", "claire")
    assert "it moves the project: portalgen move salon project 2026-12-18\n" in ran.err
    assert run(root, "approve", "salon", "spec", "--by", "claire").code == 0
    assert text_of(root, "salon/spec.md").startswith("---\nagreed:\n  by: claire\n")
    ran = run(root, "approve", "salon", "spec", "--by", "claire")
    assert ran.err.startswith("the specification was agreed by claire on 2026-11-23 already\n")


def test_a_name_of_an_invoice_and_a_deliverable_says_how_to_be_precise(
    workspace: Workspace, run: Run
) -> None:
    lines = "lines: [{text: Site, price: 1, vat: 20}]\nthanks: Merci\n"
    root = workspace({**FILES, "salon/invoices/01-photos.yaml": lines})
    ran = run(root, "approve", "salon", "photos", "--by", "claire")
    assert ran.code == 2
    assert '"photos" is an invoice too. Write 01-photos.yaml, or deliverables/photos.' in ran.err
    ran = run(root, "approve", "salon", "deliverables/photos", "--by", "claire")
    assert "photos is not delivered yet\nsay first: portalgen deliver salon photos" in ran.err
    ran = run(root, "approve", "salon", "01-photos.yaml", "--by", "claire")
    assert "this invoice cannot go out yet" in ran.err


REFUSED = {
    "a day to come": (["done", "maquette", "--on", "2026-12-01"], "2026-12-01 is in the future"),
    "another form of a day": (
        ["done", "maquette", "--on", "20/11/2026"],
        '--on: "20/11/2026" is not written as a date here: write 2026-11-20',
    ),
    "done before it was asked": (
        ["done", "C1", "--on", "2026-11-01"],
        "C1 was asked on 2026-11-10, and cannot be done on 2026-11-01",
    ),
    "a reply to a step": (["done", "maquette", "--reply", "oui"], "leave out --reply"),
    "an empty reply": (["done", "C1", "--reply", " "], "The reply is empty."),
    "signs that are no text": (["answer", "C1", "\x1b[2J"], "has signs that are no text"),
    "a slip": (["done", "maquete"], 'did you mean "maquette" (La maquette)?'),
    "what is not there": (["deliver", "logo"], "there are:\n  photos: Les photos\n  site: Le site"),
    "a promise behind": (["move", "maquette", "2026-11-01"], "give a day from 2026-11-23 on"),
    "a file that is not there": (
        ["deliver", "photos", "--file", "x.zip"],
        "there is no file x.zip",
    ),
    "no link": (["deliver", "photos", "--link", "photos"], "write it whole, with https://"),
    "a secret": (
        ["done", "C1", "--reply", "Mot de passe : rye-at-seven-41"],
        "this looks like a password in clear",
    ),
    "somebody nearly known": (["approve", "site", "--by", "clair"], "site is not delivered yet"),
    "no such thing": (
        ["approve", "logo", "--by", "claire"],
        'there is no deliverable or amendment "logo" in content/salon\nthere are:\n  photos: ',
    ),
    "nobody": (["approve", "spec"], "say who did: --by NAME"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_changes(
    workspace: Workspace, run: Run, case: str
) -> None:
    (command, *words), says = REFUSED[case]
    root = workspace(FILES)
    before = contents(root)
    ran = run(root, command, "salon", *words)
    assert ran.code in (1, 2)
    assert says in ran.err
    assert "rye-at-seven" not in ran.err
    assert contents(root) == before


def test_an_odd_layout_is_left_alone_and_the_lines_are_shown(
    workspace: Workspace, run: Run
) -> None:
    odd = STEP.replace("covers: [R1]", "waiting: {what: Les tarifs} # dès lundi")
    root = workspace({**FILES, "salon/steps/01-maquette.md": odd})
    ran = run(root, "received", "salon", "maquette")
    assert ran.code == 1
    assert "01-maquette.md cannot be changed as it is laid out\n" in ran.err
    assert "at content/salon/steps/01-maquette.md:2:\n  (remove waiting)\n" in ran.err
    assert text_of(root, "salon/steps/01-maquette.md") == odd


def test_several_that_are_meant_are_listed(workspace: Workspace, run: Run) -> None:
    more = {"salon/steps/02-maquette-mobile.md": "---\ntitle: La maquette, en petit\n---\n"}
    root = workspace({**FILES, **more})
    assert run(root, "done", "salon", "maquette", "--dry-run").code == 0
    ran = run(root, "done", "salon", "maq")
    assert ran.err.startswith(
        'Error: "maq" may be several things\nsay which:\n'
        "  steps/01-maquette: La maquette\n  steps/02-maquette-mobile: La maquette, en petit\n"
    )


def test_an_entry_with_errors_says_them(workspace: Workspace, run: Run) -> None:
    wrong = STEP.replace("à faire", "finsihed")
    root = workspace({**FILES, "salon/steps/01-maquette.md": wrong})
    ran = run(root, "done", "salon", "1")
    assert "error[unknown-status]" in ran.err
    assert "content/salon/steps/01-maquette.md has errors\nmend them first" in ran.err


def test_a_dry_run_shows_the_lines_and_writes_nothing(workspace: Workspace, run: Run) -> None:
    root = workspace(FILES)
    before = contents(root)
    ran = run(root, "done", "salon", "maquette", "--dry-run")
    assert ran.out == (
        "content/salon/steps/01-maquette.md\n"
        "    -status: à faire\n    +status: fait\n    +finished: 2026-11-23\n"
    )
    assert ran.err == "maquette (La maquette): done on 2026-11-23\nnothing was written\n"
    assert contents(root) == before


def test_nothing_is_written_through_a_link(workspace: Workspace, run: Run, tmp_path: Path) -> None:
    root = workspace({**FILES, "salon/files/a.txt": None, "salon/deliverables/01-photos.md": None})
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "content/salon/files").symlink_to(outside, target_is_directory=True)
    (tmp_path / "b.txt").write_text("b", "utf-8")
    ran = run(root, "deliver", "salon", "site", "--file", str(tmp_path / "b.txt"))
    assert "leads out of the client's folder" in ran.err
    assert os.listdir(outside) == []


def test_a_file_of_the_same_name_is_not_lost(
    workspace: Workspace, run: Run, tmp_path: Path
) -> None:
    root = workspace(FILES)
    (tmp_path / "a.txt").write_text("another", "utf-8")
    ran = run(root, "deliver", "salon", "photos", "--file", str(tmp_path / "a.txt"))
    assert "content/salon/files/a.txt is another file of that name" in ran.err
    assert text_of(root, "salon/files/a.txt") == "a"


def test_the_files_of_a_new_version_take_the_place_of_the_old(
    workspace: Workspace, run: Run, tmp_path: Path
) -> None:
    root = workspace({**FILES, "salon/files/b.txt": "b"})
    (tmp_path / "a.txt").write_text("another", "utf-8")
    inside = str(root / "content/salon/files/b.txt")
    words = ["--version", "2, relue", "--file", str(tmp_path / "a.txt"), "--file", inside]
    ran = run(root, "deliver", "salon", "photos", *words)
    assert ran.out == (
        "content/salon/files/a-2-relue.txt\ncontent/salon/deliverables/01-photos.md\n"
    )
    assert "no longer handed over, and still in the folder: files/a.txt\n" in ran.err
    assert text_of(root, "salon/deliverables/01-photos.md") == ITEM.replace(
        "title: Les photos\ndue: 2026-11-27\nfiles: [files/a.txt]\n",
        "title: Les photos\nversion: 2, relue\ndue: 2026-11-27\ndelivered: 2026-11-23\n"
        "files: [files/a-2-relue.txt, files/b.txt]\n",
    )
    assert text_of(root, "salon/files/a.txt") == "a"


def contents(root: Path) -> dict[str, bytes]:
    content = root / "content"
    return {str(p): p.read_bytes() for p in sorted(content.rglob("*")) if p.is_file()}
