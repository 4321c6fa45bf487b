"""A file that the content may refer to: an attachment, a picture, a logo."""

import unicodedata
from dataclasses import dataclass, field

_SHOWN = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "pdf": "application/pdf",
}
"""What can run nothing when it is shown. SVG and HTML could, so they are not here."""

_SVG = "image/svg+xml"
_SMALL = 64 * 1024
_SMALL_SVG = 256 * 1024
"""Bytes up to which a picture may travel inside a page; DEFLATE takes back what base64 adds."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a client's folder.

    Attributes:
        path: from the client's folder, as it is stored.
        size: in bytes.
        digest: SHA-256 of the content, in hexadecimal; empty until the file was read.
        content: the whole of a small picture, once it was read; None for any other file.
        dimensions: width and height in pixels of a raster picture, once it was read; None when its
            header does not say.
    """

    path: str
    size: int
    digest: str = ""
    content: bytes | None = field(default=None, repr=False)
    dimensions: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """The last segment of its path."""
        return self.path.rpartition("/")[2]

    @property
    def known_as(self) -> str:
        """Its path in Unicode NFC, as the lock names it (docs/lock-format.md, section 6)."""
        return unicodedata.normalize("NFC", self.path)

    @property
    def media_type(self) -> str | None:
        """The type of what a browser may show on its own; None for what is only handed over."""
        return _SHOWN.get(self.ending)

    @property
    def picture_type(self) -> str | None:
        """The type of what may stand in an `img`, where even SVG runs nothing; None for others."""
        found = _SVG if self.ending == "svg" else self.media_type
        return found if found and found.startswith("image/") else None

    @property
    def is_raster(self) -> bool:
        """Whether it is a picture made of pixels, with a width and a height of its own."""
        return self.picture_type is not None and self.picture_type != _SVG

    @property
    def is_small_picture(self) -> bool:
        """Whether it may travel inside a page."""
        limit = _SMALL_SVG if self.picture_type == _SVG else _SMALL
        return self.picture_type is not None and self.size <= limit

    @property
    def ending(self) -> str:
        """What stands after the last dot of its name, in small letters; empty without a dot."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""
