"""Seals: a short secret, encrypted to people: docs/lock-format.md, section 6."""

from collections.abc import Sequence

from portalgen.canonical import EnvelopeError, dump_json
from portalgen.envelope.jose import DamagedError, decrypt_as, encrypt_to
from portalgen.envelope.people import PrivateKeys
from portalgen.envelope_shape import SEAL_BLOCK_BYTES, SEAL_HEADER, Jwk, check, parse_seal

MAX_SEALED_BYTES = 4096
_END = b"\x80"  # ISO/IEC 7816-4: then zeros


def seal_text(text: str, portal: str, name: str, readers: Sequence[tuple[str, Jwk]]) -> str:
    """Encrypt a text to each reader, given as (kid, public read key); returns JSON text.

    Raises EnvelopeError when the text is empty or too long, or the name or a key is wrong.
    """
    data = text.encode()
    if not 1 <= len(data) <= MAX_SEALED_BYTES:
        raise EnvelopeError(f"a seal holds 1 to {MAX_SEALED_BYTES} bytes")
    header = {"enc": "A256GCM", "cty": "text/plain", "portal": portal, "seal": name}
    check(header, SEAL_HEADER, "seal header")
    padded = data + _END
    padded += b"\0" * (-len(padded) % SEAL_BLOCK_BYTES)
    made = dump_json(encrypt_to(readers, header, padded))
    parse_seal(made)
    return made


def open_seal(sealed: str, private: PrivateKeys, portal: str) -> str:
    """Return the text of a seal of that portal.

    Raises EnvelopeError (shape, or not sealed for this person) or DamagedError.
    """
    seal = parse_seal(sealed)
    if seal.portal != portal:
        raise DamagedError("this seal belongs to another portal")
    padded = decrypt_as(private.kid, private.read, seal.encrypted, "seal")
    data = padded.rstrip(b"\0")
    if not data.endswith(_END):
        raise DamagedError("the seal has another padding")
    try:
        return data[: -len(_END)].decode()
    except UnicodeDecodeError as error:
        raise DamagedError("the seal is not UTF-8") from error
