"""Opens a file that lies in a folder, and nothing else: no link out of it, no pipe, no device.

What a name stands for can change between a look at it and its opening, so the look is at what was
opened.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_inside(path: Path, folder: Path) -> BinaryIO:
    """Open a regular file for reading, wherever a link inside the folder leads.

    Raises:
        OSError: there is no such file, it cannot be read, or it is no regular file of the folder.
    """
    real = path.resolve(strict=True)
    if not real.is_relative_to(folder.resolve()):
        raise OSError(errno.EPERM, "it leads out of the folder", str(path))
    descriptor = os.open(real, os.O_RDONLY | _NO_LINK | _NO_WAIT)
    opened = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        opened.close()
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return opened


_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)
"""Opening a pipe would wait for a writer. Windows has neither."""
