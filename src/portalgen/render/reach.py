"""The ways to reach the studio, as addresses that carry a message where the way allows it."""

from urllib.parse import quote

from portalgen.language import message
from portalgen.model.studio import Studio

WAYS = {
    "email": message("Write an email"),
    "phone": message("Call"),
    "sms": message("Send a text message"),
    "whatsapp": message("Write on WhatsApp"),
}
"""What the link of each way says."""


def reach(studio: Studio, way: str, subject: str = "", body: str = "") -> str | None:
    """The address to reach the studio in that way; None when it gives none.

    Args:
        subject: of the message, where the way knows subjects.
        body: the message, its lines ended by line feeds; a call carries none.
    """
    number = dialled(studio.phone or "")
    if way == "email":
        return _mailto(studio.email, subject, body) if studio.email else None
    if way == "whatsapp":
        # The service takes international numbers only.
        query = f"?text={_encoded(body)}" if body else ""
        return f"https://wa.me/{number[1:]}{query}" if number.startswith("+") else None
    if way == "sms" and body:
        # RFC 5724 has `?body=`; older iPhones want `&body=`, and all systems read the two together.
        return f"sms:{number}?&body={_encoded(body)}" if number else None
    return f"{'sms' if way == 'sms' else 'tel'}:{number}" if number else None


def _mailto(email: str, subject: str, body: str) -> str:
    """RFC 6068: everything percent-encoded, and lines ended by %0D%0A (section 5)."""
    fields = {"subject": subject, "body": body.replace("\n", "\r\n")}
    query = "&".join(f"{name}={_encoded(text)}" for name, text in fields.items() if text)
    return f"mailto:{quote(email, safe='@+')}{query and '?'}{query}"


def _encoded(text: str) -> str:
    return quote(text, safe="")


def dialled(phone: str) -> str:
    """A phone number as one dials it, without the (0) that is not dialled from abroad."""
    return "".join(sign for sign in phone.replace("(0)", "") if sign in "+0123456789")
