"""docs/tutorial.md is a true transcript: from an empty folder to an invoice, as it is typed.

`make accept` writes what the commands print into the page.
"""

import os
from pathlib import Path

from transcripts import Terminal, Typed, Written, settled, steps_in

PAGE = Path(__file__).parents[1] / "docs/tutorial.md"
EPOCH = "1795600800"
"""In the morning of 25 November 2026, Greenwich time."""


def test_the_tutorial_prints_what_it_says(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, EPOCH)
    page = PAGE.read_text("utf-8")
    said = []
    for step in steps_in(page):
        if isinstance(step, Written):
            terminal.write(step)
        else:
            said.append((step, terminal.run(step.command)))
    if os.environ.get("ACCEPT"):
        PAGE.write_text(_accepted(page, said), "utf-8")
        return
    assert [settled(output) for _, output in said] == [settled(step.says) for step, _ in said]


def _accepted(page: str, said: list[tuple[Typed, str]]) -> str:
    """The page with those outputs in it; what is another at each run stays as it was."""
    at = 0
    for step, output in said:
        typed = f"$ {step.command}\n"
        at = page.index(typed, at) + len(typed)
        if settled(output) != settled(step.says):
            page = page[:at] + output + page[at + len(step.says) :]
        at += len(output if settled(output) != settled(step.says) else step.says)
    return page
