"""Belgium and Germany, begun: right as far as the sources go, and not all that there is."""

from portalgen.invoice.mentions.row import Row, each

_AR = "AR n° 1, art. 5, § 1er"

BELGIUM = (
    Row(
        code="seller-address",
        source=_AR,
        needs=each("studio.address.street", "studio.address.postcode", "studio.address.city"),
    ),
    Row(code="vat-number", source=_AR, needs=each("studio.legal.vat_number")),
    Row(
        code="buyer-address",
        source=_AR,
        customer="business",
        needs=each("client.billing.address.street", "client.billing.address.city"),
    ),
    Row(
        code="buyer-vat-number",
        source=_AR,
        customer="business",
        needs=each("client.billing.vat_number"),
    ),
    Row(
        code="franchise",
        source="Code de la TVA belge, art. 56bis",
        regime="franchise",
        reasons=frozenset(("E",)),
    ),
    Row(
        code="reverse-charge",
        source=_AR,
        categories=frozenset(("AE",)),
        text={"fr": "Autoliquidation", "nl": "Btw verlegd"},
    ),
    Row(code="exemption", source=_AR, regime="standard", reasons=frozenset(("E",))),
    Row(code="untaxed", source=_AR, reasons=frozenset(("AE", "K", "G", "O"))),
)

_USTG = "UStG, § 14 Abs. 4"

GERMANY = (
    Row(
        code="seller-address",
        source=f"{_USTG} Nr. 1",
        needs=each("studio.address.street", "studio.address.postcode", "studio.address.city"),
    ),
    Row(
        code="tax-number",
        source=f"{_USTG} Nr. 2; UStDV, § 34a",
        needs=(("studio.legal.vat_number", "studio.legal.tax_number"),),
    ),
    Row(
        code="tax-number-printed",
        source=f"{_USTG} Nr. 2",
        given="studio.legal.tax_number",
        text={"de": "Steuernummer: {tax_number}"},
    ),
    Row(
        code="buyer-address",
        source=f"{_USTG} Nr. 1",
        needs=each("client.billing.address.street", "client.billing.address.city"),
    ),
    Row(
        code="delivered",
        source=f"{_USTG} Nr. 6",
        kinds=frozenset(("invoice", "final")),
        regime="standard",
        needs=each("invoice.delivered_on"),
    ),
    Row(
        code="franchise",
        source="UStG, § 19; UStDV, § 34a",
        regime="franchise",
        reasons=frozenset(("E",)),
    ),
    Row(
        code="reverse-charge",
        source="UStG, § 14a Abs. 5",
        categories=frozenset(("AE",)),
        text={"de": "Steuerschuldnerschaft des Leistungsempfängers"},
    ),
    Row(code="exemption", source=f"{_USTG} Nr. 8", regime="standard", reasons=frozenset(("E",))),
    Row(code="untaxed", source=f"{_USTG} Nr. 8", reasons=frozenset(("AE", "K", "G", "O"))),
)

ELSEWHERE = (
    Row(
        code="exemption",
        source="Directive 2006/112/EC, art. 226 (11)",
        reasons=frozenset(("E", "AE", "K", "G", "O")),
    ),
)
"""Any other country: what the author wrote beside the VAT, and nothing that we would say."""
