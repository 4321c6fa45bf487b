"""Workspaces whose studio has people, and the text of the dashboard that they are built into."""

import re
from pathlib import Path

from conftest import (
    FIXTURES,
    LAWFUL_CLIENT,
    LAWFUL_STUDIO,
    STUDIO_PASSPHRASE,
    Workspace,
)
from portals import open_portal

Files = dict[str, str | bytes | None]

ACCESS = (FIXTURES / "client-access.yaml").read_text("utf-8")
STUDIO: Files = {
    "access.yaml": (FIXTURES / "studio-access.yaml").read_text("utf-8"),
    "studio.yaml": f"name: Atelier Lumen\nlanguage: en\n{LAWFUL_STUDIO}",
}


def client(folder: str, project: str, **files: str) -> Files:
    """The folder of a client; `files` are its YAML files, by their names without the ending."""
    named = f"name: {folder.title()}\ncontacts: [{{id: claire, name: Claire Martin}}]\n"
    texts = {
        "client.yaml": f"{named}project: {{title: The {folder}, {project}}}\n{LAWFUL_CLIENT}",
        "spec.md": "---\nagreed: {by: claire, on: 2026-09-01}\n---\n- R1: A site\n",
        "access.yaml": ACCESS,
        **{f"{name}.yaml": text for name, text in files.items()},
    }
    return {f"{folder}/{path}": text for path, text in texts.items()}


def invoice(number: str, price: str, more: str = "") -> str:
    """An approved invoice over that price, without VAT."""
    lines = f"[{{text: Work, price: {price}, vat: {{category: E, rate: 0, why: none}}}}]"
    approval = "approval: {by: claire, on: 2026-11-20, via: mail, waived: all}"
    issued = "issued: 2026-11-01\nthanks: Thank you"
    return f"{approval}\nnumber: {number}\n{issued}\nlines: {lines}\n{more}"


def with_people(workspace: Workspace) -> Workspace:
    """Makes workspaces whose studio has people."""
    return lambda files=None: workspace({**STUDIO, **(files or {})})


def page(root: Path, path: str = "studio") -> str:
    """The dashboard, as the studio sees it."""
    return open_portal(root / "output" / path, STUDIO_PASSPHRASE)["index"]


def lines_of(html: str) -> list[str]:
    """What is read between the header and the footer, block by block; marks hidden until a day
    are shown with it."""
    html = " ".join(html[html.index("<main") : html.index("</main>")].split())
    html = re.sub(r'<(\w+)[^>]* data-late-after="([\d-]+)" hidden>', r"<\1>[after \2] ", html)
    text = re.sub(r"</?(?:p|h\d|li|dt|dd|div|section|ul|dl|header|article)\b[^>]*>", "\n", html)
    text = re.sub(r"<[^>]*>", " ", text).replace("\u00a0", " ")
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def section(html: str, name: str) -> list[str]:
    """The lines of one section, without its heading."""
    found = re.search(rf'<section[^>]* aria-labelledby="{name}".*?</section>', html, re.DOTALL)
    assert found is not None
    return lines_of(f"<main>{found[0]}</main>")[1:]


def article(html: str, title: str) -> list[str]:
    """The lines of one project."""
    found = re.findall(r"<article.*?</article>", html, re.DOTALL)
    (own,) = (one for one in (lines_of(f"<main>{it}</main>") for it in found) if title in one)
    return own


SALON = client(
    "salon",
    "due: 2026-12-14/2026-12-18, health: {state: at risk, says: The prices are missing.}",
    steps="""\
- {title: Design, finished: 2026-10-02}
- {title: Pages, started: 2026-10-05, due: 2026-11-27}
- {title: Prices, due: 2026-12-01/2026-12-04,
   waiting: {what: The list of prices, from: claire, before: 2026-11-25}}
- {title: Backups, due: 2026-11-30, internal: yes, effort: HIDDEN}
- {title: Cards, question: An amount or a service?}
""",
    deliverables="""\
- {title: The photos, due: 2026-11-20}
- {title: The plan, due: 2026-10-01, delivered: 2026-10-01}
""",
    invoice=invoice("2026-003", "1000", "payments: [{on: 2026-11-12, amount: 250.50}]\n"),
)
