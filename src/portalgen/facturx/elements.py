"""XML elements of UN/CEFACT's Cross Industry Invoice (D22B), one line of Python each."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, indent, tostring

NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
_DAY_FORMAT = "102"
"""UNTDID 2379: year, month, day without signs between."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0, section 2.2, has no place for."""

Part = Element | None
"""An element, or None for what is left out."""


def text(tag: str, content: object, **attributes: str) -> Element:
    """An element that holds a text."""
    element = Element(_named(tag), attributes)
    element.text = _NOT_XML.sub("\ufffd", str(content))
    return element


def maybe(tag: str, content: object | None, **attributes: str) -> Part:
    """An element that holds a text, unless there is none to hold."""
    return text(tag, content, **attributes) if content else None


def group(tag: str, *parts: Part | Iterable[Part]) -> Element:
    """An element that holds others, in their order; those that are None are left out."""
    element = Element(_named(tag))
    for part in parts:
        children = (part,) if part is None or isinstance(part, Element) else part
        element.extend(child for child in children if child is not None)
    return element


def filled(tag: str, *parts: Part | Iterable[Part]) -> Part:
    """An element that holds others, unless all of them are left out."""
    element = group(tag, *parts)
    return element if len(element) else None


def number(tag: str, value: Decimal, **attributes: str) -> Element:
    """An amount, a quantity or a rate, digit by digit."""
    return text(tag, format(value, "f"), **attributes)


def plain(value: Decimal) -> Decimal:
    """The same number without zeros after its last digit behind the point."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def day(tag: str, value: date, inner: str = "udt:DateTimeString") -> Element:
    """A date."""
    return group(tag, text(inner, value.strftime("%Y%m%d"), format=_DAY_FORMAT))


def written(root: Element) -> bytes:
    """The whole document in UTF-8; the same element always gives the same bytes."""
    for prefix, name in NAMESPACES.items():
        root.set(f"xmlns:{prefix}", name)
    indent(root)
    body: bytes = tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _named(tag: str) -> str:
    """Most elements are of the namespace ram, which goes without saying."""
    return tag if ":" in tag else f"ram:{tag}"
