"""Who may open a portal: `access.yaml`, written by the tool and committed."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from portalgen.model.record import Record
from portalgen.model.values import Day, Items, Text, YesNo

FROM_GIT = "take access.yaml back from git"
"""How to mend what no hand can write."""


class PublicKey(Record):
    """A P-256 public key as a JWK (RFC 7517, RFC 7518 section 6.2)."""

    kty: Text = Field(description="key type")
    crv: Text = Field(description="curve")
    x: Text = Field(description="x coordinate, base64url")
    y: Text = Field(description="y coordinate, base64url")

    @property
    def jwk(self) -> dict[str, str]:
        """The key as plain JWK members."""
        return {"kty": self.kty, "crv": self.crv, "x": self.x, "y": self.y}


class Person(Record):
    """One way in: public keys in clear, private keys locked under a passphrase or a link's secret.

    A person has at most one with a passphrase. A link is another, under the same name.
    """

    name: Text = Field(description="a contact's id, or a name")
    kid: Text = Field(description="key id, random")
    granted: Day = Field(description="the day access was granted")
    by: Text | None = Field(None, description="who granted it")
    link: YesNo = Field(False, description="yes: an access link, without a passphrase")
    read: PublicKey = Field(description="key to encrypt to")
    sign: PublicKey = Field(description="key to verify signatures with")
    locked: Text = Field(description="private keys, a JWE under a passphrase or a link's secret")


class Access(Record):
    """The people of a portal, or of the studio."""

    portal: Text | None = Field(None, description="the portal's id, random")
    salt: Text = Field(description="salt of the passphrases, base64url")
    people: Annotated[tuple[Person, ...], Items] = Field((), description="who may open it")


def people_of(*lists: Access | None) -> tuple[Person, ...]:
    """Everybody on those lists, in order: the client's own people come first."""
    return tuple(person for access in lists if access for person in access.people)


def kids_of(people: Iterable[Person]) -> frozenset[str]:
    """The key ids of people."""
    return frozenset(person.kid for person in people)
