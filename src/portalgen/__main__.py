"""`portalgen`, and `python -m portalgen`."""

import sys


def run() -> None:
    """Run the command line; Ctrl-C ends it in silence also while it is still loaded."""
    try:
        from portalgen.cli import main  # noqa: PLC0415 - takes most of a second

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
