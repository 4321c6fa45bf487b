"""`portal.json`: everything that the client may see, for programs. docs/archive.md has its keys.

Each value is named here one by one, so that a field that is added later stays out until somebody
has decided that the client may see it. Texts are HTML, as the client reads them: in their source,
an author may have left notes that no page shows.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from portalgen.agreement import coverage
from portalgen.archive.entry_facts import (
    amendment_facts,
    correction_facts,
    deliverable_facts,
    step_facts,
    update_facts,
)
from portalgen.archive.known import Facts, Known, consent, moves
from portalgen.invoicing import document_of, left_to_pay
from portalgen.model.billing import Invoice
from portalgen.model.values import Span
from portalgen.render.events import Event
from portalgen.render.glossary import terms_explained

FORMAT = "portalgen archive"
VERSION = 1


def facts_text(known: Known) -> str:
    """The facts as JSON; what holds nothing is left out."""
    return json.dumps(_filled(_facts(known)), ensure_ascii=False, indent=2) + "\n"


def _facts(known: Known) -> Facts:
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": known.today,
        "language": known.scope.words.language,
        "studio": _studio(known),
        "client": _client(known),
        "project": _project(known),
        "specification": _specification(known),
        **_work(known),
        **_told(known),
        "invoices": [_invoice(known, invoice) for invoice in known.invoices],
        "glossary": [
            {"term": it.name, "says": it.explanation} for it in terms_explained(known.scope)
        ],
        "files": [
            {"path": it.path, "source": it.source, "size": it.size, "sha256": it.digest}
            for it in known.files
        ],
    }


def _work(known: Known) -> Facts:
    portal = known.scope.portal
    asked = enumerate(portal.corrections, 1)
    return {
        "amendments": [amendment_facts(known, it) for it in portal.amendments],
        "steps": [step_facts(known, it) for it in portal.public_steps],
        "deliverables": [deliverable_facts(known, it) for it in portal.deliverables],
        "corrections": [correction_facts(known, number, it) for number, it in asked],
    }


def _told(known: Known) -> Facts:
    return {
        "journal": [_event(event) for event in reversed(known.told)],
        "updates": [update_facts(known, it) for it in known.scope.portal.updates],
        "approvals": [
            {"on": it.on, "what": it.what, "about": it.about, "by": it.by, "via": it.via}
            for it in known.said
        ],
    }


def _filled(value: object) -> object:
    """The value as JSON can hold it, without what holds nothing; numbers of money are texts."""
    if isinstance(value, Mapping):
        pairs = ((name, _filled(one)) for name, one in value.items())
        return {name: one for name, one in pairs if one not in (None, [], {})}
    if isinstance(value, list | tuple):
        return [_filled(one) for one in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Span):
        return "/".join(day.isoformat() for day in dict.fromkeys((value.first, value.last)))
    return value.isoformat() if isinstance(value, date) else value


def _studio(known: Known) -> Facts:
    it = known.scope.workspace.studio
    names = ("name", "owner", "email", "phone", "website")
    return {name: getattr(it, name) for name in names}


def _client(known: Known) -> Facts:
    it = known.scope.portal.client
    return {"name": it.name, "contacts": [{"name": one.name} for one in it.contacts]}


def _project(known: Known) -> Facts:
    it = known.scope.portal.client.project
    health = it.health if it.health and not it.closed else None
    return {
        "title": it.title,
        "summary": it.summary,
        "started": it.started,
        "due": it.due,
        "moved": moves(it.moved),
        "health": {"state": health.state, "says": health.says} if health else None,
        "closed": it.closed,
    }


def _specification(known: Known) -> Facts:
    portal = known.scope.portal
    spec, served = portal.spec, {it.requirement.id: it.served for it in coverage(portal)}
    return {
        "title": spec.title,
        "version": spec.version,
        "price": spec.price,
        "currency": known.scope.currency if spec.price is not None else None,
        "agreed": consent(known, spec.agreed),
        "html": known.html(spec.text),
        "requirements": [
            {
                "id": it.id,
                "text": it.text,
                "amendment": it.amendment,
                "stands": it.id in served,
                "served": served.get(it.id, False),
            }
            for it in portal.requirements()
        ],
    }


def _event(event: Event) -> Facts:
    return {"on": event.day, "kind": event.kind, "text": event.text}


def _invoice(known: Known, invoice: Invoice) -> Facts:
    said = document_of(invoice, known.scope.portal, known.scope.workspace)
    return {
        "id": invoice.id,
        "number": said.number,
        "kind": said.kind,
        "issued": said.issued,
        "currency": said.currency,
        "total": said.totals.with_vat,
        "due": said.due,
        "payments": [{"on": it.on, "amount": it.amount} for it in invoice.payments],
        "left_to_pay": left_to_pay(said, invoice.payments),
        "document": json.loads(said.to_json()),
        "files": [*known.papers.get(invoice.id, ())],
    }
