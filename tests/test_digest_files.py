"""The mail as a file: for mail programs, whatever stands in a name."""

import email
from email.message import EmailMessage
from email.policy import default
from html import unescape
from pathlib import Path

import pytest
from conftest import SMALLEST, Ran, Run, Workspace
from digests import IN_FRENCH, written
from test_canary import FORMS, NO_SALON, SITES, leaks, site


def mail_in(file: Path) -> EmailMessage:
    mail = email.message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def saved(run: Run, root: Path, name: str = "news.eml") -> Ran:
    return run(root, "digest", "salon", "-o", str(root / name))


def test_a_mail_program_opens_it_as_a_draft(workspace: Workspace, run: Run) -> None:
    root = workspace(written())
    ran = saved(run, root)
    assert (ran.code, ran.out, ran.err) == (0, f"{root}/news.eml\n", "")
    mail = mail_in(root / "news.eml")
    assert mail["X-Unsent"] == "1"
    assert mail["From"] == "Nadia Ferrand <nadia@atelier-lumen.example>"
    assert mail["To"] == "Claire Martin <claire@salon.example>, Marc Petit <marc@salon.example>"
    assert mail["Subject"] == "Des nouvelles de «\u00a0Site vitrine\u00a0»"
    text, html = mail.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == IN_FRENCH.partition("\n\n")[2]
    page = html.get_content()
    assert "<li" in page
    assert "<script" not in page
    assert "src=" not in page
    first = (root / "news.eml").read_bytes()
    assert all(byte < 128 for byte in first)
    (root / "news.eml").unlink()
    saved(run, root)
    assert (root / "news.eml").read_bytes() == first


def test_the_name_of_the_file_says_how_it_is_written(workspace: Workspace, run: Run) -> None:
    root = workspace(written())
    saved(run, root, "news.html")
    saved(run, root, "news.txt")
    assert (root / "news.html").read_text("utf-8").startswith('<!doctype html>\n<html lang="fr">')
    assert (root / "news.txt").read_text("utf-8") == IN_FRENCH
    assert run(root, "digest", "salon", "--format", "html").out == (root / "news.html").read_text()


def test_a_draft_that_was_changed_is_not_lost(workspace: Workspace, run: Run) -> None:
    root = workspace(written())
    (root / "news.eml").write_text("mine", "utf-8")
    ran = saved(run, root)
    assert ran.code == 2
    assert ran.err.endswith("news.eml is there already: add --force, or name another with -o.\n")
    assert (root / "news.eml").read_text("utf-8") == "mine"
    assert run(root, "digest", "salon", "-o", str(root / "news.eml"), "--force").code == 0
    assert mail_in(root / "news.eml")["X-Unsent"] == "1"


@pytest.mark.parametrize("place", ["content/salon/steps.yaml", "output/news.html", "public/n.html"])
def test_a_mail_is_not_written_where_it_is_published_nor_over_content(
    place: str, workspace: Workspace, run: Run
) -> None:
    root = workspace(written())
    assert run(root, "build", "--output", str(root / "public")).code == 0
    steps = (root / "content/salon/steps.yaml").read_bytes()
    ran = run(root, "digest", "salon", "-o", str(root / place), "--force")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(": name another place with -o.\n")
    assert (root / "content/salon/steps.yaml").read_bytes() == steps
    assert not list(root.rglob("n*.html"))


def test_nothing_in_a_name_becomes_a_line_of_the_head(workspace: Workspace, run: Run) -> None:
    hostile = """\
name: Salon
contacts:
  - id: claire
    name: "Claire\\r\\nBcc: all@evil.example"
    email: claire@salon.example
  - {id: a, name: '"Zoë" <zoe@evil.example>, Martin', email: "a,b@salon.example"}
  - {id: b, name: Bär, email: bär@café.example}
  - {id: c, name: Chloé, email: chloe@café.example}
project: {title: "Site\\nX-Evil: 1 <script>"}
"""
    root = workspace({**written(), "salon/client.yaml": hostile})
    ran = saved(run, root)
    mail = mail_in(root / "news.eml")
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert mail["Subject"] == "Des nouvelles de «\u00a0Site X-Evil: 1 <script>\u00a0»"
    addresses = [address.addr_spec for address in mail["To"].addresses]
    assert addresses == ["claire@salon.example", "chloe@xn--caf-dma.example"]
    assert mail["To"].addresses[0].display_name == "Claire Bcc: all@evil.example"
    _, html = mail.iter_parts()
    assert "Site X-Evil: 1 &lt;script&gt;" in html.get_content()
    begin = "add this address by hand, a mail's head cannot bear it: "
    assert ran.err == f"{begin}a,b@salon.example\n{begin}bär@café.example\n"


def test_what_is_not_known_is_left_out_and_said(workspace: Workspace, run: Run) -> None:
    files = {**written(), "studio.yaml": SMALLEST["studio.yaml"]}
    files["salon/client.yaml"] = f"{SMALLEST['salon/client.yaml']}draft: yes\n"
    root = workspace(files)
    ran = saved(run, root)
    assert (
        ran.err
        == """\
this portal is a draft: its people cannot open it yet
no contact has an address: write email: … under contacts in client.yaml
the mail leads nowhere: write where the portals are, portals: https://… in
studio.yaml
"""
    )
    mail = mail_in(root / "news.eml")
    assert mail["From"] is None
    assert mail["To"] is None
    assert "Bonjour Claire Martin," in next(mail.iter_parts()).get_content()


NEVER_TOLD = ("updates.text", "corrections.text", "deliverables.files", "spec.text")
"""What the client reads in the portal, and no mail tells (docs/digest.md)."""


@pytest.mark.parametrize("form", FORMS)
def test_a_mail_tells_nothing_that_its_client_may_not_see_nor_any_text_of_the_portal(
    form: str, workspace: Workspace, run: Run
) -> None:
    """Every field has a value of its own (test_canary.py)."""
    sites = [site(name, form) for name in SITES]
    files = {path: text for made in sites for path, text in made.files.items()}
    root = workspace({**NO_SALON, **files})
    for number, planted in enumerate(sites):
        said = ""
        for kind in ("text", "html"):
            words = ("digest", planted.folder, "--since", "1960-01-01", "--format", kind)
            ran = run(root, *words)
            assert ran.code == 0, ran.err
            said += unescape(ran.out)
        other = {path: it for path, it in sites[1 - number].shown.items() if it[0].isalpha()}
        kept = {path: it for path, it in planted.shown.items() if path.startswith(NEVER_TOLD)}
        assert kept
        assert leaks({**planted.hidden, **other, **kept}, said.encode()) == []
        assert planted.shown["client.project.title"][0] in said
