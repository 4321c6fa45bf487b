"""Themes: the templates and assets that pages are made with. The home of Jinja2.

A theme is a folder with `theme.yaml`, `templates/` and `assets/`. One of the workspace needs to
hold only what it changes: the rest comes from the default theme, whose own templates it can also
extend under the name `default/NAME`.
"""

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from portalgen.model import spellings
from portalgen.problem import Place, Problem, Source
from portalgen.yaml_source import Mapping as YamlMapping
from portalgen.yaml_source import Node, Scalar, Sequence, filled, read_yaml

DEFAULT = "default"

_FOLDER = "themes"
_SETTINGS = "theme.yaml"
_STYLES = ("theme.css",)
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class ThemeError(Exception):
    """A template that cannot be rendered; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem.message


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load. Its published name changes whenever its content does."""

    name: str
    hashed_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, compiled.

    Attributes:
        assets: everything in `assets/`, by name.
        styles: hashed names of the style sheets that portal pages load, in order.
    """

    name: str
    assets: tuple[Asset, ...]
    styles: tuple[str, ...]
    _environment: Environment = field(repr=False, compare=False)
    _sources: Mapping[str, Source] = field(repr=False, compare=False)

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """Render a template of the theme, or the default theme's of that name.

        Raises:
            ThemeError: the template is missing, or fails on this context.
        """
        try:
            return self._environment.get_template(template).render(context)
        except Exception as error:  # a template is its author's program: it may fail in any way
            raise ThemeError(_problem(error, template, self._sources)) from error


@dataclass(frozen=True, slots=True)
class _Folder:
    """A theme as it was read: its texts, not yet compiled."""

    settings: Source
    templates: Mapping[str, Source]
    assets: Mapping[str, bytes]


def load_theme(name: str, root: Path) -> tuple[Theme | None, list[Problem]]:
    """Read and compile the theme of that name from the workspace at `root`, or from the package.

    Returns:
        The theme (None when there is none of that name, or a template cannot be compiled), and
        what is wrong with it.
    """
    default, problems = _read(_packaged(), f"portalgen/{_FOLDER}/{DEFAULT}")
    folder, own = root / _FOLDER / name, default
    if _is_link(folder) or _is_link(folder.parent):
        return None, [_linked(f"{_FOLDER}/{name}")]
    if _NAME.fullmatch(name) and folder.is_dir():
        own, problems = _read(folder, f"{_FOLDER}/{name}")
    elif name != DEFAULT:
        return None, [_unknown(name, root)]
    return (None, problems) if problems else _compiled(name, default, own)


def _is_link(entry: Traversable) -> bool:
    """A link could lead to any file of the machine, and assets are published in clear."""
    return isinstance(entry, Path) and entry.is_symlink()


def _linked(shown: str) -> Problem:
    hint = "put the folder itself here"
    return Problem("outside-folder", "a theme cannot be a link", Place(Source(shown)), hint)


def _packaged() -> Traversable:
    return files("portalgen") / _FOLDER / DEFAULT


def _unknown(name: str, root: Path) -> Problem:
    folder = root / _FOLDER
    own = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    known = [DEFAULT, *own]
    near = spellings.closest(name, known)
    hint = f'did you mean "{near}"?' if near else f"the themes here are: {', '.join(known)}"
    place = Place(Source(f"{_FOLDER}/{name}"))
    return Problem("unknown-theme", f'there is no theme "{name}"', place, hint)


# --- reading -----------------------------------------------------------------------------------


def _read(folder: Traversable, shown: str) -> tuple[_Folder, list[Problem]]:
    problems: list[Problem] = []

    def text(path: str, file: Traversable) -> Source:
        try:
            return Source(f"{shown}/{path}", file.read_text("utf-8"))
        except UnicodeDecodeError:
            source = Source(f"{shown}/{path}")
            hint = "save the file with the encoding UTF-8"
            problems.append(Problem("not-utf8", "this file is not UTF-8", Place(source), hint))
            return source

    templates = {
        path: text(f"templates/{path}", file)
        for path, file in _files(folder / "templates")
        if path.endswith(".html")
    }
    assets = {path: file.read_bytes() for path, file in _files(folder / "assets")}
    settings = folder / _SETTINGS
    is_there = settings.is_file() and not _is_link(settings)
    written = text(_SETTINGS, settings) if is_there else Source(f"{shown}/{_SETTINGS}")
    return _Folder(written, templates, assets), problems


def _files(folder: Traversable, inside: str = "") -> Iterator[tuple[str, Traversable]]:
    entries = folder.iterdir() if folder.is_dir() and not _is_link(folder) else ()
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.name.startswith(".") or _is_link(entry):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{inside}{entry.name}/")
        else:
            yield f"{inside}{entry.name}", entry


def _asset(name: str, content: bytes) -> Asset:
    """Assets lie side by side once published, so a folder's slash becomes a hyphen."""
    stem, dot, ending = name.replace("/", "-").rpartition(".")
    digest = sha256(content).hexdigest()[:12]
    return Asset(name, f"{stem or ending}-{digest}{dot and stem and dot + ending}", content)


def _styles(source: Source, assets: Mapping[str, Asset]) -> tuple[tuple[str, ...], list[Problem]]:
    """The style sheets named in theme.yaml, or the usual one."""
    node, problems = read_yaml(source)
    if filled(node) is None:
        return tuple(assets[name].hashed_name for name in _STYLES), problems
    listed, found = _listed(node, source)
    problems += found
    unknown = [item for item in listed if item.text not in assets]
    problems += [_unknown_style(item, assets) for item in unknown]
    kept = [assets[item.text].hashed_name for item in listed if item not in unknown]
    return tuple(kept) or tuple(assets[name].hashed_name for name in _STYLES), problems


def _listed(node: Node | None, source: Source) -> tuple[list[Scalar], list[Problem]]:
    if not isinstance(node, YamlMapping):
        place = node.place if node else Place(source)
        return [], [Problem("wrong-type", "keys are expected here", place, "write styles: […]")]
    problems = [
        Problem("unknown-key", f'"{key.text}" is not a key here', key.place, "the key is: styles")
        for key, _ in node.entries
        if key.text != "styles"
    ]
    styles = node.get("styles")
    if isinstance(styles, Sequence) and all(isinstance(item, Scalar) for item in styles.items):
        return [item for item in styles.items if isinstance(item, Scalar)], problems
    if filled(styles) is not None:
        hint = "write styles: [theme.css]"
        place = styles.place if styles else Place(source)
        problems.append(Problem("wrong-type", "a list of file names is expected", place, hint))
    return [], problems


def _unknown_style(item: Scalar, assets: Mapping[str, Asset]) -> Problem:
    near = spellings.closest(item.text, list(assets))
    hint = f'did you mean "{near}"?' if near else "put it in the theme's assets/"
    return Problem("unknown-style", f'there is no style sheet "{item.text}"', item.place, hint)


# --- compiling ---------------------------------------------------------------------------------


def _compiled(name: str, default: _Folder, own: _Folder) -> tuple[Theme | None, list[Problem]]:
    extended = {} if own is default else default.templates
    inherited = {f"{DEFAULT}/{path}": source for path, source in extended.items()}
    sources = {**default.templates, **own.templates, **inherited}
    contents = {**default.assets, **own.assets}
    assets = {path: _asset(path, contents[path]) for path in sorted(contents)}
    styles, problems = _styles(own.settings, assets)
    environment = _environment(sources)
    broken = [problem for path in sources for problem in _syntax(environment, path, sources)]
    if broken:
        return None, problems + broken
    return Theme(name, tuple(assets.values()), styles, environment, sources), problems


def _environment(sources: Mapping[str, Source]) -> Environment:
    """Sandboxed: a theme may come from somebody else, and CI builds with it. Templates were read
    beforehand, so that rendering never touches the disk."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = sources.get(name)
        return (source.text, source.path, lambda: True) if source else None

    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
    )


def _syntax(
    environment: Environment, template: str, sources: Mapping[str, Source]
) -> Iterator[Problem]:
    try:
        environment.get_template(template)
    except TemplateSyntaxError as error:
        yield _problem(error, template, sources)


def _problem(error: Exception, template: str, sources: Mapping[str, Source]) -> Problem:
    """The error as a problem at the line of the template where it happened."""
    by_path = {source.path: source for source in sources.values()}
    if isinstance(error, TemplateSyntaxError):
        source = by_path.get(error.filename or "", sources[template])
        return Problem("template-syntax", _message(error), Place(source, error.lineno))
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in by_path]
    if isinstance(error, TemplateNotFound) and not frames:
        place = Place(Source(f"{_FOLDER}/{template}"))
        return Problem("missing-template", f'there is no template "{error.name}"', place)
    source = by_path[frames[-1].filename] if frames else sources[template]
    line = (frames[-1].lineno or 0) if frames else 0
    return Problem("template-error", _message(error), Place(source, line))


def _message(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
