"""The way to `pdf`: its library is an extra, which needs libraries of the system besides."""

import io
from collections.abc import Callable
from contextlib import redirect_stdout

from portalgen.facturx.sheet import Sheet

_EXTRA = 'run: pip install "portalgen[facturx]"'
_SYSTEM = """\
on Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
elsewhere: see docs/invoices.md, "Factur-X\""""


class NoEngineError(Exception):
    """PDFs cannot be made on this machine; `hint` says what to install."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def load_engine() -> Callable[[Sheet], bytes]:
    """What `pdf.pdf_of` is, once its library is found.

    Raises:
        NoEngineError: it is not installed, or cannot be loaded.
    """
    try:
        with redirect_stdout(io.StringIO()):  # it prints where to read before it fails
            from portalgen.facturx.pdf import pdf_of  # noqa: PLC0415 - an extra, slow to load
    except ImportError as error:
        message = f"the package {error.name} is not installed"
        raise NoEngineError(message, _EXTRA) from error
    except OSError as error:
        library = str(error).partition("'")[2].partition("'")[0] or "of the system"
        raise NoEngineError(f"WeasyPrint needs the library {library}", _SYSTEM) from error
    return pdf_of
