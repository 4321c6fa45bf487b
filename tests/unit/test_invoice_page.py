"""The page of an invoice: what it says of each kind, what is left to pay, and how."""

import re
from urllib.parse import unquote

import pytest
from codes import code_in
from rendered import CLIENT, STUDIO, draft_of, pages_of, portal_of, text_of

from portalgen.language import Words
from portalgen.render.bill_payment import grouped

SELLER = STUDIO + (
    'legal: {form: EI, siret: "12345678200010", vat_number: FR11123456782}\n'
    "bank: {iban: FR7630006000011234567890189}\n"
    "terms: {days: 30}\n"
    "address: {street: 3 quay, country: France}\n"
)
FRANCHISE = SELLER.replace("{form: EI,", "{form: EI, vat_regime: franchise,")
HEAD = """\
approval: {by: claire, on: 2026-11-20, via: mail, waived: all}
number: 2026-021
issued: 2026-11-22
"""
LINES = """\
lines:
  - {text: The site, price: 1000, vat: 20, covers: [R1]}
  - {text: Hours, quantity: 7.5, unit: h, price: 62.50, vat: 20,
     discounts: [{percent: 10, why: Loyalty}]}
  - {text: Booklets, quantity: 40, price: 2.35, vat: 5.5}
thanks: Thank you for the coffee
"""
INVOICE = f"{HEAD}{LINES}"
ONE_RATE = f"{HEAD}lines: [{{text: A page, price: 100, vat: 20}}]\n"
PARTLY = "payments: [{on: 2026-11-23, amount: 1000}]\n"
DEPOSIT = INVOICE.replace("lines:", "kind: deposit\nlines:", 1).replace("021", "014")
FINAL = INVOICE.replace("lines:", "kind: final\ndeposits: [deposit]\nlines:", 1)
CREDIT = INVOICE.replace("lines:", "kind: credit note\ncorrects: 2026-007\nlines:", 1)


def _html(invoice: str = INVOICE, studio: str = SELLER, **files: str) -> str:
    """The page of the last invoice."""
    given = files if "invoices/01-deposit" in files else {"invoice": invoice, **files}
    pages = pages_of(portal_of(**given), studio)
    return [html for name, html in pages.items() if name.startswith("invoice")][-1]


def _text(invoice: str = INVOICE, studio: str = SELLER, **files: str) -> str:
    return text_of(_html(invoice, studio, **files))


def _final(deposit: str = DEPOSIT, final: str = FINAL) -> str:
    return _html(**{"invoices/01-deposit": deposit, "invoices/02-final": final})


# --- what it comes to ----------------------------------------------------------------------------


def test_the_lines_add_up() -> None:
    # 7.5 × 62.50 = 468.75, less 46.88; 1,421.87 × 20% = 284.37; 94.00 × 5.5% = 5.17
    text = _text()
    assert "Hours 7.5 h × €62.50 VAT 20% €468.75 Loyalty (10%) −€46.88" in text
    assert "Net of the line €421.87" in text
    assert "VAT Taxed amount Tax 20% €1,421.87 €284.37 5.5% €94.00 €5.17" in text
    assert "Total without VAT €1,515.87 Total VAT €289.54 Total with VAT €1,805.41" in text
    assert "Amount due €1,805.41" in text


def test_a_single_rate_needs_no_table() -> None:
    text = _text(ONE_RATE)
    assert "Total without VAT €100.00 VAT 20% €20.00 Total with VAT €120.00" in text
    assert "Taxed amount" not in text


def test_a_price_keeps_its_decimals_and_what_it_is_for() -> None:
    line = (
        "{text: Leaflets, quantity: 2500, unit: sheets, price: 0.12345, base_quantity: 10, vat: 20}"
    )
    text = _text(f"{HEAD}lines: [{line}]\n")
    assert "Leaflets 2,500 sheets × €0.12345 for 10 VAT 20% €30.86" in text


def test_discounts_and_charges_on_the_whole_stand_above_the_total() -> None:
    whole = (
        "discounts: [{percent: 5, why: Loyalty}]\n"
        "charges: [{amount: 12.5, why: Delivery}]\nrounding: 0.01\n"
    )
    text = _text(ONE_RATE + whole)
    assert "Total of the lines €100.00 Loyalty (5%) −€5.00 Delivery €12.50" in text
    assert "Total with VAT €129.00 Rounding €0.01 Amount due €129.01" in text


def test_a_franchise_prints_its_mention_and_no_vat() -> None:
    html = _html(re.sub(r", vat: [\d.]+", "", INVOICE), FRANCHISE)
    words = "TVA non applicable, article 293 B du CGI"
    assert re.findall('<p class="mention"[^>]*>TVA.*', html) == [
        f'<p class="mention" dir="auto" lang="fr">{words}</p>'
    ]
    text = text_of(html)
    assert "VAT" not in text
    assert "Total €1,515.87 Amount due €1,515.87" in text


def test_a_final_invoice_takes_off_its_deposits_and_says_what_remains() -> None:
    half = re.sub(
        r"lines:.*", "lines: [{text: Deposit, price: 500, vat: 20}]\n", DEPOSIT, flags=re.DOTALL
    )
    text = text_of(_final(half))
    assert "Total with VAT €1,805.41 Deposits already billed −€600.00 Amount due €1,205.41" in text
    told = "2026-014 22 November 2026 Without VAT €500.00 VAT €100.00 With VAT €600.00"
    rest = "Without VAT €1,015.87 VAT €189.54 With VAT €1,205.41"
    assert f"{told} What remains of this invoice {rest}" in text


# --- whether it is paid --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payments", "state", "headline", "amount"),
    [
        ("", "Awaiting your payment Late", "Amount due €1,805.41", "EUR1805.41"),
        (PARTLY, "Paid in part Late", "Left to pay €805.41", "EUR805.41"),
        (PARTLY.replace("1000", "1805.41"), "Paid", "Total with VAT €1,805.41", None),
        (PARTLY.replace("1000", "2000"), "Paid", "In your favour €194.59", None),
    ],
)
def test_the_head_says_what_is_left_to_pay(
    payments: str, state: str, headline: str, amount: str | None
) -> None:
    html = _html(INVOICE + payments)
    text, _, lines = text_of(html).partition("What is billed Quantity")
    assert text.startswith(f"Invoice No. 2026-021 {state} ")
    assert text.endswith(f"{headline} ")
    assert ("How to pay" in text) == (amount is not None) == ("IBAN" in lines)
    assert ("Payment due 22 December 2026" in text) == (amount is not None)
    said = code_in(html)
    assert (said.split("\n")[7] if said else None) == amount


def test_lateness_is_left_to_the_reader() -> None:
    assert '<span class="badge late" data-late-after="2026-12-22" hidden>' in _html()
    assert "data-late-after" not in _html(INVOICE + PARTLY.replace("1000", "1805.41"))


def test_what_came_in_is_told_with_its_day() -> None:
    assert "Paid on 23 November 2026 −€1,000.00 Left to pay €805.41" in _text(INVOICE + PARTLY)


def test_a_final_invoice_over_nothing_is_paid() -> None:
    html = _final()
    assert "Amount due €0.00" in text_of(html)
    assert "No. 2026-021 Paid " in text_of(html)
    assert code_in(html) is None


# --- how to pay ----------------------------------------------------------------------------------


def test_the_transfer_is_told_to_copy_and_as_a_code() -> None:
    html = _html(INVOICE + PARTLY)
    assert "Account holder Atelier Lumen IBAN FR76 3000 6000 0112 3456 7890 189 Copy" in text_of(
        html
    )
    assert "Amount €805.41 Reference to give 2026-021 Copy" in text_of(html)
    assert re.findall('data-copy="([^"]*)"', html) == ["FR7630006000011234567890189", "2026-021"]
    assert code_in(html) == "\n".join(
        [
            *("BCD", "002", "1", "SCT", ""),
            *("Atelier Lumen", "FR7630006000011234567890189"),
            *("EUR805.41", "", "", "2026-021"),
        ]
    )


@pytest.mark.parametrize(
    ("invoice", "studio"),
    [
        (f"{INVOICE}currency: CHF\n", SELLER),
        (INVOICE, SELLER.replace("7890189", "7890188")),
    ],
    ids=["other currency", "wrong IBAN"],
)
def test_without_a_code_there_is_still_an_account(invoice: str, studio: str) -> None:
    html = _html(invoice, studio)
    assert code_in(html) is None
    assert "How to pay Account holder Atelier Lumen IBAN FR76 3000" in text_of(html)


def test_without_an_account_there_is_no_way_to_pay() -> None:
    text = _text(studio=SELLER.replace("bank:", "website: https://lumen.example\n#"))
    assert "Awaiting your payment" in text
    assert "How to pay" not in text


def test_an_iban_is_printed_in_groups_of_four() -> None:
    assert grouped("FR76 30006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189"


def test_a_credit_note_names_its_original_and_asks_for_no_payment() -> None:
    html = _html(CREDIT)
    text = text_of(html)
    assert text.startswith("Credit note No. 2026-021 Print Seller")
    assert "Corrects invoice 2026-007 Amount credited €1,805.41 What is billed" in text
    assert not re.search("IBAN|How to pay|Payment due|Awaiting|data-late", html)
    assert code_in(html) is None


# --- what was agreed and delivered ---------------------------------------------------------------

DELIVERABLES = """\
- {id: site, title: The site, covers: [R1.1], delivered: 2026-10-02}
- {id: guide, title: The guide, covers: [R2], delivered: 2026-10-02}
- {id: later, title: Not yet, covers: [R1]}
"""


def test_a_line_leads_to_what_was_agreed_and_delivered_for_it() -> None:
    html = _html(
        INVOICE.replace("[R1]", "[R1, A1, R9]"),
        spec="- R1: a page\n  - R1.1: its words\n- R2: a guide\n",
        deliverables=DELIVERABLES
        + "- {id: map, title: A map, covers: [R3], delivered: 2026-10-02}\n",
        amendments="- {id: A1, title: More, agreed: {on: 2026-09-01}, text: 'R3: a map'}\n",
    )
    assert "The site Agreed in: R1 , A1 , R9 Delivered: The site , A map" in text_of(html)
    beside = re.findall(r'<a href="([^"]*)"[^>]*>(?:R1|A1|R9|A map)</a>', html)
    assert beside == [
        "../spec/index.html#r1",
        "../spec/index.html#amendment-1",
        "../deliverables/index.html#on-map",
    ]


# --- who, and thanks -----------------------------------------------------------------------------


def test_the_parties_are_named() -> None:
    address = "{street: 8 rue X, city: Nantes}"
    billing = f"billing: {{name: SARL Martin, siren: '987654324', address: {address}}}\n"
    text = _text(client=CLIENT + billing)
    assert "Seller Atelier Lumen Ada Blanc EI 3 quay France +33 (0)6 39 98 00 00 ada@" in text
    assert "SIRET 12345678200010 VAT number FR11123456782" in text
    assert "Billed to SARL Martin Claire Martin 8 rue X Nantes SIREN 987654324" in text
    assert "Issued on 22 November 2026 Payment due 22 December 2026" in text
    assert "Approval given by Claire Martin, 20 November 2026 (mail)" in text


def test_a_company_has_its_form_beside_its_own_name() -> None:
    text = _text(studio=SELLER.replace("form: EI", "form: SARL"))
    assert "Seller Atelier Lumen SARL Ada Blanc 3 quay" in text


def test_thanks_go_to_people_by_name_and_once() -> None:
    assert "Claire and Paul Roux, Thank you for the coffee Ada Blanc" in _text()
    named = INVOICE.replace("for the coffee", "for the coffee, Claire")
    assert "Paul Roux, Thank you" not in _text(named)
    assert "Thank you for the coffee, Claire Ada Blanc" in _text(named)


# --- paper and drafts ----------------------------------------------------------------------------


def _paper(html: str) -> str:
    found = re.search('<link rel="stylesheet" href="data:text/css,(%40page[^"]*)">', html)
    assert found is not None
    return unquote(found[1])


def test_each_sheet_says_which_it_is() -> None:
    assert _paper(_html()) == (
        '@page invoice{@bottom-left{content:"Atelier Lumen \\2013  Invoice 2026\\2d 021"}'
        '@bottom-right{content:"Page " counter(page) " of " counter(pages) ""}}'
    )


def test_no_name_ends_the_string_in_the_margin() -> None:
    studio = SELLER.replace("Atelier Lumen", "'A\"}</style>\\'")
    assert '"A\\22 \\7d \\3c \\2f style\\3e \\5c  \\2013  Invoice' in _paper(_html(studio=studio))


def test_a_draft_says_so_on_every_sheet_and_cannot_be_paid() -> None:
    unnumbered = INVOICE.partition("lines:")[2]
    html = draft_of(portal_of(invoice=f"lines:{unnumbered}"), SELLER)
    text = text_of(html)
    assert text.startswith("Draft: this is not an invoice Invoice Print Seller")
    assert "IBAN FR76 3000 6000 0112 3456 7890 189" in text
    assert not re.search("No\\.|Awaiting|Reference to give|#pay", html)
    assert code_in(html) is None
    assert '@top-center{content:"Draft\\3a  this is not an invoice"}' in _paper(html)


def test_french_says_it_as_the_french_do() -> None:
    words = Words("fr", "informal")
    assert words.text("Awaiting your payment") == "En attente de ton règlement"
    text = _text(client=f"{CLIENT}language: fr\naddress_form: tu\n")
    assert "Facture N° 2026-021 En attente de ton règlement" in text
    assert "TVA Base HT Montant de TVA" in text
