"""Files of any kind: which of them may hold a secret in clear, and their text."""

import codecs

LARGEST_SEARCHED = 1024 * 1024
"""Bytes of a file up to which it is looked through."""

_BEGINNING = 4096
"""Bytes of a file in which a zero tells that it is no text."""

_NO_TEXTS = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".tif", ".tiff", ".psd", ".ai"),
    *(".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip", ".gz", ".7z", ".rar"),
    *(".mp3", ".mp4", ".m4a", ".mov", ".webm", ".ogg", ".wav", ".woff", ".woff2", ".ttf", ".otf"),
)
"""Endings of files that are not even opened to see whether they are texts."""


def may_be_text(path: str, size: int) -> bool:
    """Whether a file of that name and size, in bytes, is worth opening."""
    return size <= LARGEST_SEARCHED and not path.lower().endswith(_NO_TEXTS)


def text_of(data: bytes) -> str:
    """The text, in whatever encoding editors and spreadsheets use; empty if it is none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:_BEGINNING]:
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
