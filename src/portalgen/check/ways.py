"""The ways to reach the studio: each that it promises needs an address of its own."""

from collections.abc import Iterator

from portalgen.model.portal import Workspace
from portalgen.model.studio import Studio
from portalgen.problem import Problem, warning


def ways_without_address(workspace: Workspace) -> Iterator[Problem]:
    """A way that clients are not offered, as nothing says where it leads."""
    studio = workspace.studio
    if "reach" not in studio.model_fields_set:
        return
    for position, way in enumerate(studio.reach):
        lacks, mend = _lack(studio, way)
        if lacks:
            message = f'"{way}" is not offered to your clients: {lacks}'
            hint = f"{mend}, or take {way} out of reach"
            yield warning("way-without-address", message, studio.place("reach", position), hint)


def _lack(studio: Studio, way: str) -> tuple[str, str]:
    """What a way lacks, and how to give it; both empty when it lacks nothing."""
    phone = studio.phone or ""
    if way == "email" and not studio.email:
        return "there is no email", "add email"
    if way != "email" and not any(sign.isdigit() for sign in phone):
        return "there is no phone", "add phone"
    if way == "whatsapp" and not phone.lstrip().startswith("+"):
        return "the phone has no country code", 'write the phone as "+33 6 …"'
    return "", ""
