"""The letter to somebody who is let in, in each language and form of address."""

import pytest

from portalgen.access.invitation import letter_to_contact
from portalgen.model.folder import Folder
from portalgen.model.portal import Portal
from portalgen.model.studio import Studio
from portalgen.parse import parse_client, parse_studio
from portalgen.problem import Source

STUDIO = "name: Atelier Lumen\nlanguage: en\nportals: https://portals.example.org/\n"
CLIENT = """\
name: Salon Martin
language: {language}
address_form: {form}
contacts: [{{id: claire, name: Claire Martin}}]
project: {{title: Vitrine}}
"""


def _folder(path: str, files: dict[str, str]) -> Folder:
    texts = {name: Source(f"{path}/{name}", text) for name, text in files.items()}
    nothing: frozenset[str] = frozenset()
    return Folder(path=path, texts=texts, files={}, unreadable=nothing, outside=nothing)


def _site(language: str, form: str) -> tuple[Studio, Portal]:
    workspace, problems = parse_studio(_folder("content", {"studio.yaml": STUDIO}))
    client = CLIENT.format(language=language, form=form)
    files = {"client.yaml": client, "spec.md": "- R1: a page\n"}
    portal, found = parse_client(_folder("content/salon", files))
    assert [*problems, *found] == []
    return workspace.studio, portal


@pytest.mark.parametrize(
    ("language", "form", "greeting", "title", "closing"),
    [
        ("en", "formal", "Hello Claire Martin,", "“Vitrine”", "Kind regards,"),
        ("en", "informal", "Hello Claire,", "“Vitrine”", "See you soon,"),
        ("fr", "tu", "Bonjour Claire,", "«\u00a0Vitrine\u00a0»", "À bientôt,"),
        ("de", "Sie", "Guten Tag Claire Martin,", "„Vitrine“", "Mit freundlichen Grüßen"),
        ("de", "du", "Hallo Claire,", "„Vitrine“", "Bis bald"),
        ("es", "usted", "Hola, Claire Martin:", "«Vitrine»", "Un cordial saludo,"),
        ("es", "tú", "Hola, Claire:", "«Vitrine»", "Hasta pronto,"),
        ("it", "Lei", "Buongiorno Claire Martin,", "«Vitrine»", "Cordiali saluti,"),
        ("it", "tu", "Ciao Claire,", "«Vitrine»", "A presto,"),
        ("nl", "u", "Dag Claire Martin,", "‘Vitrine’", "Met vriendelijke groet,"),
        ("nl", "je", "Hoi Claire,", "‘Vitrine’", "Tot gauw,"),
        ("pt", "o senhor", "Olá, Claire Martin,", "«Vitrine»", "Com os melhores cumprimentos,"),
        ("pt", "tu", "Olá, Claire,", "«Vitrine»", "Até breve,"),
    ],
)
def test_a_letter_speaks_as_its_reader_does(
    language: str, form: str, greeting: str, title: str, closing: str
) -> None:
    studio, portal = _site(language, form)
    letter = letter_to_contact(studio, portal, portal.client.contacts[0])
    first, opening, address, *_, last, signature = letter.split("\n\n")
    assert (first, last, signature) == (greeting, closing, "Atelier Lumen")
    assert title in opening
    assert address == "https://portals.example.org/salon/"
