"""Building: what goes out, what stays, what is taken away, and the exit codes."""

import shutil
from pathlib import Path

import pytest
from conftest import (
    FIXTURES,
    LAWFUL_STUDIO,
    PORTAL,
    SMALLEST,
    STUDIO_PASSPHRASE,
    Run,
    Workspace,
)
from portals import envelope_of, open_portal

from portalgen.model.page import invoice_page

BARBER: dict[str, str | bytes | None] = {
    "barbier/client.yaml": (
        "name: Barbier\ncontacts: [{id: claire, name: Claire Roux}]\nproject: {title: Carte}\n"
    ),
    "barbier/spec.md": "- R1: La carte\n",
    "barbier/access.yaml": (FIXTURES / "client-access.yaml").read_bytes(),
}
BROKEN = {"salon/steps/01-maquette.md": "---\ntitle: Maquette\nstatus: finsihed\n---\n"}


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_what_a_build_says(workspace: Workspace, run: Run) -> None:
    root = workspace(BARBER)
    ran = run(root, "build")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"barbier: built, 5 pages, opens for Claire Roux\n  {root}/output/barbier/index.html\n"
        f"salon: built, 5 pages, opens for Claire Martin\n  {root}/output/salon/index.html\n"
    )


def test_what_a_build_writes(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    names = [path.partition("-")[0] for path in files_in(root / "output")]
    assert sorted(set(names)) == [
        "_headers",
        "assets/lock",
        "index.html",
        "salon/_headers",
        "salon/agreement/index.html",
        "salon/assets/dashboard",
        "salon/assets/lock",
        "salon/assets/page",
        "salon/assets/theme",
        "salon/assets/words",
        "salon/deliverables/index.html",
        "salon/index.html",
        "salon/journal/index.html",
        "salon/spec/index.html",
    ]


def test_the_front_page_and_the_headers_name_no_client(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    for path in ("index.html", "_headers", "salon/_headers"):
        text = (root / "output" / path).read_text("utf-8").lower()
        assert "salon" not in text
        assert "martin" not in text


def test_a_page_is_what_was_written(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    assert "Le site se lit sur un téléphone" in open_portal(root / "output/salon")["spec"]


def test_a_portal_in_error_keeps_its_copy_while_the_others_go_out(
    workspace: Workspace, run: Run
) -> None:
    root = workspace(BARBER)
    run(root, "build")
    before = files_in(root / "output/salon")
    workspace({**BROKEN, "barbier/spec.md": "- R1: La nouvelle carte\n"})
    ran = run(root, "build")
    assert ran.code == 1
    assert "salon: in error: the copy built before stays\n" in ran.out
    assert files_in(root / "output/salon") == before
    assert "La nouvelle carte" in open_portal(root / "output/barbier")["spec"]


def test_keep_going(workspace: Workspace, run: Run) -> None:
    root = workspace(BROKEN)
    ran = run(root, "build", "--keep-going")
    assert (ran.code, ran.out) == (1, "salon: in error: not published\n")
    workspace({"salon/steps/01-maquette.md": None})
    run(root, "build")
    workspace(BROKEN)
    assert run(root, "build", "--keep-going").code == 0
    workspace({"studio.yaml": "nom: Atelier\n"})
    assert run(root, "build", "--keep-going").code == 1


def test_an_error_of_the_studio_keeps_everything(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    before = files_in(root / "output")
    workspace({"studio.yaml": "nom: Atelier\n", **BROKEN})
    ran = run(root, "build")
    assert ran.code == 1
    assert "content/studio.yaml" in ran.err
    assert "content/salon/steps/01-maquette.md" in ran.err, "all problems come in one run"
    assert files_in(root / "output") == before


STUDIO_ACCESS = (FIXTURES / "studio-access.yaml").read_text("utf-8")
STUDIO_IN_ERROR = {
    "a link": STUDIO_ACCESS + (FIXTURES / "claire-link-entry.yaml").read_text("utf-8"),
    "a key twice": STUDIO_ACCESS + STUDIO_ACCESS[STUDIO_ACCESS.index("- name:") :],
    "another salt": STUDIO_ACCESS.replace("h77sHy5c", "h77sHy5d", 1),
}


@pytest.mark.parametrize("name", STUDIO_IN_ERROR)
def test_an_error_in_the_studios_people_keeps_everything(
    name: str, workspace: Workspace, run: Run
) -> None:
    """Each portal would carry the wrong lock."""
    root = workspace({"access.yaml": STUDIO_ACCESS})
    run(root, "build")
    before = files_in(root / "output")
    workspace({"access.yaml": STUDIO_IN_ERROR[name], "salon/spec.md": "- R1: Un blog\n"})
    for command in ("build", "verify"):
        ran = run(root, command)
        assert ran.code == 1
        assert ran.err.count("content/access.yaml:") == ran.err.count("error[broken-access]") == 1
    assert files_in(root / "output") == before


def test_strict_counts_warnings(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/spec.md": "Un site.\n"})
    assert run(root, "build").code == 0
    assert run(root, "build", "--strict").code == 1
    assert run(root, "check").code == 0
    assert run(root, "check", "--strict").code == 1


def test_one_client_leaves_the_others_as_they_are(workspace: Workspace, run: Run) -> None:
    root = workspace(BARBER)
    run(root, "build")
    before = files_in(root / "output/barbier")
    ran = run(root, "build", "salon")
    assert ran.out.startswith("salon: built")
    assert "barbier" not in ran.out
    assert files_in(root / "output/barbier") == before


def test_one_client_does_not_report_the_others(workspace: Workspace, run: Run) -> None:
    root = workspace({**BARBER, **BROKEN})
    assert run(root, "build", "barbier").code == 0
    assert run(root, "check", "content/barbier/").code == 0
    assert run(root, "check", "salon").code == 1


def test_an_unknown_client(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(), "build", "salom")
    assert ran.code == 2
    assert 'There is no client "salom" in content/. Did you mean "salon"?' in ran.err


def test_a_client_that_left_is_taken_away(workspace: Workspace, run: Run) -> None:
    root = workspace(BARBER)
    run(root, "build")
    for path in BARBER:
        (root / "content" / path).unlink()
    (root / "content/barbier").rmdir()
    ran = run(root, "build")
    assert ran.code == 0
    assert ran.err == "output/barbier was removed: no client stands behind it any more\n"
    assert not (root / "output/barbier").exists()


def test_nothing_is_taken_away_while_a_path_cannot_be_told(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {**BARBER, "barbier/client.yaml": "name: B\npath: chez-paul\nproject: {title: C}\n"}
    )
    run(root, "build")
    assert (root / "output/chez-paul/index.html").exists()
    workspace({"barbier/client.yaml": "name: B\npath: chez-paul\nprojet: {title: C}\n"})
    assert run(root, "build").code == 1
    assert (root / "output/chez-paul/index.html").exists()


@pytest.mark.parametrize("clients", [(), ("salon",)])
def test_a_new_path_moves_the_portal(
    clients: tuple[str, ...], workspace: Workspace, run: Run
) -> None:
    root = workspace()
    run(root, "build")
    workspace({"salon/client.yaml": "name: S\npath: x7-k2\nproject: {title: Site}\n"})
    ran = run(root, "build", *clients)
    moved = "output/salon moved to output/x7-k2: tell its people the new address\n"
    assert ran.code == 0
    assert ran.err.startswith(moved)
    assert (root / "output/x7-k2/index.html").exists()
    assert not (root / "output/salon").exists()


def test_a_draft_is_checked_and_not_published(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    draft = "name: Salon Martin\nproject: {title: Site}\ndraft: oui\n"
    workspace({"salon/client.yaml": draft, "salon/access.yaml": None})
    ran = run(root, "build")
    assert (ran.code, ran.out) == (0, "salon: draft: not published\n")
    assert not (root / "output/salon").exists()


@pytest.mark.parametrize("place", ["output", "output/salon"])
def test_a_folder_portalgen_did_not_write_is_refused(
    place: str, workspace: Workspace, run: Run
) -> None:
    root = workspace()
    if place == "output/salon":
        run(root, "build")
        (root / "output/salon/index.html").write_text("<h1>Mon site</h1>", "utf-8")
    else:
        (root / "output").mkdir()
    (root / place / "photo.jpg").write_bytes(b"JPEG")
    before = files_in(root / place)
    ran = run(root, "build")
    assert ran.code == 1
    assert f"{place}/: error[foreign-folder]: portalgen did not write this folder" in ran.err
    assert files_in(root / place) == before


def test_an_output_elsewhere(workspace: Workspace, run: Run, tmp_path: Path) -> None:
    root = workspace()
    target = tmp_path / "elsewhere" / "public"
    assert run(root, "build", "--output", str(target)).code == 0
    assert (target / "salon/index.html").exists()
    assert not (root / "output").exists()


def test_source_date_epoch_is_the_day(
    workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "not a number")
    root = workspace()
    assert run(root, "check").code == 0, "--today comes first"


def test_many_clients_are_built_by_several_workers(workspace: Workspace, run: Run) -> None:
    files = {
        path.replace("barbier", f"client-{number:02}"): text
        for number in range(20)
        for path, text in BARBER.items()
    }
    files["client-07/spec.md"] = "---\ntitel: x\n---\n- R1: x\n"
    root = workspace(files)
    ran = run(root, "build")
    assert ran.code == 1
    lines = [line for line in ran.out.splitlines() if not line.startswith(" ")]
    assert len(lines) == 21
    assert lines == sorted(lines), "the order does not depend on who is done first"
    assert "client-07: in error: not published" in lines


def test_a_kept_copy_that_opens_for_somebody_revoked_is_an_error(
    workspace: Workspace, run: Run
) -> None:
    root = workspace()
    run(root, "build")
    entry = root / "content/salon/access.yaml"
    head, _, _ = entry.read_text("utf-8").partition("- name")
    studio = (FIXTURES / "studio-access.yaml").read_text("utf-8")
    workspace({**BROKEN, "salon/access.yaml": head, "access.yaml": studio})
    ran = run(root, "build", "--keep-going")
    assert ran.code == 1
    assert (
        "output/salon/: error[revoked-can-open]: "
        "the copy built before stays, and opens for somebody whose access was taken away\n"
        "      mend what is wrong with salon and build again, or remove output/salon\n"
    ) in ran.err


def test_a_portal_that_is_not_built_and_opens_for_somebody_revoked_is_an_error(
    workspace: Workspace, run: Run
) -> None:
    studio = (FIXTURES / "studio-access.yaml").read_text("utf-8")
    root = workspace({**BARBER, "access.yaml": studio})
    run(root, "build")
    assert run(root, "build", "salon").err == ""
    (root / "content/access.yaml").unlink()
    ran = run(root, "build", "salon")
    assert ran.code == 1
    assert ran.err == (
        "output/barbier/: error[revoked-can-open]: "
        "the copy built before stays, and opens for somebody whose access was taken away\n"
        "      run portalgen build without names\n"
        "1 error\n"
    )
    assert run(root, "build").code == 0


def test_keys_of_portals_that_are_no_more_are_forgotten(workspace: Workspace, run: Run) -> None:
    root = workspace(BARBER)
    keys = root / ".portalgen/keys"
    run(root, "build")
    before = {file.name: file.read_bytes() for file in keys.iterdir()}
    shutil.rmtree(root / "content/barbier")
    run(root, "build", "salon")
    assert len(before) == len(list(keys.iterdir())) == 2, "a build of some forgets nothing"
    run(root, "build")
    (left,) = keys.iterdir()
    assert left.read_bytes() == before[left.name]


def test_no_key_is_forgotten_while_a_portal_cannot_be_told(workspace: Workspace, run: Run) -> None:
    root = workspace(BARBER)
    run(root, "build")
    workspace({"barbier/access.yaml": "people: [\n"})
    assert run(root, "build").code == 1
    assert len(list((root / ".portalgen/keys").iterdir())) == 2


# --- what the disk refuses, and what is not there -----------------------------------------------


def test_without_a_client(workspace: Workspace, run: Run) -> None:
    root = workspace()
    shutil.rmtree(root / "content/salon")
    for command in ("build", "check"):
        ran = run(root, command)
        hint = 'there is no client yet: portalgen new client "NAME"\n'
        assert (ran.code, ran.out, ran.err) == (0, "", hint)


@pytest.mark.parametrize("command", ["build", "check", "verify"])
def test_content_that_cannot_be_read(command: str, workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    (root / "content/loop").symlink_to("loop")
    ran = run(root, command)
    assert ran.code == 1
    assert f"Error: {root}/content/loop: Too many levels of symbolic links" in ran.err


def test_a_cache_that_cannot_be_written(workspace: Workspace, run: Run) -> None:
    root = workspace(BARBER)
    (root / ".portalgen").write_text("", "utf-8")
    ran = run(root, "build")
    assert ran.code == 1
    assert ran.err == (
        ".portalgen/: error[cannot-keep-key]: .portalgen cannot be written: Not a directory\n"
        "      make the workspace writable\n"
        "1 error\n"
    )


def test_an_output_that_cannot_be_written(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    style = next((root / "output/assets").iterdir())
    style.unlink()
    style.mkdir()
    ran = run(root, "build")
    assert ran.code == 1
    assert ran.err.startswith(f"Error: {style}: Is a directory")


@pytest.mark.parametrize("given", [".", ""])
def test_an_output_without_a_name(
    given: str, workspace: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace()
    monkeypatch.chdir(root)
    ran = run(root, "build", "--output", given)
    assert ran.code == 1
    assert ran.err.startswith("./: error[foreign-folder]")


# --- whose folder is it -------------------------------------------------------------------------

INVOICED = {
    "salon/steps/01-maquette.md": "---\ntitle: M\nfinished: 2026-10-09\ncovers: [R1, R2]\n---\n",
    "salon/invoice.yaml": (
        "approval: 2026-11-02\nnumber: 2026-001\nissued: 2026-11-03\nthanks: Merci\n"
        "lines:\n- {text: Site, price: 1800, vat: 20}\n"
    ),
}


INVOICE_PAGE = invoice_page(PORTAL.decode(), "invoice")


def copy_client(root: Path, name: str) -> Path:
    """What somebody does who begins a new client with an old one."""
    return Path(shutil.copytree(root / "content/salon", root / "content" / name))


@pytest.mark.parametrize("name", ["atelier", "zinc"])
def test_a_folder_copied_with_its_keys_does_not_go_out(
    name: str, workspace: Workspace, run: Run
) -> None:
    root = workspace(INVOICED)
    run(root, "approve", "salon", "invoice")
    run(root, "build")
    copy_client(root, name)
    ran = run(root, "build")
    assert ran.code == 1
    assert f"content/{name}/access.yaml:3:9: error[duplicate-portal]" in ran.err
    assert "content/salon" not in ran.err.replace("as content/salon/access.yaml", "")
    assert "salon: built, 7 pages" in ran.out
    assert f"{name}: in error: not published" in ran.out
    assert (root / f"output/salon/{INVOICE_PAGE}/index.html").exists()
    assert not (root / "output" / name).exists()


def test_a_folder_copied_with_another_id_does_not_go_out(workspace: Workspace, run: Run) -> None:
    root = workspace(INVOICED)
    run(root, "build")
    access = copy_client(root, "atelier") / "access.yaml"
    access.write_text(access.read_text("utf-8").replace(PORTAL.decode(), "AAAAAAAAAAE"), "utf-8")
    ran = run(root, "build")
    assert ran.code == 1
    assert "content/atelier/access.yaml:7:8: error[duplicate-key-id]" in ran.err
    assert "content/salon/access.yaml:" not in ran.err
    assert "salon: built, 7 pages" in ran.out
    assert "atelier: in error: not published" in ran.out


def test_nobody_takes_the_place_of_the_dashboard(workspace: Workspace, run: Run) -> None:
    root = workspace({"access.yaml": STUDIO_ACCESS})
    run(root, "build")
    before = open_portal(root / "output/studio", STUDIO_PASSPHRASE)
    taken = SMALLEST["salon/access.yaml"].replace(PORTAL.decode(), "IUvFHD54Q_E")
    workspace({"salon/access.yaml": taken})
    ran = run(root, "build")
    assert ran.code == 1
    assert "error[duplicate-portal]: this is the id of the dashboard" in ran.err
    assert set(open_portal(root / "output/studio", STUDIO_PASSPHRASE)) == set(before)


def test_nobody_takes_the_place_of_a_client_without_people(workspace: Workspace, run: Run) -> None:
    files = {"access.yaml": STUDIO_ACCESS, "salon/access.yaml": None}
    root = workspace({**files, **BARBER})
    run(root, "build")
    own = envelope_of(root / "output/salon/index.html").portal
    access = root / "content/barbier/access.yaml"
    access.write_text(f'portal: "{own}"\nsalt: "AAAAAAAAAAAAAAAAAAAAAA"\n', "utf-8")
    ran = run(root, "build")
    assert "error[duplicate-portal]: this is the id of the portal of salon" in ran.err
    assert "salon: built" in ran.out
    assert "barbier: in error" in ran.out


def test_of_two_copies_that_never_went_out_neither_does(workspace: Workspace, run: Run) -> None:
    root = workspace()
    copy_client(root, "atelier")
    ran = run(root, "build")
    assert ran.code == 1
    assert ran.err.count("error[duplicate-portal]") == 2
    assert not (root / "output/salon").exists()
    assert not (root / "output/atelier").exists()


@pytest.mark.parametrize("draft", ["draft: oui\n", "draft: oui\npath: salon\n"])
def test_a_copied_draft_takes_nobody_away(draft: str, workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    client = copy_client(root, "zinc") / "client.yaml"
    client.write_text(client.read_text("utf-8") + draft, "utf-8")
    run(root, "build")
    assert (root / "output/salon/index.html").exists()


def test_nobody_takes_the_place_of_a_copy_that_is_kept(workspace: Workspace, run: Run) -> None:
    root = workspace({**BARBER, "barbier/client.yaml": "name: B\npath: x\nproject: {title: C}\n"})
    run(root, "build")
    before = files_in(root / "output/x")
    workspace(
        {
            "barbier/client.yaml": "name: B\npath: y\nprojet: {title: C}\n",
            "salon/client.yaml": "name: S\npath: x\nproject: {title: Site}\n",
        }
    )
    ran = run(root, "build")
    assert ran.code == 1
    assert "error[path-taken]: another client's portal stands at x" in ran.err
    assert "barbier: in error: the copy built before stays" in ran.out
    assert files_in(root / "output/x") == before


def test_a_folder_in_the_way_stops_nobody_else(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    workspace(BARBER)
    (root / "output/barbier").mkdir()
    (root / "output/barbier/photo.jpg").write_bytes(b"JPEG")
    ran = run(root, "build")
    assert ran.code == 1
    assert "output/barbier/: error[foreign-folder]" in ran.err
    assert "salon: built" in ran.out


@pytest.mark.parametrize("who", ["claire", "nobody"])
def test_a_wrong_studio_takes_no_invoice_away(who: str, workspace: Workspace, run: Run) -> None:
    franchise = f"name: Atelier\n{LAWFUL_STUDIO}".replace("{form", "{vat_regime: franchise, form")
    line = "lines:\n- {text: Site, price: 1800}\n"
    invoice = INVOICED["salon/invoice.yaml"].partition("lines:")[0] + line
    root = workspace({**INVOICED, "salon/invoice.yaml": invoice, "studio.yaml": franchise})
    run(root, "build")
    workspace({"studio.yaml": franchise + "phon: 1\n"})
    ran = run(root, "build")
    assert ran.code == 1
    assert "vat-missing" not in ran.err
    assert (root / f"output/salon/{INVOICE_PAGE}/index.html").exists()


def test_an_original_without_access_keeps_no_invoice_either(workspace: Workspace, run: Run) -> None:
    root = workspace(INVOICED)
    run(root, "build")
    workspace(
        {
            "salon/access.yaml": "portal: [\n",
            "salon/invoice.yaml": INVOICED["salon/invoice.yaml"].replace("2026-11-02", "", 1),
        }
    )
    assert run(root, "build").code == 1
    assert (root / "output/salon/index.html").exists()
    assert not (root / f"output/salon/{INVOICE_PAGE}").exists()


def test_files_of_an_earlier_theme_are_taken_away(workspace: Workspace, run: Run) -> None:
    root = workspace()
    run(root, "build")
    (root / "output/assets/lock-0123456789ab.css").write_text("body {}", "utf-8")
    assert run(root, "verify").code == 1
    run(root, "build")
    assert run(root, "verify").code == 0


def test_no_name_can_move_the_cursor(workspace: Workspace, run: Run) -> None:
    contact = 'contacts: [{id: claire, name: "Cl\\e[31maire"}]\n'
    root = workspace({"salon/client.yaml": f"name: S\n{contact}project: {{title: Site}}\n"})
    ran = run(root, "build")
    assert ran.code == 0
    assert "\x1b" not in ran.out + ran.err


def test_a_theme_publishes_no_file_behind_a_link(
    workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("XYZZY", "utf-8")
    root = workspace({"studio.yaml": "name: Atelier\ntheme: mine\n"})
    (root / "themes/mine/assets").mkdir(parents=True)
    (root / "themes/mine/assets/a.txt").symlink_to(secret)
    assert run(root, "build").code == 0
    assert not any(b"XYZZY" in data for data in files_in(root / "output").values())
