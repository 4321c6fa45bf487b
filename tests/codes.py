"""QR codes read as a camera does, from the drawing on the page."""

import re

import zxingcpp

_CODE = re.compile(r'<svg viewBox="0 0 (\d+) \1" class="qr">(.*?)</svg>')
_DARK = re.compile(r'<path stroke="#000" d="M(\d+) (\d+)\.5([^"]*)"/>')
_STROKE = re.compile(r"(h|m)(-?\d+)(?: (-?\d+))?")
_SCALE = 4  # pixels of a module


def code_in(html: str) -> str | None:
    """What the code on a page says; None when there is no code."""
    found = _CODE.search(html)
    if found is None:
        return None
    width = int(found[1])
    read = zxingcpp.read_barcode(_enlarged(_drawn(found[2], width), width))
    assert read is not None, "the code cannot be read"
    assert read.ec_level == "M"  # EPC069-12, section 4.1
    assert read.bytes.decode("utf-8").startswith("BCD\n002\n1\nSCT\n")
    return read.bytes.decode("utf-8")


def _drawn(path: str, width: int) -> list[bytearray]:
    """Rows of modules: 0 for dark, 255 for light."""
    rows = [bytearray(b"\xff" * width) for _ in range(width)]
    dark = _DARK.search(path)
    assert dark is not None
    x, y = int(dark[1]), int(dark[2])
    for kind, across, down in _STROKE.findall(dark[3]):
        if kind == "h":
            rows[y][x : x + int(across)] = bytes(int(across))
        x, y = x + int(across), y + int(down or 0)
    return rows


def _enlarged(rows: list[bytearray], width: int) -> memoryview:
    wide = (bytes(value for value in row for _ in range(_SCALE)) for row in rows)
    pixels = b"".join(row * _SCALE for row in wide)
    return memoryview(pixels).cast("B", [width * _SCALE, width * _SCALE])
