"""Text without capitals and accents, one sign for one: a place in it is a place in the text."""

import unicodedata

_LATIN = 256
_LONG = b"x" * 20
"""As many signs without a break as every token of a well-known shape has at least."""

_TYPOGRAPHY = tuple(zip("’‘ʼ“”„\u202f\u2007\u2009–—：", "'''\"\"\"   --:", strict=True))


def _bare(sign: str) -> str:
    """The sign in lower case, without its accents."""
    bare = unicodedata.normalize("NFD", sign)[0].lower()
    return " " if sign == "\u00a0" else bare if ord(bare) < _LATIN else sign


_BARE = "".join(map(_bare, map(chr, range(_LATIN)))).encode("latin-1")
_WORD = bytes(
    ord("x") if chr(code).isascii() and (chr(code).isalnum() or chr(code) in "_-") else ord(" ")
    for code in range(_LATIN)
)


def fold(text: str) -> bytes:
    """The text in lower case, without accents, a byte for each sign; `?` for all but Latin ones.

    An arrow, with which some people give a value to a name, is the last of its signs: `>`.
    """
    return text.replace("→", ">").encode("latin-1", "replace").translate(_BARE)


def fold_line(line: str) -> str:
    """The same for a line, with typographic apostrophes, quotes, spaces and dashes made plain."""
    if not line.isascii():
        for sign, plain in _TYPOGRAPHY:
            line = line.replace(sign, plain)
    return fold(line).decode("latin-1")


def has_long_run(folded: bytes) -> bool:
    """Whether somewhere 20 letters, digits, `_` and `-` follow each other without a break."""
    return _LONG in folded.translate(_WORD)
