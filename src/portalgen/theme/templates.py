"""The templates of a line of themes, compiled: the home of Jinja2.

A plain name means the youngest template of that name. `parent/NAME` means the next older one, and
`THEME/NAME` the one that a theme of the line has, or inherits. Inside Jinja2, a template is called
by the number of its theme in the line and its path, so that no two are mistaken for each other.
"""

import dataclasses
import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment

from portalgen.model import spellings
from portalgen.problem import Place, Problem, Source

PARENT = "parent"

_ENDING = ".html"

_INSIDE = re.compile(r"(\d+):(.*)", re.DOTALL)
_UNDEFINED = re.compile(r"'(\w+)' is undefined")


class ThemeError(Exception):
    """A template that cannot be rendered; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem.message


@dataclass(frozen=True, slots=True)
class Line:
    """The templates of a theme and of all that it comes from, the oldest first.

    Attributes:
        names: of the themes.
        templates: of each of them, by path in `templates/`.
    """

    names: tuple[str, ...]
    templates: tuple[Mapping[str, Source], ...]

    def find(self, name: str, asking: int | None = None) -> tuple[int, str] | None:
        """The number of the theme, and the path, of the template that a name means there.

        Args:
            asking: the number of the theme whose template asks.
        """
        youngest = len(self.names) - 1
        first, slash, rest = name.partition("/")
        if slash and first == PARENT and asking is not None:
            return self._from(asking - 1, rest)
        if slash and first in self.names:
            older = [n for n, known in enumerate(self.names) if known == first and n != asking]
            return self._from(older[-1], rest) if older else None
        return self._from(youngest, name)

    def source(self, number: int, path: str) -> Source:
        """The text of a template that was found."""
        return self.templates[number][path]

    def all_names(self) -> list[str]:
        """Every path that a plain name can mean."""
        return sorted({path for templates in self.templates for path in templates})

    def _from(self, number: int, path: str) -> tuple[int, str] | None:
        found = (n for n in range(number, -1, -1) if path in self.templates[n])
        return next(((n, path) for n in found), None)


@dataclass(frozen=True, slots=True)
class Templates:
    """Everything that can be rendered."""

    line: Line
    environment: Environment = field(repr=False, compare=False)

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Render the youngest template of that name.

        Raises:
            ThemeError: the template is missing, or fails on this context.
        """
        try:
            found = self.line.find(name)
            inside = f"{found[0]}:{found[1]}" if found else name
            return self.environment.get_template(inside).render(context)
        except Exception as error:  # a template is its author's program: it may fail in any way
            raise ThemeError(_problem(error, name, self.line, context)) from error


def compiled(line: Line) -> Templates:
    """Make templates ready; what is wrong with one shows when it is asked for."""
    return Templates(line, _environment(line))


def check_syntax(templates: Templates, numbers: Iterable[int]) -> list[Problem]:
    """Compile the templates of some themes of the line, and say what cannot be."""
    problems = []
    for number in numbers:
        for path in templates.line.templates[number]:
            source = templates.line.source(number, path)
            try:
                templates.environment.get_template(f"{number}:{path}")
            except TemplateSyntaxError as error:
                problems.append(_syntax(error, source))
            except Exception as error:  # too deep, or too large: constants are reckoned already
                message, _ = _words(error)
                problems.append(Problem("template-error", message, Place(source)))
    return problems


def syntax_of(source: Source) -> nodes.Template:
    """A template as a tree.

    Raises:
        TemplateSyntaxError: it is none.
        RecursionError: it is too deep.
    """
    return _parser().parse(source.text)


class _Compiled(BytecodeCache):
    """What was compiled once: the themes of clients share all templates but a few."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class _Environment(ImmutableSandboxedEnvironment):
    """Sandboxed: a theme may come from somebody else, and CI builds with it."""

    line: Line

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read it: the sandbox looks at the type, so once is enough."""
        key = (type(obj), attr)
        if key not in _SAFE:
            _SAFE[key] = super().is_safe_attribute(obj, attr, value)
        return _SAFE[key]

    def join_path(self, template: str, parent: str) -> str:
        """The template that one names in its `extends`, `include` or `import`."""
        inside = _INSIDE.fullmatch(parent)
        found = self.line.find(template, int(inside[1]) if inside else None)
        return f"{found[0]}:{found[1]}" if found else template


_SAFE: dict[tuple[type, str], bool] = {}


@cache
def _parser() -> Environment:
    return _environment(Line((), ()))


def _environment(line: Line) -> Environment:
    """Templates were read beforehand, so that rendering never touches the disk."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        inside = _INSIDE.fullmatch(name)
        source = line.source(int(inside[1]), inside[2]) if inside else None
        return (source.text, source.path, lambda: True) if source else None

    environment = _Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
        bytecode_cache=_COMPILED,
    )
    environment.line = line
    # The same portal gives the same bytes.
    del environment.globals["lipsum"], environment.filters["random"]
    return environment


class _Unknown(StrictUndefined):
    """A value that is not there; says which there are instead, on a line of its own."""

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        given = self._undefined_obj
        if not dataclasses.is_dataclass(given):
            return message
        known = [each.name for each in dataclasses.fields(given)]
        near = spellings.closest(str(self._undefined_name), known)
        hint = f'did you mean "{near}"?' if near else f"it has: {', '.join(known)}"
        kind = given.__name__ if isinstance(given, type) else type(given).__name__
        return f'there is no "{self._undefined_name}" in {kind}\n{hint}'


# --- what is wrong -------------------------------------------------------------------------------


def missing_template(name: str, place: Place, known: Sequence[str]) -> Problem:
    """A template that is named and not there."""
    prefix, slash, plain = name.rpartition("/")
    near = nearest_template(plain, known)
    right = f"{prefix}{slash}{near}" if near != plain else near
    hint = f'did you mean "{right}"?' if near else f"there are: {', '.join(known)}"
    return Problem("missing-template", f'there is no template "{name}"', place, hint)


def nearest_template(name: str, known: Sequence[str]) -> str | None:
    """The template that was probably meant."""
    stems = {path.removesuffix(_ENDING): path for path in known}
    near = spellings.closest(name.removesuffix(_ENDING), list(stems))
    return stems[near] if near else None


def _syntax(error: TemplateSyntaxError, source: Source) -> Problem:
    message, hint = _words(error)
    return Problem("template-syntax", message, Place(source, error.lineno), hint)


def _problem(error: Exception, template: str, line: Line, context: Mapping[str, object]) -> Problem:
    """The error as a problem at the line of the template where it happened."""
    by_path = {source.path: source for each in line.templates for source in each.values()}
    if isinstance(error, TemplateSyntaxError):
        return _syntax(error, by_path[error.filename or ""])
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in by_path]
    place = Place(Source(f"templates/{template}"))
    if frames:
        place = Place(by_path[frames[-1].filename], frames[-1].lineno or 0)
    if isinstance(error, TemplateNotFound):
        return missing_template(str(error.name), place, line.all_names())
    message, hint = _words(error)
    return Problem("template-error", message, place, hint or _near(error, context))


def _near(error: Exception, context: Mapping[str, object]) -> str:
    """The name that was meant, when a template is handed another."""
    match = _UNDEFINED.search(str(error)) if isinstance(error, UndefinedError) else None
    if not match:
        return ""
    near = spellings.closest(match[1], sorted(context))
    return f'did you mean "{near}"?' if near else f"there are: {', '.join(sorted(context))}"


def _words(error: Exception) -> tuple[str, str]:
    """What an error says, and what it advises."""
    message, _, hint = (str(error) or type(error).__name__).partition("\n")
    return message.rstrip("."), hint if isinstance(error, UndefinedError) else ""
