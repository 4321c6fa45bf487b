"""The lock: people's keys, the portal key, pages, files and seals, as docs/lock-format.md says.

This package is the only home of joserfc and cryptography. joserfc does the key management (PBES2,
ECDH-ES, A256KW) and what is small; pages and files are encrypted with AES-GCM directly.
"""

from portalgen.envelope.files import (
    ChangedError,
    FileKeys,
    check_file_shape,
    decrypt_file,
    encrypt_file,
    encrypted_size,
    file_address,
    file_keys,
    is_file_address,
)
from portalgen.envelope.jose import DamagedError, WrongPassphraseError
from portalgen.envelope.pages import MAX_PAGE_BYTES, envelope_json, lock_page, open_page
from portalgen.envelope.people import (
    ITERATIONS,
    PersonKeys,
    PrivateKeys,
    lock_keys,
    make_link,
    make_person,
    new_kid,
    new_salt,
    new_secret,
    open_link,
    open_person,
    public_half,
)
from portalgen.envelope.portal_key import (
    dashboard_id,
    new_portal_id,
    new_portal_key,
    path_id,
    unwrap_portal_key,
    wrap_portal_key,
)
from portalgen.envelope.seals import MAX_SEALED_BYTES, open_seal, seal_text

__all__ = [
    "ITERATIONS",
    "MAX_PAGE_BYTES",
    "MAX_SEALED_BYTES",
    "ChangedError",
    "DamagedError",
    "FileKeys",
    "PersonKeys",
    "PrivateKeys",
    "WrongPassphraseError",
    "check_file_shape",
    "dashboard_id",
    "decrypt_file",
    "encrypt_file",
    "encrypted_size",
    "envelope_json",
    "file_address",
    "file_keys",
    "is_file_address",
    "lock_keys",
    "lock_page",
    "make_link",
    "make_person",
    "new_kid",
    "new_portal_id",
    "new_portal_key",
    "new_salt",
    "new_secret",
    "open_link",
    "open_page",
    "open_person",
    "open_seal",
    "path_id",
    "public_half",
    "seal_text",
    "unwrap_portal_key",
    "wrap_portal_key",
]
