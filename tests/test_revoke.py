"""`portalgen access revoke`: how people get out, and what that does not undo."""

import unicodedata
from pathlib import Path

import pytest
from conftest import CLIENT_PASSPHRASE, SMALLEST, Run, Workspace
from people import CLAIRE, EVERYBODY, HEAD, LINK, MARC, STUDIO, TWO, access_file, kid_of, text_of
from portals import envelope_of, open_portal

HANDOVER = """\
---
title: Le site
accounts:
- {for: Hébergement, sealed: sealed/hosting.json}
- {for: Nom de domaine, sealed: sealed/domain.json}
---
"""
GIVEN = "Sept Pommes, une échelle & le vent du nord"
AFTERWARDS = (
    "commit it, build and deploy: everything gets a new key, and all others keep their "
    "passphrases\n"
    "what they saw or saved stays theirs, and an earlier deploy that stays online still opens "
    "for them: delete it at your host\n"
)


def seal(run: Run, root: Path, client: str, name: str) -> None:
    assert run(root, "seal", client, name, stdin="un code\n").code == 0


def indented(entry: str) -> str:
    return "".join(f"  {line}\n" for line in entry.splitlines())


def wide(entry: str) -> str:
    return indented(entry).replace("  - ", "-   ")


def windows(text: str) -> str:
    return text.replace("\n", "\r\n")


LAYOUTS = {
    "the last": (f"{HEAD}{CLAIRE}", MARC, ""),
    "the first": (HEAD, MARC, CLAIRE),
    "in the middle": (f"{HEAD}{CLAIRE}", MARC, LINK),
    "the only one": (HEAD, MARC, ""),
    "among comments": (f"{HEAD}# Claire\n{CLAIRE}\n# Marc\n", MARC, f"\n  # le lien\n{LINK}"),
    "before the end of the document": (f"{HEAD}{CLAIRE}", MARC, "# la fin\n...\n"),
    "people not last": (f"people:\n{CLAIRE}", MARC, HEAD.replace("people:\n", "")),
    "people indented": (HEAD + indented(CLAIRE), indented(MARC), indented(LINK)),
    "wide hyphens": (HEAD, wide(MARC), wide(CLAIRE)),
    "no line end at the end": (HEAD, MARC, CLAIRE.rstrip("\n")),
    "Windows line ends": (windows(HEAD + CLAIRE), windows(MARC), windows(LINK)),
    "a byte order mark": (f"\ufeff{HEAD}", MARC, CLAIRE),
    "a value on a line of its own": (HEAD, MARC.replace("locked: ", "locked: >-\n    "), CLAIRE),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_entry_goes_and_all_else_stays_to_the_letter(
    name: str, workspace: Workspace, run: Run
) -> None:
    before, entry, after = LAYOUTS[name]
    text = f"{before}{entry}{after}"
    root = workspace({"salon/client.yaml": TWO, "salon/access.yaml": text, "access.yaml": STUDIO})
    ran = run(root, "access revoke", "salon", "marc")
    assert (ran.code, ran.out) == (0, "")
    assert text_of(access_file(root)) == f"{before}{after}"
    assert run(root, "check").err == "nothing to mend\n"


def test_what_revoking_says(workspace: Workspace, run: Run) -> None:
    root = workspace(EVERYBODY)
    ran = run(root, "access revoke", "salon", "Marc Aubert")
    assert ran.err == f"Marc Aubert is taken off content/salon/access.yaml\n{AFTERWARDS}"
    assert text_of(access_file(root)) == f"{HEAD}{CLAIRE}{LINK}"


def test_a_person_goes_with_their_link(workspace: Workspace, run: Run) -> None:
    root = workspace(EVERYBODY)
    ran = run(root, "access revoke", "salon", "claire")
    assert ran.code == 0
    first = "Claire Martin and their link are taken off content/salon/access.yaml\n"
    assert ran.err == first + AFTERWARDS
    assert text_of(access_file(root)) == f"{HEAD}{MARC}"


def test_a_link_goes_alone(workspace: Workspace, run: Run) -> None:
    root = workspace(EVERYBODY)
    ran = run(root, "access revoke", "salon", "claire", "--link")
    assert ran.code == 0
    assert ran.err.startswith("the link of Claire Martin is taken off content/salon/access.yaml\n")
    assert text_of(access_file(root)) == f"{HEAD}{CLAIRE}{MARC}"


def test_the_next_build_is_locked_with_a_key_they_do_not_have(
    workspace: Workspace, run: Run
) -> None:
    root = workspace(EVERYBODY)
    page = root / "output/salon/index.html"
    run(root, "build")
    before = envelope_of(page)
    assert set(before.readers) == {kid_of(CLAIRE), kid_of(MARC), kid_of(LINK)}
    run(root, "access revoke", "salon", "marc")
    assert run(root, "build").out.splitlines()[0].endswith("opens for Claire Martin")
    after = envelope_of(page)
    assert set(after.readers) == {kid_of(CLAIRE), kid_of(LINK)}
    assert before.locks[1] not in after.locks
    assert (after.wrapped, after.page) != (before.wrapped, before.page)
    assert "Site vitrine" in open_portal(root / "output/salon", CLIENT_PASSPHRASE)["index"]


def test_the_codes_that_have_to_change(workspace: Workspace, run: Run) -> None:
    root = workspace({**EVERYBODY, "salon/deliverables/site.md": HANDOVER})
    for name in ("hosting", "domain", "spare"):
        seal(run, root, "salon", name)
    ran = run(root, "access revoke", "salon", "claire", "--link")
    assert (ran.code, ran.out) == (0, "")
    run(root, "access revoke", "salon", "marc")
    seal(run, root, "salon", "hosting")
    ran = run(root, "access revoke", "salon", "claire")
    assert ran.out == (
        "Nom de domaine  content/salon/sealed/domain.json\n"
        "Hébergement     content/salon/sealed/hosting.json\n"
        "spare           content/salon/sealed/spare.json\n"
    )
    assert "change these codes, which they could read, and seal the new ones:\n" in ran.err


EARLIER = "these codes open for keys that were taken away earlier; change them as well:\n"


def test_the_codes_that_open_for_earlier_keys(workspace: Workspace, run: Run) -> None:
    """A new passphrase does not make them forget what they read with the old one."""
    root = workspace({**EVERYBODY, "salon/deliverables/site.md": HANDOVER})
    for name in ("hosting", "domain"):
        seal(run, root, "salon", name)
    assert run(root, "access rotate", "salon", "marc", "--passphrase-stdin", stdin=GIVEN).code == 0
    seal(run, root, "salon", "domain")
    assert EARLIER not in run(root, "access revoke", "salon", "claire", "--link").err
    ran = run(root, "access revoke", "salon", "marc")
    assert ran.out == (
        "Nom de domaine  content/salon/sealed/domain.json\n"
        "Hébergement  content/salon/sealed/hosting.json\n"
    )
    assert ran.err.endswith(f"seal the new ones:\n{EARLIER}")


def test_the_codes_that_open_for_earlier_keys_of_the_studio(workspace: Workspace, run: Run) -> None:
    root = workspace({"access.yaml": STUDIO})
    seal(run, root, "salon", "hosting")
    run(root, "access rotate", "--studio", "nadia", "--passphrase-stdin", stdin=GIVEN)
    ran = run(root, "access revoke", "--studio", "nadia")
    assert ran.out == "hosting  content/salon/sealed/hosting.json\n"
    assert EARLIER in ran.err


def test_one_of_the_studio_is_taken_off_every_portal(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "access.yaml": STUDIO,
            "salon/deliverables/site.md": HANDOVER,
            "barbier/client.yaml": "name: Barbier\nproject: {title: Un site}\n",
            "barbier/spec.md": "- R1: Un site\n",
            "barbier/access.yaml": HEAD,
        }
    )
    seal(run, root, "salon", "hosting")
    seal(run, root, "barbier", "mail")
    ran = run(root, "access revoke", "--studio", "nadia")
    assert ran.code == 0
    assert ran.out == (
        "mail         content/barbier/sealed/mail.json\n"
        "Hébergement  content/salon/sealed/hosting.json\n"
    )
    assert ran.err == (
        f"Nadia is taken off content/access.yaml\n{AFTERWARDS}"
        "change these codes, which they could read, and seal the new ones:\n"
        "nobody can open barbier now, so no build replaces the copy in the output, which still "
        "opens for them: let somebody in, or remove it\n"
    )
    assert text_of(root / "content/access.yaml") == STUDIO[: STUDIO.index("- name:")]


def test_who_is_no_contact_any_more_can_be_revoked(workspace: Workspace, run: Run) -> None:
    root = workspace({**EVERYBODY, "salon/client.yaml": SMALLEST["salon/client.yaml"]})
    assert "run: portalgen access revoke salon marc" in run(root, "check").err
    assert run(root, "access grant", "salon", "marc").code == 1
    assert run(root, "access rotate", "salon", "marc").code == 1
    assert run(root, "access revoke", "salon", "marc").code == 0
    assert run(root, "check").err == "nothing to mend\n"


@pytest.mark.parametrize(
    "typed", ["hélène", "HELENE", unicodedata.normalize("NFD", "Hélène Aubert")]
)
def test_a_name_need_not_be_typed_with_its_accents(
    typed: str, workspace: Workspace, run: Run
) -> None:
    files = {path: text.replace("marc", "hélène") for path, text in EVERYBODY.items()}
    client = files["salon/client.yaml"].replace("Marc", "Hélène")
    root = workspace({**files, "salon/client.yaml": client})
    ran = run(root, "access revoke", "salon", typed)
    assert ran.err.startswith("Hélène Aubert is taken off")
    assert text_of(access_file(root)) == f"{HEAD}{CLAIRE}{LINK}"
