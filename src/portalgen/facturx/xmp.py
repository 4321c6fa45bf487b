"""What the PDF says of the invoice inside it (Factur-X 1.09, section 6.2.2), as XMP.

Strict readers look at the first `rdf:RDF` only, so that there is just one: these descriptions go
into the one that WeasyPrint makes.
"""

from xml.etree.ElementTree import (
    Element,
    SubElement,
    fromstring,
    register_namespace,
    tostring,
)

FILE_NAME = "factur-x.xml"
"""The name that readers look for."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
_PREFIXES = {
    "rdf": _RDF,
    "fx": _FX,
    "pdfaExtension": _EXTENSION,
    "pdfaSchema": _SCHEMA,
    "pdfaProperty": _PROPERTY,
}
_VALUES = {
    "DocumentType": ("INVOICE", "The type of the hybrid document in capital letters"),
    "DocumentFileName": (FILE_NAME, "The name of the embedded XML document"),
    "Version": ("1.0", "The actual version of the standard applying to the embedded XML document"),
    "ConformanceLevel": ("EN 16931", "The conformance level of the embedded XML document"),
}


def with_invoice(metadata: bytes) -> bytes:
    """The same `rdf:RDF`, with what it says of the invoice added.

    Args:
        metadata: an `rdf:RDF` element in UTF-8.
    """
    for prefix, name in _PREFIXES.items():
        register_namespace(prefix, name)
    rdf = fromstring(metadata)  # noqa: S314 - made by WeasyPrint a moment ago
    rdf.append(_invoice())
    rdf.append(_extension_schema())
    merged: bytes = tostring(rdf, "utf-8", xml_declaration=False)
    return merged


def _invoice() -> Element:
    described = _description()
    for name, (value, _) in _VALUES.items():
        SubElement(described, f"{{{_FX}}}{name}").text = value
    return described


def _extension_schema() -> Element:
    """PDF/A wants every property explained that is not its own (ISO 19005-3, section 6.6.2.3)."""
    described = _description()
    schema = _resource(SubElement(described, f"{{{_EXTENSION}}}schemas"), "Bag")
    _say(schema, _SCHEMA, schema="Factur-X PDFA Extension Schema", namespaceURI=_FX, prefix="fx")
    properties = SubElement(SubElement(schema, f"{{{_SCHEMA}}}property"), f"{{{_RDF}}}Seq")
    for name, (_, meaning) in _VALUES.items():
        entry = SubElement(properties, f"{{{_RDF}}}li", {f"{{{_RDF}}}parseType": "Resource"})
        _say(
            entry, _PROPERTY, name=name, valueType="Text", category="external", description=meaning
        )
    return described


def _description() -> Element:
    return Element(f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})


def _resource(parent: Element, kind: str) -> Element:
    items = SubElement(parent, f"{{{_RDF}}}{kind}")
    return SubElement(items, f"{{{_RDF}}}li", {f"{{{_RDF}}}parseType": "Resource"})


def _say(parent: Element, namespace: str, **values: str) -> None:
    for name, value in values.items():
        SubElement(parent, f"{{{namespace}}}{name}").text = value
