"""The electronic invoice of every case of tests/invoices, held against the official rules."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from electronic import Verdict, complete, verdicts
from invoice_cases import CASES, Case, by_name, parsed

from portalgen.facturx import cii_xml, obstacles
from portalgen.facturx.codes import unit_code
from portalgen.invoice.document import Document
from portalgen.invoicing import document_of


def document_in(case: Case) -> Document:
    found = parsed(case)
    return complete(document_of(found.invoice, found.portal, found.workspace))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    invoices = {str(at): cii_xml(document_in(case)) for at, case in enumerate(CASES)}
    return verdicts(invoices, tmp_path_factory.mktemp("cii"))


@pytest.mark.parametrize("at", range(len(CASES)), ids=lambda at: by_name(CASES[at]))
def test_a_bill_breaks_no_rule_but_french_ones_that_were_told(
    judged: dict[str, Verdict], at: int
) -> None:
    verdict, told = judged[str(at)], obstacles(document_in(CASES[at]))
    assert bool([*verdict.schema, *verdict.european, *verdict.french]) == bool(told), (
        verdict,
        told,
    )


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (None, "C62"),
        ("forfait", "C62"),
        ("Heures", "HUR"),
        ("Std.", "HUR"),
        ("días", "DAY"),
        ("journée", None),
        ("mois", "MON"),
        ("Stück", "H87"),
        ("pagina's", "ZP"),
        ("KMT", "KMT"),
    ],
)
def test_a_unit_is_known_by_its_word_in_any_language(unit: str | None, code: str | None) -> None:
    assert unit_code(unit) == code


def test_a_unit_without_a_code_is_told_in_words() -> None:
    document = document_in(CASES[0])
    (line, *_) = document.lines
    xml = cii_xml(replace(document, lines=(replace(line, unit="fournée"),))).decode()
    assert "<ram:Description>fournée</ram:Description>" in xml
    assert '<ram:BilledQuantity unitCode="C62">' in xml


def test_signs_that_xml_has_no_place_for_do_not_break_it() -> None:
    document = document_in(CASES[0])
    xml = cii_xml(replace(document, notes="un\x07 deux & <trois>"))
    assert "un\ufffd deux & <trois>" in "".join(fromstring(xml).itertext())
