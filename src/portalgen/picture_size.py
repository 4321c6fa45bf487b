"""Width and height of a picture, read from its first bytes. The home of imagesize."""

from typing import BinaryIO

import imagesize


def dimensions_of(picture: BinaryIO) -> tuple[int, int] | None:
    """Width and height in pixels as a browser shows them, turned as a camera noted; None when the
    header does not say.

    Args:
        picture: at its beginning, and seekable.
    """
    width, height = imagesize.get(picture)
    return (width, height) if width > 0 and height > 0 else None
