"""Builds small workspaces from text and runs the command line on them, as a user would."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from copies import CLIENT_PASSPHRASE, PORTAL, access_of_another
from hypothesis import settings

from portalgen.cli import main

settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")

FIXTURES = Path(__file__).parent / "fixtures"
TODAY = "2026-11-23"

STUDIO_PASSPHRASE = "garnement-colonne-vestibule-esquisse-pierre-guerrier-cloaque-propre"

LAWFUL_STUDIO = """\
address: {street: 2 rue des Halles, postcode: "44000", city: Nantes, country: France}
legal: {form: SARL, siret: "12345678200010", register: RCS Nantes, capital: 1000, size: micro,
  vat_number: FR11123456782, mediator: CM2C}
terms: {days: 30}
"""
LAWFUL_CLIENT = "billing: {kind: business, address: {street: 8 rue du Port, city: Clisson}}\n"
"""What the law wants to read of both on an invoice, to be added to studio.yaml and client.yaml."""

SMALLEST: Mapping[str, str] = {
    "studio.yaml": f"name: Atelier Lumen\nlanguage: fr\n{LAWFUL_STUDIO}",
    "salon/client.yaml": (
        "name: Salon Martin\n"
        "contacts: [{id: claire, name: Claire Martin}]\n"
        "project: {title: Site vitrine}\n"
        f"{LAWFUL_CLIENT}"
    ),
    "salon/spec.md": "- R1: Le site se lit sur un téléphone\n- R2: Les tarifs y sont\n",
    "salon/access.yaml": (FIXTURES / "client-access.yaml").read_text("utf-8"),
}
"""A workspace without any problem: one client, who can open their portal."""

__all__ = ["CLIENT_PASSPHRASE", "PORTAL", "access_of_another"]

Workspace = Callable[..., Path]


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]

UNDATED = {
    "verify",
    "doctor",
    "schema",
    "seal",
    "access revoke",
    "access rotate",
    "access list",
    "invoice list",
    "new term",
}
"""Commands that need no day."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Make a workspace of the smallest site plus, or instead of its files, the given ones.

    Paths start at content/; None removes a file; bytes are written as they are.
    """

    def make(files: Mapping[str, str | bytes | None] | None = None) -> Path:
        for path, text in {**SMALLEST, **(files or {})}.items():
            file = tmp_path / "content" / path
            if text is None:
                file.unlink(missing_ok=True)
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            data = text if isinstance(text, bytes) else text.encode()
            file.write_bytes(data if path.startswith("salon/") else access_of_another(path, data))
        return tmp_path

    return make


@pytest.fixture
def run() -> Run:
    """Run a command in a workspace: `run(root, "build", "--strict")`."""

    def invoke(root: Path, command: str, *arguments: str, stdin: str | bytes | None = None) -> Ran:
        dated = [] if command in UNDATED or "--today" in arguments else ["--today", TODAY]
        words = [*command.split(), *arguments, "--workspace", str(root), *dated]
        result = CliRunner().invoke(main, words, input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return invoke
