"""Why a gesture is not made."""

from portalgen.problem import Problem


class GestureError(Exception):
    """Nothing was changed; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = problems
