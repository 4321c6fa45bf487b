"""What French law wants to read on an invoice.

Sources are cited as the codes are: CGI ann. II for annexe II of the Code général des impôts,
C. com. for the Code de commerce, C. conso. for the Code de la consommation. The law's wording is
French whatever the language of the invoice.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from portalgen.invoice.mentions.facts import UNION, Size
from portalgen.invoice.mentions.row import BILLS, Row, each

HOME = frozenset(("FR", "GP", "MQ", "RE", "GF", "YT"))
"""France, and the overseas departments that ISO 3166-1 counts apart."""

_NONIES = "CGI ann. II, art. 242 nonies A, "
_REFORM: Mapping[Size, date] = {
    "large": date(2026, 9, 1),
    "medium": date(2027, 9, 1),
    "small": date(2027, 9, 1),
    "micro": date(2027, 9, 1),
}
"""Décret 2022-1299, art. 3, as amended by décret 2024-266: ETI and large first, by the issuer."""

_PENALTY = (
    "taux appliqué par la Banque centrale européenne à son opération de refinancement la plus"
    " récente, majoré de 10 points de pourcentage"
)
"""What holds when nothing was agreed (L441-10, II). A formula: the figure changes twice a year."""

_NATURES = {
    "goods": "livraison de biens",
    "services": "prestation de services",
    "both": "livraison de biens et prestation de services",
}


def _of_capital(capital: str) -> str:
    """A bare number as an amount, so that 10000 is 10 000 €; anything else as it was written."""
    if not capital[0].isdigit():
        return f"à capital {capital}"
    if re.fullmatch(r"\d+(?:\.\d\d)?", capital):
        whole, point, cents = capital.partition(".")
        grouped = f"{int(whole):,}".replace(",", "\u202f")
        capital = f"{grouped},{cents}\u00a0€" if point else f"{grouped}\u00a0€"
    return f"au capital de {capital}"


ISSUER = (
    Row(
        code="seller-address",
        source=_NONIES + "I-1°",
        needs=each("studio.address.street", "studio.address.postcode", "studio.address.city"),
    ),
    Row(
        code="legal-form",
        source="C. com., art. R526-27 et R123-238",
        needs=each("studio.legal.form"),
    ),
    Row(
        code="sole-trader",
        source="C. com., art. R526-27",
        issuer="sole trader",
        from_=date(2022, 5, 15),
        needs=each("studio.owner"),
    ),
    Row(
        code="siren",
        source="C. com., art. R123-237, 1°",
        needs=(("studio.legal.siret", "studio.legal.siren"),),
    ),
    Row(
        code="register",
        source="C. com., art. R123-237, 2°",
        issuer="company",
        needs=each("studio.legal.register"),
    ),
    Row(
        code="capital",
        source="C. com., art. R123-238",
        issuer="company",
        needs=each("studio.legal.form", "studio.legal.capital"),
        spelled={"studio.legal.capital": _of_capital},
        text={"fr": "{form} {capital}"},
    ),
    Row(
        code="vat-number",
        source=_NONIES + "I-2° et II",
        kinds=BILLS,
        regime="standard",
        above_net=Decimal(150),
        needs=each("studio.legal.vat_number"),
    ),
    Row(
        code="vat-number-abroad",
        source="CGI, art. 286 ter",
        categories=frozenset(("AE", "K")),
        customers_at=UNION - HOME,
        needs=each("studio.legal.vat_number"),
    ),
)

CUSTOMER = (
    Row(
        code="customer",
        source="C. com., art. L441-9 et L441-10",
        needs=each("client.billing.kind"),
    ),
    Row(
        code="buyer-address",
        source=f"C. com., art. L441-9, I ; {_NONIES}I-1°",
        customer="business",
        needs=each("client.billing.address.street", "client.billing.address.city"),
    ),
    Row(
        code="buyer-siren",
        source=f"{_NONIES}I-1° ; décret 2022-1299",
        customer="business",
        customers_at=HOME,
        from_by_size=_REFORM,
        needs=each("client.billing.siren"),
    ),
    Row(
        code="buyer-vat-number",
        source=f"{_NONIES}I-3° et 4°",
        categories=frozenset(("AE", "K")),
        needs=each("client.billing.vat_number"),
    ),
    Row(
        code="delivery-address",
        source=f"{_NONIES}I-7° bis ; décret 2022-1299",
        given="client.billing.delivery_address",
        text={"fr": "Adresse de livraison\u00a0: {delivery_address}"},
    ),
)

OPERATION = (
    Row(
        code="nature",
        source=f"{_NONIES}I-8° bis ; décret 2022-1299",
        from_by_size=_REFORM,
        early=True,
        needs=(("invoice.nature", "studio.legal.nature"),),
        spelled={"invoice.nature": _NATURES.__getitem__},
        text={"fr": "Nature de l’opération\u00a0: {nature}"},
    ),
    Row(
        code="delivered",
        source="CGI, art. 262 ter, I ; EN 16931, BR-IC-11",
        kinds=frozenset(("invoice", "final")),
        categories=frozenset(("K",)),
        needs=each("invoice.delivered_on"),
    ),
    Row(
        code="vat-on-debits",
        source=f"{_NONIES}I-11° bis ; décret 2022-1299",
        regime="standard",
        given="studio.legal.vat_on_debits",
        text={"fr": "Option pour le paiement de la taxe d’après les débits"},
    ),
    Row(
        code="franchise",
        source="CGI, art. 293 E, II",
        regime="franchise",
        categories=frozenset(("E",)),
        reasons=frozenset(("E",)),
    ),
    Row(
        code="reverse-charge",
        source=f"{_NONIES}I-13°",
        categories=frozenset(("AE",)),
        text={"fr": "Autoliquidation"},
    ),
    Row(
        code="exemption",
        source=f"{_NONIES}I-12°",
        regime="standard",
        reasons=frozenset(("E",)),
    ),
    Row(
        code="untaxed",
        source=f"{_NONIES}I-12°",
        reasons=frozenset(("AE", "K", "G", "O")),
    ),
)

PAYMENT = (
    Row(
        code="due",
        source="C. com., art. L441-9, I",
        customer="business",
        kinds=BILLS,
        needs=(("studio.terms.days", "invoice.due"),),
    ),
    Row(
        code="early-discount",
        source="C. com., art. L441-9, I",
        customer="business",
        kinds=BILLS,
        needs=each("studio.terms.early_discount"),
        defaults={"studio.terms.early_discount": "néant"},
        text={"fr": "Escompte pour paiement anticipé\u00a0: {early_discount}"},
    ),
    Row(
        code="late-penalty",
        source="C. com., art. L441-10, II",
        customer="business",
        kinds=BILLS,
        needs=each("studio.terms.late_rate"),
        defaults={"studio.terms.late_rate": _PENALTY},
        text={"fr": "Pénalités de retard, exigibles sans rappel\u00a0: {late_rate}"},
    ),
    Row(
        code="recovery-fee",
        source="C. com., art. L441-10, II et D441-5",
        customer="business",
        kinds=BILLS,
        text={"fr": "Indemnité forfaitaire pour frais de recouvrement\u00a0: 40\u00a0€"},
    ),
)

CONSUMER = (
    Row(
        code="consumer-note",
        source="Arrêté 83-50/A du 3 octobre 1983, art. 3",
        customer="consumer",
        kinds=frozenset(("invoice", "final")),
        from_gross=Decimal(25),
        needs=each("invoice.delivered_on", "invoice.performed_at"),
        text={"fr": "Lieu d’exécution de la prestation\u00a0: {performed_at}"},
    ),
    Row(
        code="mediator",
        source="C. conso., art. L616-1 et R616-1",
        customer="consumer",
        needs=each("studio.legal.mediator"),
        text={"fr": "Médiateur de la consommation\u00a0: {mediator}"},
    ),
)

FRANCE = (*ISSUER, *CUSTOMER, *OPERATION, *PAYMENT, *CONSUMER)
