"""The studio's dashboard: one more portal, of one page, made from what all the others say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from portalgen.canonical import EnvelopeError
from portalgen.check import Claims
from portalgen.desk import Desk
from portalgen.envelope import dashboard_id
from portalgen.keyring import KeepError
from portalgen.lock import lock_pages, make_ring
from portalgen.model.access import kids_of, people_of
from portalgen.model.folder import CONTENT
from portalgen.model.portal import Workspace
from portalgen.problem import Place, Problem, Source
from portalgen.render.dashboard import Listed, render_dashboard
from portalgen.report import Made
from portalgen.summary import Summary
from portalgen.theme import ThemeError

_ACCESS = Place(Source(f"{CONTENT}/access.yaml"))


def make_dashboard(
    desk: Desk, made: Sequence[Made], problems: Sequence[Problem], standing: Mapping[str, str]
) -> Made | None:
    """Make the dashboard in memory; None when nobody could open it.

    Args:
        made: every portal, whether it is ordered or not.
        problems: of the studio's files. With an error among them the dashboard has no files, and
            the copy built before stays.
        standing: the portals of an earlier build: their ids, and the paths they stand at.
    """
    people = people_of(desk.workspace.access)
    blocking = tuple(problem for problem in problems if problem.blocks_portal)
    if not people and not blocking:
        return None
    dashboard = Made(
        claims=_claims(desk.workspace),
        problems=blocking,
        people=tuple(dict.fromkeys(person.name for person in people)),
        readers=_readers(desk.workspace),
        ordered=True,
        draft=False,
    )
    return dashboard if blocking else _locked_or_reported(dashboard, desk, made, standing)


def _readers(workspace: Workspace) -> frozenset[str] | None:
    """Kids of those who may open it; None when access.yaml cannot be read."""
    if not workspace.access_is_read:
        return None
    return kids_of(people_of(workspace.access))


def _claims(workspace: Workspace) -> Claims:
    """What the dashboard wants for itself alone; its id is unknown while access.yaml is."""
    place = workspace.studio.place("dashboard")
    identity = dashboard_id(workspace.access.salt) if workspace.access else None
    return Claims("", workspace.studio.dashboard, False, place, identity, place, ())


def _locked_or_reported(
    dashboard: Made, desk: Desk, made: Sequence[Made], standing: Mapping[str, str]
) -> Made:
    """The dashboard with its files, or with the problem that keeps it; it holds back no portal."""
    try:
        return _locked(dashboard, desk, [_listed(portal, desk, standing) for portal in made])
    except (ThemeError, KeepError) as error:
        problem = error.problem
    except EnvelopeError as error:
        problem = Problem("cannot-lock", str(error), _ACCESS, "make the page, or the list, shorter")
    except Exception as error:
        message = f"portalgen failed on the dashboard: {type(error).__name__}: {error}"
        problem = Problem("cannot-make", message, Place(Source(CONTENT)), "please report this")
    return replace(dashboard, problems=(problem,))


def _locked(dashboard: Made, desk: Desk, clients: Sequence[Listed]) -> Made:
    assert desk.theme  # noqa: S101 - the studio's files have no error
    assert desk.shell  # noqa: S101
    assert dashboard.id  # noqa: S101
    page = render_dashboard(clients, desk.workspace.studio, desk.theme)
    ring = make_ring(desk.root, dashboard.id, people_of(desk.workspace.access))
    return replace(dashboard, files=lock_pages([page], ring, desk.shell), key=ring.key)


def _listed(portal: Made, desk: Desk, standing: Mapping[str, str]) -> Listed:
    folder, language = portal.claims.folder, desk.workspace.studio.language
    earlier = standing.get(portal.id or "")
    return Listed(
        folder=folder,
        summary=portal.summary or Summary(client=folder, language=language),
        path=portal.claims.path if portal.files is not None else earlier,
        in_error=portal.blocked,
        is_draft=portal.draft,
    )
