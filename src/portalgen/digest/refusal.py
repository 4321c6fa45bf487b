"""Why there is no digest."""

from portalgen.problem import Problem


class DigestError(Exception):
    """There is no digest; the text says why, `problems` what to mend."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems
