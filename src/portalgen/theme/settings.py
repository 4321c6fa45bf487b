"""theme.yaml: what a theme extends, and the style sheets that it brings."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass

from portalgen.model import spellings
from portalgen.problem import Place, Problem, Source
from portalgen.yaml_source import Mapping, Node, Scalar, filled, read_yaml
from portalgen.yaml_source import Sequence as YamlSequence

KEYS: MappingOf[str, str] = {
    "extends": "the theme that everything else comes from; the default theme when left out",
    "styles": "style sheets in assets/, in order; all that the theme has when left out",
    "lock_styles": "style sheets of the lock page, in order; lock.css when left out",
}
"""The keys of a theme.yaml, and what each holds."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What theme.yaml says.

    Attributes:
        extends: the theme that everything else comes from; None for the default theme.
        styles: paths in `assets/`, in order; None for all that the theme has.
        lock_styles: the same for the lock page; None for lock.css, if the theme has one.
    """

    extends: Scalar | None = None
    styles: tuple[Scalar, ...] | None = None
    lock_styles: tuple[Scalar, ...] | None = None


def read_settings(source: Source, keys: Sequence[str]) -> tuple[Settings, list[Problem]]:
    """Read a theme.yaml, in which only `keys` may stand."""
    found, problems = read_yaml(source)
    node = filled(found)
    if node is None:
        return Settings(), problems
    if not isinstance(node, Mapping):
        hint = f"write {keys[0]}: …"
        return Settings(), [Problem("wrong-type", "keys are expected here", node.place, hint)]
    problems += [_unknown(key, keys) for key, _ in node.entries if key.text not in keys]
    extends, wrong = _extends(filled(node.get("extends")))
    styles, unlisted = _styles(filled(node.get("styles")))
    lock_styles, unlocked = _styles(filled(node.get("lock_styles")))
    return Settings(extends, styles, lock_styles), [*problems, *wrong, *unlisted, *unlocked]


def _unknown(key: Scalar, keys: Sequence[str]) -> Problem:
    near = spellings.closest(key.text, list(keys))
    known = f"the keys are: {', '.join(keys)}" if len(keys) > 1 else f"the key is: {keys[0]}"
    hint = f'did you mean "{near}"?' if near else known
    return Problem("unknown-key", f'"{key.text}" is not a key here', key.place, hint)


def _extends(node: Node | None) -> tuple[Scalar | None, list[Problem]]:
    if node is None or isinstance(node, Scalar):
        return node, []
    hint = "write extends: default"
    return None, [Problem("wrong-type", "the name of one theme is expected", node.place, hint)]


def _styles(node: Node | None) -> tuple[tuple[Scalar, ...] | None, list[Problem]]:
    if node is None:
        return None, []
    if isinstance(node, YamlSequence):
        names = [item for item in node.items if isinstance(item, Scalar)]
        if len(names) == len(node.items):
            return tuple(names), []
    hint = "write styles: [theme.css]"
    place: Place = node.place
    return None, [Problem("wrong-type", "a list of file names is expected", place, hint)]
