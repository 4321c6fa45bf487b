"""A mail with news for one client: what is new, what is being done, what comes next.

Its facts are those of the portal, as a build would make it. It is a draft: nothing is sent.
"""

from portalgen.digest.mail import mail_of, unaddressed
from portalgen.digest.make import Draft, Reader, Since, Wish, make_digest
from portalgen.digest.refusal import DigestError
from portalgen.digest.text import letter

__all__ = [
    "DigestError",
    "Draft",
    "Reader",
    "Since",
    "Wish",
    "letter",
    "mail_of",
    "make_digest",
    "unaddressed",
]
