"""The daily gestures: one small change in one file, as a person would have made it.

Each is a plan first, made from what the client's folder says; then the file as it will be, checked
as a build would; then, and only then, it is written.
"""

from portalgen.gestures.attaching import Attached, attached_files
from portalgen.gestures.carrying_out import Prepared, carry_out, prepared
from portalgen.gestures.consent import Yes, approved
from portalgen.gestures.corrections import answered, corrected
from portalgen.gestures.deliverables import Delivery, delivered, given_over
from portalgen.gestures.moving import Promise, moved, project_moved
from portalgen.gestures.naming import account_found, exactly, found, near
from portalgen.gestures.plan import Plan
from portalgen.gestures.refusal import GestureError
from portalgen.gestures.steps import Need, finished, received_from_client, started, waiting
from portalgen.scaffold.opening import Shelf, open_shelf

__all__ = [
    "Attached",
    "Delivery",
    "GestureError",
    "Need",
    "Plan",
    "Prepared",
    "Promise",
    "Shelf",
    "Yes",
    "account_found",
    "answered",
    "approved",
    "attached_files",
    "carry_out",
    "corrected",
    "delivered",
    "exactly",
    "finished",
    "found",
    "given_over",
    "moved",
    "near",
    "open_shelf",
    "prepared",
    "project_moved",
    "received_from_client",
    "started",
    "waiting",
]
