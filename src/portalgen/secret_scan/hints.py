"""How to mend what the scan finds: by what it is, and by whose folder it stands in."""

import shlex
from dataclasses import dataclass

from portalgen.secret_scan.finding import LINK, PASSPHRASE, Finding

_FALSE_ALARM = (
    "if it was committed, git keeps it: change it where it is used; if it is no secret, say it in "
    "a sentence"
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What to do about a secret of each kind.

    Attributes:
        link: about an access link of portalgen.
        passphrase: about what may be a passphrase of portalgen.
        other: about anything else.
    """

    link: str
    passphrase: str
    other: str

    def about(self, finding: Finding) -> str:
        """The hint that fits a finding."""
        return {LINK: self.link, PASSPHRASE: self.passphrase}.get(finding.name, self.other)


def hints_for_client(folder: str) -> Hints:
    """What to do about secrets in one client's folder."""
    seal = shlex.join(["portalgen", "seal", folder, "NAME"])
    way_out = (
        f"put it under seal: run {seal}, and write sealed: sealed/NAME.json in an account of a "
        "deliverable"
    )
    return _hints(folder, way_out)


def _hints(folder: str, way_out: str) -> Hints:
    revoke = shlex.join(["portalgen", "access", "revoke", folder, "PERSON", "--link"])
    rotate = shlex.join(["portalgen", "access", "rotate", folder, "PERSON"])
    return Hints(
        link=f"take it out; if it was committed, run: {revoke}",
        passphrase=f"take it out; if it opens a portal and was committed, run: {rotate}, "
        "or rotate --studio PERSON",
        other=f"{way_out}\n{_FALSE_ALARM}",
    )


STUDIO_HINTS = _hints(
    "CLIENT", "take it out of content/; a client's codes are sealed: portalgen seal CLIENT NAME"
)
"""What to do about secrets in the files that all clients share."""
