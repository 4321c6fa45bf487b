"""`portalgen serve`, as a browser sees it: what is shown, and what follows a change."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import Run, Workspace
from previews import Running, running

from portalgen.serve.watch import differences, what_stands

STEP = "salon/steps/01-maquette.md"
GOOD = "---\ntitle: La maquette\nstatus: en cours\n---\n\nUne première page.\n"


@pytest.fixture
def shown(workspace: Workspace) -> Path:
    return workspace({STEP: GOOD})


def save(root: Path, path: str, text: str) -> None:
    """As most editors do: a second file takes the name of the first."""
    target = root / "content" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(target)


def is_shown(site: Running, text: str, path: str = "/salon/") -> bool:
    reply = site.get(path)
    return reply.status == 200 and text in reply.html


# --- what there is ---------------------------------------------------------------------------


def test_a_page_is_shown_in_clear_and_nothing_is_written(shown: Path) -> None:
    before = sorted(shown.rglob("*"))
    with running(shown) as site:
        reply = site.get("/salon/")
        assert "Une première page." in reply.html
        assert reply.headers["Cache-Control"] == "no-store"
        assert "require-trusted-types-for 'script'" in reply.headers["Content-Security-Policy"]
        assert site.get("/salon/spec/").status == site.get("/salon/spec/index.html").status == 200
    assert sorted(shown.rglob("*")) == before


def test_the_list_says_how_each_portal_stands(workspace: Workspace) -> None:
    root = workspace(
        {
            "atelier/client.yaml": "name: Atelier Bleu\nproject: {title: Un site}\ndraft: yes\n",
            "atelier/spec.md": "- R1: Le site\n",
            "salon/client.yaml": "name: Salon Martin\nproject: {title: Site}\nnope: 1\n",
        }
    )
    with running(root) as site:
        assert "preview-list-" in site.get("/").text
        listed = {each["folder"]: each for each in site.get("/.preview/list").json()["portals"]}
        assert (listed["atelier"]["state"], listed["atelier"]["path"]) == ("draft", "/atelier/")
        assert listed["salon"]["state"] == "broken"
        assert [problem["code"] for problem in listed["salon"]["problems"]] == ["unknown-key"]


def test_only_the_named_clients_are_shown(workspace: Workspace) -> None:
    root = workspace({"atelier/client.yaml": "name: Atelier\nproject: {title: Un site}\n"})
    with running(root, "salon") as site:
        assert site.get("/salon/").status == 200
        assert site.get("/atelier/").status == 404


def test_a_draft_is_shown_and_says_so(workspace: Workspace) -> None:
    client = "name: Salon Martin\nproject: {title: Site vitrine}\ndraft: yes\n"
    with running(workspace({"salon/client.yaml": client})) as site:
        assert is_shown(site, "Site vitrine")
        assert site.state("/salon/")["state"] == "draft"


def test_who_has_no_access_yet_can_be_greeted(workspace: Workspace) -> None:
    with running(workspace({"salon/access.yaml": None}), person="Claire MARTIN") as site:
        told = site.get("/salon/").told
        assert [reader["name"] for reader in told["readers"]] == ["Claire Martin"]
        assert told["reader"] == told["readers"][0]["kid"]
        assert f'data-reader="{told["reader"]}">Bonjour Claire Martin' in told["html"]
        problem = site.state("/salon/")["problems"][0]
        assert (problem["code"], problem["severity"]) == ("nobody-can-open", "warning")


def test_internal_steps_stay_hidden(workspace: Workspace) -> None:
    hidden = "---\ntitle: Relire le contrat\ninternal: yes\n---\n"
    with running(workspace({STEP: GOOD, "salon/steps/02-relire.md": hidden})) as site:
        assert is_shown(site, "La maquette")
        assert not is_shown(site, "Relire le contrat")


def test_an_invoice_that_nobody_approved_is_shown_as_a_draft(workspace: Workspace) -> None:
    bill = "thanks: Merci\nlines: [{text: Le site, price: 1800.00, vat: 20}]\n"
    with running(workspace({"salon/invoice.yaml": bill})) as site:
        home = site.get("/salon/").told
        ((title, address),) = home["drafts"]
        assert title == "Facture"
        assert address not in home["html"]
        draft = site.get(address).told
        assert draft["isDraftInvoice"]
        assert "Brouillon" in draft["html"]
        save(site.server.site.desk.root, "salon/invoice.yaml", f"{bill}due: nope\n")
        site.until(lambda: "not-a-date" in site.codes("/salon/"))


def test_the_dashboard_is_shown(workspace: Workspace) -> None:
    with running(workspace()) as site:
        assert site.get("/.preview/list").json()["dashboard"] == "/studio/"
        assert "Site vitrine" in site.get("/studio/").html


# --- what changes ---------------------------------------------------------------------------


def test_the_dashboard_follows_a_client_at_whom_nobody_looks(shown: Path) -> None:
    with running(shown) as site:
        assert "Site vitrine" in site.get("/studio/").html
        heard = site.server.bell.count
        client = (shown / "content/salon/client.yaml").read_text("utf-8")
        save(shown, "salon/client.yaml", client.replace("Site vitrine", "Boutique en ligne"))
        site.until(lambda: is_shown(site, "Boutique en ligne", "/studio/"))
        site.until(lambda: "/" in (site.server.bell.wait(heard, 20) or (0, []))[1])


def test_an_error_stands_over_the_last_good_page_until_it_is_mended(shown: Path) -> None:
    with running(shown) as site:
        good = site.get("/salon/").told
        save(shown, STEP, GOOD.replace("en cours", "finsihed"))
        site.until(lambda: "unknown-status" in site.codes("/salon/"))
        state = site.state("/salon/")
        assert state["digest"] == good["digest"]
        assert state["state"] == "last"
        problem = state["problems"][0]
        assert problem["place"] == f"content/{STEP}:3:9"
        assert problem["line"] == ["status: ", "finsihed", ""]
        assert problem["severity"] == "error"
        assert "did you mean" in problem["hint"]
        assert site.get("/salon/").told["html"] == good["html"]
        save(shown, STEP, GOOD.replace("première", "seconde"))
        site.until(lambda: is_shown(site, "Une seconde page."))
        assert "unknown-status" not in site.codes("/salon/")
        assert site.said[0].startswith(f"content/{STEP}: ")
        assert site.said[0].endswith(f", first content/{STEP}:3")


def test_a_workspace_that_is_broken_from_the_start_shows_what_can_be_read(
    workspace: Workspace,
) -> None:
    root = workspace({STEP: GOOD, "salon/client.yaml": "name: Salon : Martin\n"})
    with running(root) as site:
        assert is_shown(site, "Une première page.")
        assert site.state("/salon/")["state"] == "broken"
        save(root, STEP, GOOD.replace("première", "seconde"))
        site.until(lambda: is_shown(site, "Une seconde page."))


def test_without_a_studio_there_is_nothing_to_show_yet(workspace: Workspace) -> None:
    root = workspace()
    studio = (root / "content/studio.yaml").read_text("utf-8")
    (root / "content/studio.yaml").unlink()
    with running(root) as site:
        assert (site.get("/").status, site.codes("/")) == (200, ["missing-file"])
        page = site.get("/salon/")
        assert (page.status, "Nothing to show yet" in page.text) == (404, True)
        assert site.codes("/salon/") == ["missing-file"]
        save(root, "studio.yaml", studio)
        site.until(lambda: site.get("/salon/").status == 200)


def test_only_the_page_that_changed_is_another_one(shown: Path) -> None:
    with running(shown) as site:
        spec, home = site.state("/salon/spec/")["digest"], site.state("/salon/")["digest"]
        save(shown, STEP, GOOD.replace("première", "seconde"))
        site.until(lambda: site.state("/salon/")["digest"] != home)
        assert site.state("/salon/spec/")["digest"] == spec


def test_a_new_client_comes_and_a_deleted_one_goes(shown: Path) -> None:
    with running(shown) as site:
        assert site.get("/atelier/").status == 404
        save(shown, "atelier/client.yaml", "name: Atelier\nproject: {title: Un site neuf}\n")
        save(shown, "atelier/spec.md", "- R1: Le site\n")
        site.until(lambda: is_shown(site, "Un site neuf", "/atelier/"))
        shutil.rmtree(shown / "content/atelier")
        site.until(lambda: site.get("/atelier/").status == 404)
        assert site.state("/atelier/")["digest"] == ""
        (shown / "content/salon").rename(shown / "content/coiffeur")
        site.until(lambda: site.get("/coiffeur/").status == 200)
        assert site.get("/salon/").status == 404


def test_many_files_at_once_as_when_git_changes_branches(shown: Path) -> None:
    with running(shown) as site:
        site.get("/salon/")
        for number in range(2, 60):
            save(
                shown,
                f"salon/steps/{number:02}-etape-{number}.md",
                f"---\ntitle: Étape n° {number}\n---\n",
            )
        site.until(lambda: is_shown(site, "Étape n° 59"))
        assert all(f"Étape n° {number}" in site.get("/salon/").html for number in range(2, 60))


def test_a_broken_studio_keeps_every_page_until_it_is_mended(workspace: Workspace) -> None:
    root = workspace({STEP: GOOD})
    studio = (root / "content/studio.yaml").read_text("utf-8")
    with running(root) as site:
        home = site.get("/salon/").html
        save(root, "studio.yaml", f"{studio}langage: fr\n")
        site.until(lambda: "unknown-key" in site.codes("/salon/"))
        assert site.get("/salon/").html == home
        assert site.codes("/") == ["unknown-key"]
        save(root, "studio.yaml", studio.replace("Atelier Lumen", "Atelier Soleil"))
        site.until(lambda: is_shown(site, "Atelier Soleil"))


def test_a_theme_of_the_workspace_is_followed(workspace: Workspace) -> None:
    root = workspace()
    studio = (root / "content/studio.yaml").read_text("utf-8")
    (root / "content/studio.yaml").write_text(f"{studio}theme: mine\n", "utf-8")
    template = root / "themes/mine/templates/spec.html"
    template.parent.mkdir(parents=True)
    (root / "themes/mine/theme.yaml").write_text("extends: default\n", "utf-8")
    template.write_text(
        '{% extends "parent/spec.html" %}{% block kind %}one{% endblock %}', "utf-8"
    )
    with running(root) as site:
        assert 'class="one"' in site.get("/salon/spec/").html
        good = template.read_text("utf-8")
        template.write_text("{{ nothing.like.this }}", "utf-8")
        site.until(lambda: "template-error" in site.codes("/salon/spec/"))
        assert 'class="one"' in site.get("/salon/spec/").html
        template.write_text(good.replace("one", "two"), "utf-8")
        site.until(lambda: 'class="two"' in site.get("/salon/spec/").html)


def test_what_two_clients_both_want_is_settled_anew(workspace: Workspace) -> None:
    client = "name: Atelier\nproject: {title: Un atelier}\npath: salon\n"
    root = workspace({"atelier/client.yaml": client, "atelier/spec.md": "- R1: Le site\n"})
    with running(root) as site:
        assert is_shown(site, "Site vitrine", "/salon/")
        assert is_shown(site, "Un atelier", "/atelier/")
        assert "duplicate-path" in site.codes("/atelier/")
        save(root, "atelier/client.yaml", client.replace("path: salon", "path: bleu"))
        site.until(lambda: is_shown(site, "Un atelier", "/bleu/"))
        assert "duplicate-path" not in site.codes("/bleu/")


def test_a_page_is_told_that_it_changed(shown: Path) -> None:
    with running(shown) as site:
        site.get("/salon/")
        heard = site.server.bell.count
        save(shown, STEP, GOOD.replace("première", "seconde"))
        told = site.server.bell.wait(heard, 20)
        assert told
        assert "salon" in told[1]


# --- files ---------------------------------------------------------------------------


def test_files_are_sent_as_they_are_and_in_parts(workspace: Workspace) -> None:
    plan = b"%PDF-1.7 " + bytes(range(256)) * 8
    risky = ("a.svg", "b.html", "c.HTM", "d.xhtml", "e.js", "f")
    listed = ", ".join(f"files/{name}" for name in ("plan du site.pdf", *risky))
    files = f"files: [{listed}]"
    item = f"---\ntitle: Le plan\ndelivered: 2026-10-01\n{files}\n---\n"
    root = workspace(
        {
            "salon/deliverables/plan.md": item,
            "salon/files/plan du site.pdf": plan,
            **{f"salon/files/{name}": "<script/>" for name in risky},
            "salon/files/private.txt": "nobody refers to it",
        }
    )
    with running(root) as site:
        whole = site.get("/salon/files/files/plan%20du%20site.pdf")
        assert (whole.body, whole.headers["Content-Type"]) == (plan, "application/pdf")
        assert whole.headers["Content-Security-Policy"].startswith("sandbox")
        part = site.get("/salon/files/files/plan%20du%20site.pdf", {"Range": "bytes=5-8"})
        assert (part.status, part.body) == (206, plan[5:9])
        assert part.headers["Content-Range"] == f"bytes 5-8/{len(plan)}"
        past = site.get("/salon/files/files/plan%20du%20site.pdf", {"Range": "bytes=9999-"})
        assert past.status == 416
        for name in risky:
            file = site.get(f"/salon/files/files/{name}")
            assert (file.status, file.body) == (200, b"<script/>")
            assert file.headers["Content-Type"] == "application/octet-stream"
            assert file.headers["Content-Disposition"] == "attachment"
            assert file.headers["X-Content-Type-Options"] == "nosniff"
            assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert site.get("/salon/files/files/private.txt").status == 404


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_is_put_in_place_of_a_file_is_not_followed(workspace: Workspace) -> None:
    item = "---\ntitle: Le plan\ndelivered: 2026-10-01\nfiles: [files/plan.pdf]\n---\n"
    root = workspace({"salon/deliverables/plan.md": item, "salon/files/plan.pdf": "plan"})
    (root / "secret.txt").write_text("secret", "utf-8")
    with running(root) as site:
        address = "/salon/files/files/plan.pdf"
        assert site.get(address).body == b"plan"
        file = root / "content/salon/files/plan.pdf"
        file.unlink()
        file.symlink_to(root / "secret.txt")
        site.until(lambda: site.get(address).status == 404)


# --- locked ---------------------------------------------------------------------------


def test_locked_pages_are_those_of_a_build_and_what_keeps_them_current(shown: Path) -> None:
    with running(shown, locked=True) as site:
        page = site.get("/salon/")
        assert 'id="portalgen-lock"' in page.text
        assert "Une première page." not in page.text
        assert page.told["kind"] == "locked"
        digest = page.told["digest"]
        save(shown, STEP, GOOD.replace("première", "seconde"))
        site.until(lambda: site.state("/salon/")["digest"] != digest)
    assert not (shown / "output").exists()


def test_an_invoice_that_nobody_approved_is_not_in_a_locked_preview(workspace: Workspace) -> None:
    bill = "thanks: Merci\nlines: [{text: Le site, price: 1800.00, vat: 20}]\n"
    root = workspace({"salon/invoice.yaml": bill})
    with running(root) as site:
        ((_, address),) = site.get("/salon/").told["drafts"]
        assert site.get(address).status == 200
    with running(root, locked=True) as site:
        assert site.get("/salon/").told["drafts"] == []
        assert site.get(address).status == 404


def test_a_locked_portal_that_opens_for_nobody_says_so(workspace: Workspace) -> None:
    with running(workspace({"salon/access.yaml": None}), locked=True) as site:
        assert site.get("/salon/").status == 404
        problem = site.state("/salon/")["problems"][0]
        assert (problem["code"], problem["severity"]) == ("nobody-can-open", "error")


# --- the folder as a whole -----------------------------------------------------------------------


def test_content_that_goes_and_comes_back_is_followed_again(shown: Path) -> None:
    with running(shown) as site:
        home = site.get("/salon/").html
        (shown / "content").rename(shown / "elsewhere")
        site.until(lambda: any("content/ cannot be read" in line for line in site.said))
        assert site.get("/salon/").html == home
        (shown / "elsewhere").rename(shown / "content")
        site.until(lambda: len(site.said) > 1)
        save(shown, STEP, GOOD.replace("première", "seconde"))
        site.until(lambda: is_shown(site, "Une seconde page."))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_content_that_leads_to_itself_is_followed_again(shown: Path) -> None:
    with running(shown) as site:
        home = site.get("/salon/").html
        (shown / "content").rename(shown / "elsewhere")
        (shown / "content").symlink_to("content")
        site.until(lambda: any("content/ cannot be read" in line for line in site.said))
        assert site.get("/salon/").html == home
        (shown / "content").unlink()
        (shown / "elsewhere").rename(shown / "content")
        site.until(lambda: any(line.startswith("content: ") for line in site.said))
        save(shown, STEP, GOOD.replace("première", "seconde"))
        site.until(lambda: is_shown(site, "Une seconde page."))


def test_a_drive_that_tells_of_no_change_is_looked_at(shown: Path) -> None:
    with running(shown, poll=True) as site:
        site.get("/salon/")
        save(shown, STEP, GOOD.replace("première", "seconde"))
        site.until(lambda: is_shown(site, "Une seconde page."))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_content_behind_a_link_is_followed(shown: Path) -> None:
    (shown / "content").rename(shown / "elsewhere")
    (shown / "content").symlink_to(shown / "elsewhere")
    with running(shown) as site:
        site.get("/salon/")
        save(shown, STEP, GOOD.replace("première", "seconde"))
        site.until(lambda: is_shown(site, "Une seconde page."))


def test_themes_that_come_later_are_followed(workspace: Workspace) -> None:
    root = workspace()
    studio = (root / "content/studio.yaml").read_text("utf-8")
    with running(root) as site:
        site.get("/salon/spec/")
        template = root / "themes/mine/templates/spec.html"
        template.parent.mkdir(parents=True)
        own = '{% extends "parent/spec.html" %}{% block kind %}one{% endblock %}'
        template.write_text(own, "utf-8")
        (root / "themes/mine/theme.yaml").write_text("extends: default\n", "utf-8")
        save(root, "studio.yaml", f"{studio}theme: mine\n")
        site.until(lambda: 'class="one"' in site.get("/salon/spec/").html)
        template.write_text(own.replace("one", "two"), "utf-8")
        site.until(lambda: 'class="two"' in site.get("/salon/spec/").html)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read there")
def test_a_file_that_may_not_be_read_is_told_and_mended(shown: Path) -> None:
    file = shown / "content" / STEP
    with running(shown) as site:
        site.get("/salon/")
        file.chmod(0)
        site.until(lambda: "unreadable-file" in site.codes("/salon/"))
        file.chmod(0o644)
        site.until(lambda: "unreadable-file" not in site.codes("/salon/"))


def test_a_file_that_is_no_text_is_told_and_the_page_stays(shown: Path) -> None:
    with running(shown) as site:
        home = site.get("/salon/").html
        (shown / "content" / STEP).write_bytes(GOOD.encode("latin-1"))
        site.until(lambda: "not-utf8" in site.codes("/salon/"))
        assert site.get("/salon/").html == home
        (shown / "content" / STEP).write_bytes(
            b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
        )
        site.until(lambda: "not-utf8" not in site.codes("/salon/"))
        assert site.get("/salon/").html == home


def test_what_changed_while_it_was_read_is_not_missed(shown: Path) -> None:
    before = what_stands(shown)
    save(shown, STEP, GOOD.replace("première", "seconde"))
    save(shown, "salon/steps/02-neuf.md", GOOD)
    (shown / "content/salon/spec.md").unlink()
    assert differences(before, what_stands(shown)) == {
        f"content/{STEP}",
        "content/salon/steps/02-neuf.md",
        "content/salon/spec.md",
    }


def test_nothing_of_the_preview_is_in_what_is_built(shown: Path, run: Run) -> None:
    assert run(shown, "build").code == 0
    written = b"".join(
        file.read_bytes() for file in (shown / "output").rglob("*") if file.is_file()
    )
    assert b"portalgen-preview" not in written
    assert b"EventSource" not in written
