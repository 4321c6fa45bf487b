"""Builds what docs/tutorial.md builds first, in a folder; prints its path and Anna's passphrase."""

import re
import sys
from pathlib import Path

from test_tutorial import EPOCH, PAGE
from transcripts import Terminal, Written, steps_in

PASSPHRASE = re.compile(r"^[a-z]+(?:-[a-z]+){5}$", re.MULTILINE)
"""Six words, which are a client's; the studio's are eight."""


def main(folder: Path) -> None:
    """Type the tutorial until its first build."""
    terminal, said = Terminal(folder, EPOCH), ""
    for step in steps_in(PAGE.read_text("utf-8")):
        if isinstance(step, Written):
            terminal.write(step)
        elif not step.command.startswith("portalgen serve"):
            said += terminal.run(step.command)
            if step.command == "portalgen build":
                break
    print(terminal.folder / "output/quay-bakery/index.html")
    print(*PASSPHRASE.findall(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
