"""The facts of the work: what was agreed, done, delivered and corrected."""

from portalgen import outstanding
from portalgen.archive.known import Facts, Known, consent, moves
from portalgen.attachments import find
from portalgen.model.entry import (
    Account,
    Amendment,
    Correction,
    Deliverable,
    Step,
    Update,
)


def amendment_facts(known: Known, it: Amendment) -> Facts:
    """A change to the agreement."""
    return {
        "id": it.id,
        "title": it.title,
        "agreed": consent(known, it.agreed),
        "removes": it.removes,
        "price_change": it.price_change,
        "due_change": it.due_change,
        "why": it.why,
        "html": known.html(it.text),
    }


def step_facts(known: Known, it: Step) -> Facts:
    """A step that the client may see."""
    waiting = next((w for step, w in outstanding.awaited(known.scope.portal) if step is it), None)
    return {
        "id": it.id,
        "title": it.title,
        "status": it.state,
        "started": it.started,
        "finished": it.finished,
        "due": it.due,
        "moved": moves(it.moved),
        "covers": known.covers(it.covers),
        "waiting": {
            "what": waiting.what,
            "how": waiting.how,
            "from": known.person(waiting.from_),
            "before": waiting.before,
        }
        if waiting
        else None,
        "question": _question(known, it),
        "html": known.html(it.text),
    }


def _question(known: Known, it: outstanding.Work) -> str | None:
    """What is still asked about it."""
    asked = outstanding.asked(known.scope.portal)
    return next((question for work, question in asked if work is it), None)


def deliverable_facts(known: Known, it: Deliverable) -> Facts:
    """A deliverable, with its files in the archive."""
    paths = {file.source: file.path for file in known.files}
    found = (find(known.scope.portal, path) for path in it.files)
    return {
        "id": it.id,
        "title": it.title,
        "version": it.version,
        "due": it.due,
        "delivered": it.delivered,
        "approved": consent(known, it.approved),
        "covers": known.covers(it.covers),
        "link": it.link,
        "question": _question(known, it),
        "html": known.html(it.text),
        "files": [paths[file.path] for file in found if file],
        "accounts": [_account(known, account) for account in it.accounts],
    }


def _account(known: Known, it: Account) -> Facts:
    """An account; of its code only that there is one, under seal."""
    return {
        "for": it.for_,
        "address": it.address,
        "login": it.login,
        "owner": known.person(it.owner),
        "given": it.given,
        "received": it.received,
        "changed": it.changed,
        "sealed": True if it.sealed else None,
    }


def correction_facts(known: Known, number: int, it: Correction) -> Facts:
    """A correction; what the client may not see is not named."""
    about = known.scope.portal.public_work(it.about)
    return {
        "number": number,
        "id": it.id,
        "on": it.on,
        "by": known.person(it.by),
        "about": about.id if about else None,
        "done": it.done,
        "withdrawn": it.withdrawn,
        "reply": it.reply,
        "html": known.html(it.text),
    }


def update_facts(known: Known, it: Update) -> Facts:
    """An entry of the journal."""
    return {
        "id": it.id,
        "on": it.on,
        "title": it.title,
        "by": known.person(it.by),
        "html": known.html(it.text),
    }
