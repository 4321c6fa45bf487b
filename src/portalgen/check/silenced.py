"""What `silenced` of studio.yaml may name: the code of a warning or of a note."""

from collections.abc import Iterator

from portalgen.model import spellings
from portalgen.model.portal import Workspace
from portalgen.model.studio import Silence
from portalgen.problem import Problem
from portalgen.silencing import known_codes, silenceable_codes


def silences_that_cannot_be(workspace: Workspace) -> Iterator[Problem]:
    """A rule that does not exist, or that keeps something from going out for a reason."""
    for silence in workspace.studio.silenced:
        kinds = known_codes().get(silence.rule)
        if kinds is None:
            yield _unknown(silence)
        elif kinds == {"error"}:
            message = f"{silence.rule} is an error, and an error cannot be silenced"
            hint = "remove this entry, and mend what the error says"
            yield Problem("not-silenceable", message, silence.place("rule"), hint)


def _unknown(silence: Silence) -> Problem:
    near = spellings.closest(silence.rule, silenceable_codes())
    message = f'"{silence.rule}" is not a rule'
    hint = f'did you mean "{near}"? ' if near else ""
    hint += "write the code as it stands in brackets in the warning"
    return Problem("unknown-rule", message, silence.place("rule"), hint)
