"""What a new workspace holds, as files in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portalgen.model.folder import CONTENT
from portalgen.scaffold.demo import demo_files, demo_in
from portalgen.scaffold.editor import editor_files
from portalgen.scaffold.hosts import NO_HOST, REQUIREMENTS, host_files, requirements
from portalgen.scaffold.pin import Pin
from portalgen.scaffold.texts import written
from portalgen.schema import FOLDER, modeline, schemas

IGNORE = ".gitignore"
README = "README.md"

_UNNAMED: Mapping[str, str] = {"en": "My studio", "fr": "Mon atelier"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a new workspace is to be.

    Attributes:
        name: the studio's; one to be replaced when it is None.
        owner: the person behind it.
        language: an ISO 639-1 code.
        host: one of `scaffold.hosts.HOSTS`.
        demo: whether an invented client comes with it.
        today: the day that the dates of the invented client lie around.
    """

    name: str | None
    owner: str | None
    language: str
    host: str
    demo: bool
    today: date

    @property
    def names(self) -> tuple[str, str]:
        """The studio's name and its owner's, which may be empty."""
        if self.name:
            return self.name, self.owner or ""
        if self.demo:
            invented = demo_in(self.language)
            return invented.studio, self.owner or invented.owner
        return _UNNAMED.get(self.language, _UNNAMED["en"]), self.owner or ""


def workspace_files(plan: Plan, pin: Pin) -> dict[str, bytes]:
    """Every file of a new workspace, by path, but for the access of its people."""
    texts = {
        f"{CONTENT}/studio.yaml": _studio(plan),
        f"{CONTENT}/glossary.yaml": _template("glossary.yaml", plan, "glossary"),
        IGNORE: ignore_file(plan.language),
        README: _readme(plan),
        **{f"{CONTENT}/{FOLDER}/{name}": text for name, text in schemas().items()},
        **editor_files(),
        **host_files(plan.host, plan.language),
    }
    if plan.host != NO_HOST:
        texts[REQUIREMENTS] = requirements(pin, plan.language)
    made = {path: text.encode() for path, text in texts.items()}
    if plan.demo:
        found = demo_files(plan.language, plan.today)
        made |= {f"{CONTENT}/{path}": content for path, content in found.items()}
    return made


def ignore_file(language: str) -> str:
    """What git leaves out of a workspace."""
    return written("workspace/gitignore", language, {})


def _studio(plan: Plan) -> str:
    name, owner = plan.names
    values = {"name": name, "owner": owner, "language": plan.language}
    head = _template("studio.yaml", plan, "studio", **values)
    return head + _template("studio-demo.yaml" if plan.demo else "studio-own.yaml", plan)


def _readme(plan: Plan) -> str:
    online = _template(f"online-{plan.host}.md", plan).rstrip("\n")
    return _template("README.md", plan, name=plan.names[0], online=online)


def _template(file: str, plan: Plan, schema: str = "", **values: str) -> str:
    first = f"{modeline(0, schema)}\n" if schema else ""
    return first + written(f"workspace/{file}", plan.language, values)
