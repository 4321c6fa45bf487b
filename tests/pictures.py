"""Small files of pictures, made byte by byte."""

import struct
import zlib


def png(width: int, height: int, *, padding: int = 0) -> bytes:
    """A white PNG of that many pixels, and larger by that many bytes."""
    rows = b"".join(b"\0" + b"\xff" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"prVt", b"\1" * padding))
    chunks = b"".join(_chunk(kind, data) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + chunks + _chunk(b"IEND", b"")


def huge_png(width: int, height: int) -> bytes:
    """The beginning of a PNG that claims to have that many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IEND", b"")


def turned_jpeg(width: int, height: int) -> bytes:
    """The header of a JPEG stored as that, which a camera noted to be turned by a quarter."""
    orientation = struct.pack(">HHHII", 1, 0x0112, 3, 1, 6 << 16) + b"\0\0\0\0"
    exif = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + orientation
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + _segment(0xE1, exif) + _segment(0xC0, frame) + b"\xff\xd9"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data
