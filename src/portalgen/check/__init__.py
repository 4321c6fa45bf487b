"""The third stage: what the records of a portal, and the portals together, have to say.

A rule is a small function from a portal to its problems, named like the message it gives.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from portalgen.check import (
    approval,
    bills,
    dates,
    electronic,
    files,
    identifiers,
    ids,
    inner_links,
    issued,
    lateness,
    mentions,
    outdated,
    people,
    pictures,
    seals,
    silenced,
    thanks,
    tracing,
    unwritten,
    ways,
    wording,
)
from portalgen.check.across import check_across, dashboard_path_taken
from portalgen.check.books import Books
from portalgen.check.claims import Claims, claims_of
from portalgen.model.portal import Portal, Workspace
from portalgen.problem import Problem

__all__ = [
    "Books",
    "Claims",
    "check_across",
    "check_portal",
    "check_workspace",
    "claims_of",
    "dashboard_path_taken",
]

Rule = Callable[[Portal], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    ids.duplicate_ids,
    ids.duplicate_requirements,
    ids.no_requirements,
    ids.unknown_requirements,
    ids.unknown_abouts,
    ids.unknown_waivers,
    ids.unknown_invoices,
    ids.unknown_billed,
    ids.bad_path,
    ids.misshapen_requirements,
    unwritten.unwritten_text,
    files.links_with_spaces,
    approval.approved_with_steps_to_do,
    dates.finished_before_started,
    dates.status_contradicts_dates,
    dates.project_closed_before_started,
    dates.correction_done_before_asked,
    files.deliverable_files,
    files.logo,
    files.references,
    inner_links.links_to_nothing,
    files.large_files,
    seals.unsealed_codes,
    seals.foreign_seals,
    seals.renamed_seals,
    bills.no_thanks,
    bills.deposit_before_agreement,
    issued.issued_and_edited,
    issued.approval_taken_back,
    issued.number_of_a_draft,
    issued.bad_number,
    outdated.deliverables_changed_after_approval,
    outdated.work_changed_after_approval,
    pictures.pictures_without_words,
    pictures.pictures_from_outside,
    thanks.closed_without_thanks,
)

RULES_OF_WHOLE_PORTALS: tuple[Rule, ...] = (
    tracing.uncovered_requirements,
    tracing.steps_without_requirement,
)
"""Rules about what is missing, which nobody can tell while something cannot be read."""

RULES_OF_THE_DAY: tuple[Callable[[Portal, date], Iterable[Problem]], ...] = (
    lateness.late_work,
    lateness.late_project,
    lateness.no_recent_news,
)


def check_portal(
    portal: Portal,
    workspace: Workspace,
    today: date,
    found: Sequence[Problem],
    *,
    drafts: bool = False,
) -> Iterator[Problem]:
    """Every problem of one portal that reading and parsing did not find.

    Args:
        today: the build's day, for what lies in the future, and for what is late.
        found: the problems so far. Where entries cannot be read, nothing is called missing.
        drafts: whether to say what the law will miss in invoices that are not approved yet.
    """
    problems = [problem for rule in RULES for problem in rule(portal)]
    problems += people.nobody_can_open(portal, workspace)
    problems += people.broken_keys(portal, workspace)
    problems += people.no_contact(portal)
    problems += seals.outdated_seals(portal, workspace)
    broken = list(bills.broken_arithmetic(portal, workspace))
    problems += broken
    problems += bills.unpayable_payments(portal, workspace)
    problems += bills.deposits_in_another_currency(portal, workspace)
    whole = mentions.reckoned(portal, broken)
    problems += mentions.lacking_mentions(portal, workspace, whole, today, drafts=drafts)
    problems += identifiers.wrong_identifiers(portal, workspace)
    problems += electronic.not_electronic(portal, workspace, whole)
    problems += mentions.franchise_without_words(portal, workspace)
    problems += mentions.unknown_law(portal, workspace)
    problems += mentions.long_payment_terms(portal, workspace)
    problems += mentions.late_rate_unsure(portal, workspace)
    problems += mentions.vat_not_in_euro(portal, workspace)
    for of_the_day in RULES_OF_THE_DAY:
        problems += of_the_day(portal, today)
    problems += wording.words_to_avoid(portal, workspace)
    problems += approval.approval_in_future(portal, today)
    if not any(problem.blocks_portal for problem in found):
        problems += approval.approved_but_incomplete(portal)
        problems += seals.unused_seals(portal)
        problems += [problem for rule in RULES_OF_WHOLE_PORTALS for problem in rule(portal)]
    problems += bills.leaning_on_shut_invoices(portal, [*found, *problems])
    yield from problems
    yield from issued.not_issued(portal, [*found, *problems])


def check_workspace(workspace: Workspace) -> Iterator[Problem]:
    """Problems of what all portals share; an error among them holds back the dashboard alone."""
    yield from ids.bad_dashboard_path(workspace)
    yield from ways.ways_without_address(workspace)
    yield from silenced.silences_that_cannot_be(workspace)
