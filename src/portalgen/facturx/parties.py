"""Who sells and who buys (BG-4, BG-7), where it is delivered (BG-13), and what identifies them."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from portalgen.facturx.codes import EMAIL_ADDRESS, SIREN, SIREN_ADDRESS, SIRET
from portalgen.facturx.elements import Part, filled, group, maybe, text
from portalgen.invoice.document import Document, Party
from portalgen.invoice.mentions.france import HOME
from portalgen.invoicing.facts import issuer_of
from portalgen.language import country_code

_FRANCE = "FR"


def siren_of(party: Party) -> str | None:
    """The SIREN, bare; it begins the SIRET."""
    return _bare(party.siren) or (_bare(party.siret) or "")[:9] or None


def siret_of(party: Party) -> str | None:
    """The SIRET, bare."""
    return _bare(party.siret)


def seller_country(document: Document) -> str | None:
    """ISO 3166-1 code (BT-40); who has a SIREN and names no country is in France."""
    seller = document.seller
    if seller.country is None:
        return _FRANCE if siren_of(seller) else None
    return country_code(seller.country)


def buyer_country(document: Document) -> str | None:
    """ISO 3166-1 code (BT-55); an address at home names no country."""
    written = document.buyer.country
    return seller_country(document) if written is None else country_code(written)


def is_french(document: Document) -> bool:
    """Whether French rules hold: the seller is in France, overseas departments included."""
    return seller_country(document) in HOME


def is_untaxed(document: Document) -> bool:
    """Whether it lies outside the scope of VAT, where VAT numbers may not stand (BR-O-02)."""
    return any(row.category == "O" for row in document.vat)


def seller(document: Document) -> Element:
    """BG-4. A sole trader's legal name is the person's, with EI (C. com., art. R526-27)."""
    who = document.seller
    legal, trading, more = who.name, None, _joined(who.legal_form, who.register)
    if who.owner and issuer_of(who.legal_form) == "sole trader":
        legal, trading, more = _joined(who.owner, who.legal_form), who.name, who.register or ""
    return group(
        "SellerTradeParty",
        maybe("GlobalID", siret_of(who), schemeID=SIRET),
        text("Name", legal),
        maybe("Description", more),
        _organization(who, trading if trading != legal else None),
        _contact(who),
        _address(who, seller_country(document)),
        _electronic(who),
        _seller_tax(document),
    )


def buyer(document: Document) -> Element:
    """BG-7."""
    who = document.buyer
    vat = None if is_untaxed(document) else _bare(who.vat_number)
    return group(
        "BuyerTradeParty",
        maybe("GlobalID", siret_of(who), schemeID=SIRET),
        text("Name", who.name),
        _organization(who, None),
        _contact(who),
        _address(who, buyer_country(document)),
        _electronic(who),
        filled("SpecifiedTaxRegistration", maybe("ID", vat, schemeID="VA")),
    )


def ship_to(document: Document) -> Part:
    """BG-13, which a supply within the European Union has to name (BR-IC-12)."""
    country = buyer_country(document)
    if country is None or all(row.category != "K" for row in document.vat):
        return None
    return group(
        "ShipToTradeParty", text("Name", document.buyer.name), _address(document.buyer, country)
    )


def _organization(who: Party, trading: str | None) -> Part:
    return filled(
        "SpecifiedLegalOrganization",
        maybe("ID", siren_of(who), schemeID=SIREN),
        maybe("TradingBusinessName", trading),
    )


def _contact(who: Party) -> Part:
    return filled(
        "DefinedTradeContact",
        maybe("PersonName", who.owner),
        filled("TelephoneUniversalCommunication", maybe("CompleteNumber", who.phone)),
        filled("EmailURIUniversalCommunication", maybe("URIID", who.email)),
    )


def _address(who: Party, country: str | None) -> Element:
    """BG-5, BG-8; the street takes three lines, and the third holds all that are left."""
    one, two, *rest = [*(who.street or "").splitlines(), "", ""]
    return group(
        "PostalTradeAddress",
        maybe("PostcodeCode", who.postcode),
        maybe("LineOne", one),
        maybe("LineTwo", two),
        maybe("LineThree", ", ".join(filter(None, rest))),
        maybe("CityName", who.city),
        maybe("CountryID", country),
    )


def _electronic(who: Party) -> Part:
    """BT-34, BT-49: where a platform delivers."""
    siren = siren_of(who)
    address, scheme = (siren, SIREN_ADDRESS) if siren else (who.email, EMAIL_ADDRESS)
    return filled("URIUniversalCommunication", maybe("URIID", address, schemeID=scheme))


def _seller_tax(document: Document) -> Iterator[Element]:
    """BT-31; without a VAT number the SIREN is the tax number (BT-32), which BR-E-02 asks for."""
    vat = _bare(document.seller.vat_number)
    number, scheme = (vat, "VA") if vat else (siren_of(document.seller), "FC")
    if number and not is_untaxed(document):
        yield group("SpecifiedTaxRegistration", text("ID", number, schemeID=scheme))


def _bare(number: str | None) -> str | None:
    """An identifier without the spaces, points and hyphens that make it readable."""
    return "".join(sign for sign in number or "" if sign.isalnum()) or None


def _joined(*parts: str | None) -> str:
    return " ".join(filter(None, parts))
