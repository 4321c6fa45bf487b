"""Documents of every kind for tests of the electronic invoice, and the official verdict on them."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portalgen.invoice.document import Account, Document, Mention, Party, Reference

SELLER = Party(
    name="Atelier Maëlle Guérin",
    legal_form="EI",
    owner="Maëlle Guérin",
    street="14, quai des Brumes",
    postcode="44000",
    city="Nantes",
    country="France",
    siren="123 456 782",
    siret="123 456 782 00010",
    vat_number="FR 11 123456782",
    email="bonjour@atelier-guerin.example",
    phone="+33 6 39 98 14 27",
)
BUYER = Party(
    name="Salon Martin & Filles <SARL>",
    owner="Claire Martin",
    street="8, rue du Port\nau fond de la cour",
    postcode="44190",
    city="Clisson",
    siren="732829320",
    vat_number="FR44732829320",
    kind="business",
)
MENTIONS = tuple(
    Mention(code=code, text=text, source="C. com.")
    for code, text in (
        ("nature", "Nature de l’opération : prestation de services"),
        ("early-discount", "Escompte pour paiement anticipé : néant"),
        ("late-penalty", "Pénalités de retard : trois fois le taux d’intérêt légal"),
        ("recovery-fee", "Indemnité forfaitaire pour frais de recouvrement : 40 €"),
    )
)


def complete(document: Document) -> Document:
    """A document that says only what is billed, as an issued French invoice."""
    deposits = tuple(
        replace(deposit, number=f"2026-{at:03}", issued=date(2026, 9, at))
        for at, deposit in enumerate(document.deposits, 1)
    )
    return replace(
        document,
        number="2026-020",
        issued=date(2026, 11, 23),
        seller=SELLER,
        buyer=BUYER,
        deposits=deposits,
        corrects=Reference(number="2026-010", issued=date(2026, 10, 1))
        if document.kind == "credit note"
        else None,
        due=date(2026, 12, 23),
        delivered=(date(2026, 11, 2), date(2026, 11, 20)),
        mentions=MENTIONS,
        account=Account(holder="Maëlle Guérin EI", iban="FR76 3000 6000 0112 3456 7890 189"),
    )


@dataclass(frozen=True)
class Verdict:
    """The rules that an invoice breaks: of the XML schema, of Europe, and of France."""

    schema: list[str]
    european: list[str]
    french: list[str]


NOTHING = Verdict([], [], [])


def verdicts(invoices: Mapping[str, bytes], folder: Path) -> dict[str, Verdict]:
    """The official verdict on each invoice, by its name; one process for all of them."""
    for name, xml in invoices.items():
        (folder / f"{name}.xml").write_bytes(xml)
    program = Path(__file__).parent / "schematron.py"
    ran = subprocess.run(
        [sys.executable, str(program), str(folder)], capture_output=True, check=True, text=True
    )
    found = {name: Verdict(**faults) for name, faults in json.loads(ran.stdout).items()}
    assert found.keys() == invoices.keys()
    return found
