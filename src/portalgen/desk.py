"""What every portal is made with: the studio, its theme, and the shell around locked pages."""

from dataclasses import dataclass
from pathlib import Path

from portalgen.check.people import broken_studio_keys
from portalgen.model.ledger import Ledger
from portalgen.model.portal import Portal, Workspace
from portalgen.parse import ledger_of, parse_studio
from portalgen.problem import Problem
from portalgen.read import read_studio
from portalgen.shell import Shell, make_shell
from portalgen.theme import Theme, ThemeError, load_theme, own_theme


@dataclass(frozen=True, slots=True)
class Desk:
    """Prepared once for a build, and shared by all portals.

    Without a theme or a shell nothing can be published, but all content can still be checked.
    """

    root: Path
    workspace: Workspace
    theme: Theme | None
    shell: Shell | None
    ledger: Ledger | None
    """Of issued invoices; None when it cannot be read."""

    def theme_of(self, portal: Portal) -> tuple[Theme | None, list[Problem]]:
        """The theme of all portals, with what this client's folder changes in it."""
        if self.theme is None or portal.theme is None:
            return self.theme, []
        return own_theme(self.theme, portal.theme)


def open_desk(root: Path) -> tuple[Desk, list[Problem]]:
    """Prepare a workspace, as far as its studio's files and its theme allow.

    Raises:
        FileNotFoundError: there is no content folder.
    """
    folder, unreadable = read_studio(root)
    workspace, unparsed = parse_studio(folder)
    ledger, broken = ledger_of(folder)
    problems = [*unreadable, *unparsed, *broken_studio_keys(workspace)]
    if any(problem.blocks_portal for problem in problems):
        return Desk(root, workspace, None, None, ledger), [*problems, *broken]
    problems += broken
    studio = workspace.studio
    theme, flaws = load_theme(studio.theme, root, studio.place("theme"))
    problems += flaws
    shell = None
    try:
        shell = make_shell(workspace.studio, theme) if theme else None
    except ThemeError as error:
        problems.append(error.problem)
    return Desk(root, workspace, theme, shell, ledger), problems
