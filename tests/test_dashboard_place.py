"""The studio's dashboard: for whom it opens, where it stands, and when it gives way."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import CLIENT_PASSPHRASE, SMALLEST, STUDIO_PASSPHRASE, Run, Workspace
from dashboards import SALON, STUDIO, Files, page, with_people
from portals import envelope_of, open_portal, person_of
from test_canary import NEVER_SHOWN, NO_SALON, SITES, leaks, on_pages, readable, site

from portalgen.canonical import EnvelopeError
from portalgen.envelope import dashboard_id, unwrap_portal_key


@pytest.fixture
def studio(workspace: Workspace) -> Workspace:
    """Make a workspace whose studio has people."""
    return with_people(workspace)


# --- for whom -------------------------------------------------------------------------------------


def test_what_a_build_says(studio: Workspace, run: Run) -> None:
    root = studio()
    ran = run(root, "build")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "salon: built, 5 pages, opens for Claire Martin, Nadia\n"
        f"  {root}/output/salon/index.html\n"
        f"dashboard: built, opens for Nadia\n  {root}/output/studio/index.html\n"
    )
    assert run(root, "verify").code == 0


def test_it_is_one_page_and_what_the_page_loads(studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    portal, dashboard = root / "output/salon", root / "output/studio"
    shared = {path.relative_to(portal) for path in portal.glob("*/*") if path.name[-5:] != ".html"}
    names = {path.relative_to(dashboard) for path in dashboard.rglob("*") if path.is_file()}
    assert names == shared | {Path("index.html"), Path("_headers")}


def test_its_id_follows_from_the_people(studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    identity = envelope_of(root / "output/studio/index.html").portal
    assert identity == dashboard_id("h77sHy5cWstcuBkLy93cUQ") == "IUvFHD54Q_E"


def test_no_client_opens_it(studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    clients = envelope_of(root / "output/salon/index.html")
    dashboard = envelope_of(root / "output/studio/index.html")
    assert dashboard.locks == clients.locks[1:]
    assert dashboard.readers == clients.readers[1:]
    claire = person_of(clients.locks[0], CLIENT_PASSPHRASE)
    unwrap_portal_key(clients.wrapped, claire)
    with pytest.raises(EnvelopeError):
        unwrap_portal_key(dashboard.wrapped, claire)


@pytest.mark.parametrize("name", SITES)
def test_nothing_of_a_client_is_readable_without_the_passphrase(
    name: str, studio: Workspace, run: Run
) -> None:
    made = site(name, "lists")
    glossary = json.dumps(dict(made.glossary))
    root = studio({**NO_SALON, **made.files, "glossary.yaml": glossary})
    assert run(root, "build").code == 0
    assert leaks({**made.shown, **made.hidden}, readable(root / "output/studio")) == []
    html = page(root)
    assert on_pages({"title": made.shown["client.project.title"]}, {"studio": html})
    never = {path: forms for path, forms in made.hidden.items() if path in NEVER_SHOWN}
    assert on_pages({**never, "code": made.hidden["private a sealed code"]}, {"": html}) == set()


def test_no_client_is_told_of_it(studio: Workspace, run: Run) -> None:
    root = studio({**SALON, "studio.yaml": "name: Atelier Lumen\ndashboard: poste-de-vigie\n"})
    run(root, "build")
    pages = open_portal(root / "output/salon")
    assert not any("vigie" in html or "Backups" in html for html in pages.values())


# --- where ----------------------------------------------------------------------------------------

NAMED = {"studio.yaml": "name: Atelier Lumen\nlanguage: en\ndashboard: desk\n"}
TAKEN = {"salon/client.yaml": SMALLEST["salon/client.yaml"] + "path: studio\n"}


def folders(root: Path) -> list[str]:
    """The portals of the output, and the dashboard."""
    return [path.name for path in sorted((root / "output").iterdir()) if (path / "assets").exists()]


def test_without_people_there_is_none(studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    studio({"access.yaml": None})
    ran = run(root, "build")
    assert (ran.code, folders(root)) == (0, ["salon"])
    assert "dashboard" not in ran.out + ran.err


@pytest.mark.parametrize("clients", [(), ("salon",)])
def test_it_moves(clients: tuple[str, ...], studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    studio(NAMED)
    assert run(root, "build", *clients).code == 0
    assert folders(root) == ["desk", "salon"]
    assert page(root, "desk")
    assert run(root, "verify").code == 0


@pytest.mark.parametrize("clients", [(), ("salon",)])
def test_a_client_with_its_path_keeps_it(
    clients: tuple[str, ...], studio: Workspace, run: Run
) -> None:
    root = studio()
    run(root, "build")
    shutil.rmtree(root / "output/salon")
    studio(TAKEN)
    ran = run(root, "build", *clients)
    assert (ran.code, folders(root)) == (0, ["studio"])
    assert '"studio" is the path of salon: the dashboard is left out' in ran.err
    assert set(open_portal(root / "output/studio")) > {"index", "spec"}
    assert "dashboard:" not in ran.out
    studio({**TAKEN, **NAMED})
    assert run(root, "build").err == ""
    assert folders(root) == ["desk", "studio"]


def test_a_client_gives_the_path_back(studio: Workspace, run: Run) -> None:
    root = studio(TAKEN)
    run(root, "build")
    studio()
    assert run(root, "build").code == 0
    assert folders(root) == ["salon", "studio"]
    assert page(root)


def test_a_folder_that_portalgen_did_not_write_is_never_touched(
    studio: Workspace, run: Run
) -> None:
    root = studio()
    letters = root / "output/studio/letters.txt"
    run(root, "build")
    shutil.rmtree(letters.parent)
    letters.parent.mkdir()
    letters.write_text("Chère maman", "utf-8")
    ran = run(root, "build")
    assert ran.code == 1
    assert "output/studio/: error[foreign-folder]" in ran.err
    assert "dashboard: in error: not published\n" in ran.out
    assert [path.name for path in letters.parent.iterdir()] == ["letters.txt"]


# --- when -----------------------------------------------------------------------------------------

BROKEN: Mapping[str, Files] = {
    "a studio in error": {"studio.yaml": "name: Atelier Lumen\nlangage: en\n"},
    "people that cannot be read": {"access.yaml": "people: [\n"},
    "people whose keys are damaged": {"access.yaml": str(STUDIO["access.yaml"]).replace("P-2", "")},
    "a path that cannot be": {"studio.yaml": "name: Atelier Lumen\ndashboard: spec\n"},
}


@pytest.mark.parametrize("clients", [(), ("salon",)])
@pytest.mark.parametrize("name", BROKEN)
def test_an_error_of_the_studio_keeps_it(
    name: str, clients: tuple[str, ...], studio: Workspace, run: Run
) -> None:
    root = studio()
    run(root, "build")
    before = (root / "output/studio/index.html").read_bytes()
    studio(BROKEN[name])
    ran = run(root, "build", *clients)
    assert ran.code == 1
    assert "dashboard: in error: the copy built before stays\n" in ran.out
    assert (root / "output/studio/index.html").read_bytes() == before


def test_a_kept_one_that_opens_for_somebody_revoked_is_an_error(
    studio: Workspace, run: Run
) -> None:
    root = studio()
    run(root, "build")
    access = str(STUDIO["access.yaml"])
    gone = access.replace("kid: ", "kid: AAAAAAAAAAA #", 1)
    studio({"access.yaml": gone, "studio.yaml": "name: Atelier\nlangage: en\n"})
    ran = run(root, "build", "--keep-going")
    assert ran.code == 1
    assert (
        "output/studio/: error[revoked-can-open]: "
        "the copy built before stays, and opens for somebody whose access was taken away\n"
        "      mend what is wrong with the dashboard and build again, or remove output/studio\n"
    ) in ran.err


def test_a_theme_in_error_keeps_it_and_no_portal(studio: Workspace, run: Run) -> None:
    root = studio({"studio.yaml": f"{STUDIO['studio.yaml']!s}theme: own\n"})
    template = root / "themes/own/templates/dashboard.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ view.nothing }}", "utf-8")
    ran = run(root, "build")
    assert ran.code == 1
    assert ran.err.startswith("themes/own/templates/dashboard.html:1:1: error[template-error]:")
    assert "salon: built" in ran.out
    assert "dashboard: in error: not published\n" in ran.out


def test_check_makes_none(studio: Workspace, run: Run) -> None:
    root = studio()
    assert run(root, "check").code == 0
    assert [path.name for path in root.iterdir()] == ["content"]


def test_two_builds_say_the_same(studio: Workspace, run: Run, tmp_path: Path) -> None:
    root = studio(SALON)
    run(root, "build")
    first, envelope = page(root), envelope_of(root / "output/studio/index.html")
    run(root, "build", "--output", str(tmp_path / "again"), "--today", "2027-11-23")
    again = tmp_path / "again/studio"
    assert open_portal(again, STUDIO_PASSPHRASE)["index"] == first
    assert envelope_of(again / "index.html").wrapped == envelope.wrapped


# --- verify ---------------------------------------------------------------------------------------


def problems(text: str) -> list[str]:
    """Path and code of each problem, in order."""
    return [" ".join(found) for found in re.findall(r"(?m)^(\S+): error\[(.*?)\]", text)]


def test_verify_finds_what_does_not_belong_there(studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    dashboard, portal = root / "output/studio", root / "output/salon"
    (dashboard / "notes.txt").write_text("Salon", "utf-8")
    shutil.copytree(portal / "spec", dashboard / "spec")
    (dashboard / "files").mkdir()
    (dashboard / "files" / f"{'0' * 32}.bin").write_bytes(bytes(54))
    ran = run(root, "verify")
    assert ran.code == 1
    assert {
        "output/studio/notes.txt stray-output",
        "output/studio/spec/index.html stray-output",
        f"output/studio/files/{'0' * 32}.bin stray-output",
    } < set(problems(ran.err))
    assert run(root, "build").code == 0
    assert run(root, "verify").code == 0


def test_verify_finds_a_page_that_is_no_dashboard(studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    shutil.copy(root / "output/salon/index.html", root / "output/studio/index.html")
    ran = run(root, "verify")
    assert ran.code == 1
    assert "output/studio broken-output" in problems(ran.err)


def test_verify_finds_a_dashboard_of_other_people(studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    access = str(STUDIO["access.yaml"])
    studio({"access.yaml": access[: access.index("people:")] + "people: []\n"})
    assert "output/studio broken-output" in problems(run(root, "verify").err)


def test_verify_finds_the_lock_of_a_client(studio: Workspace, run: Run) -> None:
    root = studio()
    run(root, "build")
    lock = envelope_of(root / "output/salon/index.html").locks[0]
    dashboard = root / "output/studio/index.html"
    text = dashboard.read_text("utf-8").replace('"locks":["', f'"locks":["{lock}","', 1)
    dashboard.write_text(text, "utf-8")
    assert problems(run(root, "verify").err) == ["output/studio/index.html broken-output"]
