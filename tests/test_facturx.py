"""Factur-X: from the content to the PDF with its invoice, and what official readers make of it."""

import io
import re
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdf
import pytest
from conftest import SMALLEST, TODAY, Run, Workspace
from electronic import NOTHING, Verdict, verdicts
from portals import envelope_of, open_portal
from test_files import portal_key

from portalgen.desk import open_desk
from portalgen.envelope import decrypt_file, file_address, file_keys
from portalgen.facturx import cii_xml, obstacles, unissued
from portalgen.invoicing import drafted
from portalgen.parse import parse_client
from portalgen.read import read_client

STUDIO = SMALLEST["studio.yaml"]
CLIENT = SMALLEST["salon/client.yaml"]
FRENCH_CLIENT = CLIENT.replace(
    "kind: business, address: {", "kind: business, siren: 732 829 320, address: {"
)
FRANCHISE = (
    "name: Atelier Lumen\nowner: Ada Lumen\nlanguage: fr\nterms: {days: 30}\n"
    "address: {street: 2 rue des Halles, postcode: 44000, city: Nantes, country: France}\n"
    "legal: {form: EI, siren: 123456782, vat_regime: franchise, size: micro}\n"
)


def abroad(country: str, fields: str = "") -> str:
    return CLIENT.replace(
        "kind: business, address: {", f"kind: business, {fields}address: {{country: {country}, "
    )


CONSUMER = CLIENT.replace("kind: business", "kind: consumer")
AGREED = "---\nagreed: {by: claire, on: 2026-09-01}\n---\n- R1: Le site\n- R2: Les tarifs\n"
STEP = "---\ntitle: Maquette\nfinished: 2026-10-09\ncovers: [R1, R2]\n---\nFait.\n"
DEPOSIT = """\
kind: deposit
approval: {by: claire, on: 2026-09-02}
lines: [{text: Acompte de 30 %, price: 300, vat: 20}]
thanks: Merci
"""
FINAL = """\
kind: final
approval: {by: claire, on: 2026-11-02}
delivered_on: 2026-10-01/2026-10-30
deposits: [acompte]
lines:
  - {text: "Création & dessin <maquettes>", quantity: 2.5, unit: jours, price: 400, vat: 20}
  - {text: Impression, quantity: 1000, unit: exemplaires, base_quantity: 100, price: 3.456,
     vat: 5.5, discounts: [{percent: 10, why: Bon client}], charges: [{amount: 12.50, why: Port}]}
discounts: [{percent: 5, why: Fidélité, vat: 20}]
charges: [{amount: 10, why: Dossier, vat: 5.5}]
notes: Les livrets sont des livres.
thanks: Merci
"""
CREDIT = """\
kind: credit note
approval: {by: claire, on: 2026-11-20}
corrects: solde
lines: [{text: Un jour de moins, quantity: 1, unit: jour, price: 400, vat: 20}]
"""
BILLED: Mapping[str, str] = {
    "studio.yaml": STUDIO,
    "salon/client.yaml": FRENCH_CLIENT,
    "salon/spec.md": AGREED,
    "salon/steps/01-maquette.md": STEP,
    "salon/invoices/01-acompte.yaml": DEPOSIT,
    "salon/invoices/02-solde.yaml": FINAL,
    "salon/invoices/03-avoir.yaml": CREDIT,
}


def issue(root: Path, run: Run, *names: str) -> None:
    for name in names:
        ran = run(root, "approve", "salon", name)
        assert ran.code == 0, ran.err


# --- every kind of invoice, by the official rules ------------------------------------------------


def scenario(lines: str, **fields: str) -> str:
    said = {"number": "2026-007", "issued": "2026-11-20", "approval": "yes", **fields}
    head = "".join(f"{name}: {value}\n" for name, value in said.items())
    return f"{head}lines:\n  - {{text: Création, quantity: 2, unit: h, price: 45.50, {lines}}}\n"


ONLY_ADDRESS = Verdict([], [], ["BR-FR-12_BT-49"])
"""Who is no French business is not in the directory: such an invoice goes through no platform."""

SCENARIOS: Mapping[str, tuple[str, str, str, Verdict]] = {
    "standard": (STUDIO, FRENCH_CLIENT, scenario("vat: 20"), NOTHING),
    "franchise": (
        FRANCHISE,
        FRENCH_CLIENT,
        scenario("unit: heures").replace("unit: h, ", ""),
        NOTHING,
    ),
    "exempt": (
        STUDIO,
        FRENCH_CLIENT,
        scenario("vat: {category: E, why: Formation professionnelle}"),
        NOTHING,
    ),
    "services to a German business": (
        STUDIO,
        abroad("Allemagne", "vat_number: DE123456788, "),
        scenario("vat: {category: AE, why: Autoliquidation}"),
        ONLY_ADDRESS,
    ),
    "goods to a German business": (
        STUDIO,
        abroad("Deutschland", "vat_number: DE123456788, "),
        scenario("vat: {category: K, why: Livraison intracommunautaire}", delivered_on=TODAY),
        ONLY_ADDRESS,
    ),
    "goods to Switzerland": (
        STUDIO,
        abroad("Schweiz"),
        scenario("vat: {category: G, why: Exportation}"),
        ONLY_ADDRESS,
    ),
    "outside the scope of VAT": (
        STUDIO,
        abroad("United Kingdom"),
        scenario('vat: {category: O, why: "Article 259, 1° du CGI"}'),
        ONLY_ADDRESS,
    ),
    "in pounds, without VAT": (
        STUDIO,
        abroad("UK"),
        scenario('vat: {category: O, why: "Article 259, 1° du CGI"}', currency="GBP"),
        ONLY_ADDRESS,
    ),
    "a consumer": (STUDIO, CONSUMER, scenario("vat: 20", performed_at="Nantes"), ONLY_ADDRESS),
    "VAT on debits, and goods": (
        STUDIO.replace("size: micro", "size: micro, vat_on_debits: yes, nature: both"),
        FRENCH_CLIENT,
        scenario("vat: 8.5"),
        NOTHING,
    ),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Verdict]]:
    """Each scenario's electronic invoice, and the verdict on it."""
    invoices = {}
    for name, (studio, client, invoice, _) in SCENARIOS.items():
        root = tmp_path_factory.mktemp("scenario")
        files = {**SMALLEST, "studio.yaml": studio, "salon/client.yaml": client}
        for path, text in {**files, "salon/invoice.yaml": invoice}.items():
            file = root / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        desk, problems = open_desk(root)
        portal, unparsed = parse_client(read_client(root, "salon")[0])
        assert [*problems, *unparsed] == [], name
        document = drafted(portal.invoices[0], portal, desk.workspace)
        assert [*obstacles(document), *unissued(document)] == [], name
        invoices[name] = cii_xml(document)
    found = verdicts(invoices, tmp_path_factory.mktemp("verdicts"))
    return {name: (xml.decode(), found[name]) for name, xml in invoices.items()}


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_kind_of_customer_and_of_vat(
    judged: dict[str, tuple[str, Verdict]], name: str
) -> None:
    assert judged[name][1] == SCENARIOS[name][3]


def test_a_franchise_without_vat_number_names_its_siren_and_its_code(
    judged: dict[str, tuple[str, Verdict]],
) -> None:
    xml = judged["franchise"][0]
    assert '<ram:ID schemeID="FC">123456782</ram:ID>' in xml
    assert "<ram:ExemptionReasonCode>VATEX-FR-FRANCHISE<" in xml
    assert "<ram:Name>Ada Lumen EI<" in xml
    assert "<ram:TradingBusinessName>Atelier Lumen<" in xml


def test_a_consumer_is_told_of_no_fee(judged: dict[str, tuple[str, Verdict]]) -> None:
    xml = judged["a consumer"][0]
    assert "40" not in re.sub(r"<ram:(ID|IBANID|PostcodeCode|Line|Global).*", "", xml)
    assert re.search("<ram:Content>Sans objet</ram:Content>\\s*<ram:SubjectCode>PMT<", xml)


def test_what_is_billed_and_when_vat_is_due(judged: dict[str, tuple[str, Verdict]]) -> None:
    xml = judged["VAT on debits, and goods"][0]
    assert "<ram:ID>M1</ram:ID>" in xml
    assert "<ram:DueDateTypeCode>5<" in xml


WRONG: Mapping[str, tuple[Callable[[str], str], str]] = {
    "a wrong total": (lambda xml: xml.replace(">109.20<", ">109.70<"), "BR-CO-15"),
    "a wrong VAT": (lambda xml: xml.replace(">18.20<", ">28.20<"), "BR-CO-17"),
    "an unknown unit": (lambda xml: xml.replace('"HUR"', '"HEURE"'), "FX-SCH-A-000612"),
    "no note on recovery": (lambda xml: xml.replace(">PMT<", ">REG<"), "BR-FR-05_BT-22_PMT"),
    "no note on penalties": (lambda xml: xml.replace(">PMD<", ">REG<"), "BR-FR-05_BT-22_PMD"),
    "no note on discount": (lambda xml: xml.replace(">AAB<", ">REG<"), "BR-FR-05_BT-22_AAB"),
    "a credit of nothing": (lambda xml: xml.replace(">380<", ">381<"), "BR-FR-CO-05_BT-3"),
    "no country": (lambda xml: xml.replace("<ram:CountryID>FR</ram:CountryID>", "", 1), "BR-09"),
}


def test_wrong_ones_are_caught(judged: dict[str, tuple[str, Verdict]], tmp_path: Path) -> None:
    """So that a verdict means something: each mistake alone is found by its rule."""
    xml = judged["standard"][0]
    wrong = {name: spoil(xml) for name, (spoil, _) in WRONG.items()}
    assert all(text != xml for text in wrong.values())
    found = verdicts({name: text.encode() for name, text in wrong.items()}, tmp_path)
    for name, (_, rule) in WRONG.items():
        assert rule in [*found[name].european, *found[name].french], (name, found[name])


# --- the file ------------------------------------------------------------------------------------


@pytest.fixture
def issued(workspace: Workspace, run: Run) -> Path:
    root = workspace(BILLED)
    issue(root, run, "acompte", "solde", "avoir")
    return root


def test_the_files_of_a_client(issued: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "for the platform"
    folder.mkdir()
    ran = run(issued, "invoice pdf", "salon", "-o", str(folder))
    assert ran.code == 0, ran.err
    names = [
        "facture-d-acompte-2026-001.pdf",
        "facture-de-solde-2026-002.pdf",
        "avoir-2026-003.pdf",
    ]
    assert ran.out.splitlines() == [str(folder / name) for name in names]
    assert "approved platform" in ran.err
    assert "from 1 September 2027 on" in ran.err
    pdfs = [(folder / name).read_bytes() for name in names]
    invoices = {name: xml_in(pdf) for name, pdf in zip(names, pdfs, strict=True)}
    assert verdicts(invoices, tmp_path) == dict.fromkeys(names, NOTHING)
    types = [re.findall(r"<ram:TypeCode>(\d+)<", xml.decode())[0] for xml in invoices.values()]
    assert types == ["386", "380", "381"]
    references = [
        re.findall(r"<ram:IssuerAssignedID>(.*?)<", x.decode()) for x in invoices.values()
    ]
    assert references == [[], ["2026-001"], ["2026-002"]]
    assert b"<ram:ID>S4</ram:ID>" in invoices[names[1]]
    assert b"<ram:TotalPrepaidAmount>360.00<" in invoices[names[1]]


def test_a_file_is_a_pdf_for_the_archive_with_its_invoice(issued: Path, run: Run) -> None:
    target = issued / "solde.pdf"
    ran = run(issued, "invoice pdf", "salon", "2026-002", "-o", str(target))
    assert ran.out == f"{target}\n"
    pdf = pypdf.PdfReader(target)
    catalog: Any = pdf.trailer["/Root"]
    (attached,) = catalog["/AF"]
    assert attached.get_object()["/AFRelationship"] == "/Data"
    assert catalog["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    metadata = catalog["/Metadata"].get_data().decode()
    assert metadata.count("<rdf:RDF") == 1
    assert 'pdfaid:part="3" pdfaid:conformance="B"' in metadata
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in metadata
    assert "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>" in metadata
    assert all(is_embedded(font) for page in pdf.pages for font in fonts_of(page))
    assert not pdf.is_encrypted
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "2026-002" in text
    assert "Salon Martin" in text
    assert "Imprimer" not in text  # the style sheet for paper was loaded


def fonts_of(page: Any) -> list[Any]:
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    return [part.get_object() for font in fonts for part in font["/DescendantFonts"]]


def is_embedded(font: Any) -> bool:
    described = font["/FontDescriptor"].get_object()
    return "/FontFile2" in described or "/FontFile3" in described


def test_its_links_lead_to_no_page_of_the_portal(issued: Path, run: Run) -> None:
    target = issued / "solde.pdf"
    run(issued, "invoice pdf", "salon", "2026-002", "-o", str(target))
    links = [
        str(note.get_object()["/A"].get("/URI"))
        for page in pypdf.PdfReader(target).pages
        for note in page.get("/Annots", ())
    ]
    assert all(link.startswith(("mailto:", "tel:", "https:")) for link in links), links


def test_the_same_invoice_gives_the_same_bytes_whatever_was_paid_since(
    issued: Path, run: Run
) -> None:
    one, other = issued / "one.pdf", issued / "other.pdf"
    run(issued, "invoice pdf", "salon", "solde", "-o", str(one))
    invoice = issued / "content/salon/invoices/02-solde.yaml"
    text = invoice.read_text("utf-8")
    invoice.write_text(f"{text}payments: [{{on: 2026-11-20, amount: 100}}]\n", "utf-8")
    run(issued, "invoice pdf", "salon", "solde", "-o", str(other))
    assert one.read_bytes() == other.read_bytes()


def test_what_is_not_issued_is_refused(workspace: Workspace, run: Run) -> None:
    root = workspace({**BILLED, "salon/invoices/01-acompte.yaml": DEPOSIT.replace("approval", "#")})
    ran = run(root, "invoice pdf", "salon", "acompte")
    assert (ran.code, ran.out) == (1, "")
    assert "is not approved, so that there is nothing to send" in ran.err
    ran = run(root, "invoice pdf", "salon")
    assert (ran.code, ran.out) == (1, "")
    assert "no invoice of this client is issued" in ran.err
    ran = run(root, "invoice pdf", "salon", "nope")
    assert 'there is no invoice "nope"' in ran.err
    assert "the invoices are: acompte, solde, avoir" in ran.err


def test_what_was_edited_since_is_refused(issued: Path, run: Run) -> None:
    invoice = issued / "content/salon/invoices/01-acompte.yaml"
    invoice.write_text(invoice.read_text("utf-8").replace("300", "200"), "utf-8")
    ran = run(issued, "invoice pdf", "salon", "acompte")
    assert (ran.code, ran.out) == (1, "")
    assert "error[issued-and-edited]" in ran.err


def test_several_invoices_need_a_folder(issued: Path, run: Run) -> None:
    ran = run(issued, "invoice pdf", "salon", "-o", str(issued / "one.pdf"))
    assert ran.code == 2
    assert "name one of them, or make the folder first" in ran.err


def test_an_invoice_in_clear_is_not_put_among_what_is_published(issued: Path, run: Run) -> None:
    (issued / "output").mkdir()
    ran = run(issued, "invoice pdf", "salon", "acompte", "-o", str(issued / "output"))
    assert (ran.code, ran.out, list((issued / "output").iterdir())) == (2, "", [])
    assert "What lies in output/ is published: name another place with -o." in ran.err


def test_a_sign_without_a_shape_is_refused(workspace: Workspace, run: Run) -> None:
    """PDF/A knows none, so that a box is never printed in place of a name."""
    strange = DEPOSIT.replace("Acompte de 30 %", "Acompte \U0001f9ff\U000f0000")
    root = workspace({**BILLED, "salon/invoices/01-acompte.yaml": strange})
    issue(root, run, "acompte")
    ran = run(root, "invoice pdf", "salon")
    assert (ran.code, ran.out) == (1, "")
    assert "no font of this machine has" in ran.err


def test_without_the_extra_it_says_what_to_install(
    issued: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_engine(monkeypatch)
    ran = run(issued, "invoice pdf", "salon", "acompte")
    assert (ran.code, ran.out) == (1, "")
    assert 'pip install "portalgen[facturx]"' in ran.err


# --- in the portal -------------------------------------------------------------------------------


@pytest.fixture
def offering(workspace: Workspace, run: Run) -> Path:
    """A studio that hands its invoices over, one of which is issued, and one not."""
    root = workspace({**BILLED, "studio.yaml": f"{STUDIO}facturx: yes\n"})
    issue(root, run, "acompte")
    return root


def test_the_portal_hands_over_what_is_issued(offering: Path, run: Run, tmp_path: Path) -> None:
    ran = run(offering, "build")
    assert "Factur-X" not in ran.err
    folder = offering / "output/salon"
    pages = [html for html in open_portal(folder).values() if "facture-d-acompte" in html]
    (page,) = pages
    button = re.findall(r"<button[^>]* data-file=[^>]*>", page)[0]
    said = dict(re.findall(r'data-(\w+)="([^"]*)"', button))
    assert said["file"] == "issued/2026-001/facture-d-acompte-2026-001.pdf"
    run(offering, "invoice pdf", "salon", "acompte", "-o", str(tmp_path / "same.pdf"))
    pdf = (tmp_path / "same.pdf").read_bytes()
    assert (said["digest"], said["size"]) == (sha256(pdf).hexdigest(), str(len(pdf)))
    key = portal_key(folder)
    keys = file_keys(key, envelope_of(folder / "index.html").portal, said["file"], said["digest"])
    encrypted = (folder / file_address(keys)).read_bytes()
    assert b"".join(decrypt_file([encrypted], len(pdf), keys)) == pdf
    assert run(offering, "verify").code == 0


def test_a_file_is_drawn_once_and_a_damaged_one_anew(
    offering: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    run(offering, "invoice pdf", "salon", "acompte", "-o", str(one))
    (kept,) = (offering / ".portalgen/facturx").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    with monkeypatch.context() as patch:
        without_engine(patch)
        assert run(offering, "invoice pdf", "salon", "acompte", "-o", str(other)).code == 0
    assert one.read_bytes() == other.read_bytes()
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    run(offering, "invoice pdf", "salon", "acompte", "-o", str(other))
    assert one.read_bytes() == other.read_bytes()


def test_it_hands_over_nothing_unless_the_studio_says_so(issued: Path, run: Run) -> None:
    run(issued, "build")
    assert not list((issued / "output/salon/files").glob("*"))
    assert not any(".pdf" in html for html in open_portal(issued / "output/salon").values())


def test_without_the_extra_a_portal_goes_out_with_one_warning(
    offering: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_engine(monkeypatch)
    ran = run(offering, "build")
    assert ran.err.count("warning[no-pdf-engine]") == 1
    assert any("2026-001" in html for html in open_portal(offering / "output/salon").values())
    assert "warning[no-pdf-engine]" in run(offering, "check").err


def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("weasyprint", "portalgen.facturx.pdf"):
        monkeypatch.setitem(sys.modules, name, None)


def xml_in(pdf: bytes) -> bytes:
    ((_, (xml,)),) = pypdf.PdfReader(io.BytesIO(pdf)).attachments.items()
    return bytes(xml)
