"""`completion`: lets a shell finish commands, options, clients, and what belongs to a client."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from portalgen.model.portal import Portal
from portalgen.parse import parse_client
from portalgen.read import client_names, read_client

_PROGRAM = "portalgen"
_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script with which your SHELL finishes commands, options and clients at a Tab.

    \b
    Where it goes:
      bash  portalgen completion bash > ~/.local/share/bash-completion/completions/portalgen
      zsh   portalgen completion zsh > ~/.zfunc/_portalgen
            and in ~/.zshrc, before compinit: fpath+=~/.zfunc
      fish  portalgen completion fish > ~/.config/fish/completions/portalgen.fish

    \b
    Examples:
      source <(portalgen completion bash)      try it, in this window only
      portalgen completion fish | source
    """
    made = get_completion_class(shell)
    assert made  # noqa: S101 - click knows the three of them
    command = context.find_root().command
    click.echo(made(command, {}, _PROGRAM, f"_{_PROGRAM.upper()}_COMPLETE").source())


Known = Callable[[click.Context, click.Parameter], Iterable[str]]
"""What there is that an argument could mean."""


class _Known(click.types.StringParamType):
    """A text like any other, of which a shell is told what there is."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Those that begin like what is typed; none where they cannot be read."""
        try:
            known = sorted(set(self._known(ctx, param)), key=str.casefold)
        except OSError:
            return []
        return [CompletionItem(name) for name in known if name.startswith(incomplete)]


def complete_arguments(command: click.Command) -> None:
    """Let a shell finish the arguments that name a client, or something of a client's.

    Not the values of options: click knows no argument as long as an option waits for its value.
    """
    for argument in (param for param in command.params if isinstance(param, click.Argument)):
        known = _of_kinds(argument.metavar or "") or _KNOWN.get(argument.name or "")
        if known and argument.type is click.STRING:
            argument.type = _Known(known)


def _of_kinds(metavar: str) -> Known | None:
    """What an argument may name, by how the help calls it: STEP|DELIVERABLE|project."""
    kinds = metavar.strip("[]").split("|")
    if not any(kind in _KINDS for kind in kinds):
        return None

    def of_portal(portal: Portal) -> list[str]:
        words = [kind for kind in kinds if kind.islower()]
        return words + [name for kind in kinds if kind in _KINDS for name in _KINDS[kind](portal)]

    return _of_client(of_portal)


def _root(context: click.Context) -> Path:
    return context.params.get("root") or Path()


def _clients(context: click.Context, argument: click.Parameter) -> Iterable[str]:
    given = context.params.get(argument.name or "") or ()
    return (name for name in client_names(_root(context)) if name not in given)


def _of_client(told: Callable[[Portal], Iterable[str]]) -> Known:
    def known(context: click.Context, _argument: click.Parameter) -> Iterable[str]:
        return told(_portal(context, context.params.get("client")))

    return known


def _portal(context: click.Context, name: str | None) -> Portal:
    root = _root(context)
    if name not in client_names(root):
        raise FileNotFoundError(name)
    return parse_client(read_client(root, name)[0])[0]


def _client_and_person(context: click.Context, argument: click.Parameter) -> Iterable[str]:
    given = context.params.get(argument.name or "") or ()
    if not given:
        return client_names(_root(context))
    return _people(_portal(context, given[0])) if len(given) == 1 else ()


def _people(portal: Portal) -> Iterable[str]:
    return [contact.id for contact in portal.client.contacts]


def _ids(*collections: str) -> Callable[[Portal], Iterable[str]]:
    def of_portal(portal: Portal) -> Iterable[str]:
        return [entry.id for name in collections for entry in getattr(portal, name)]

    return of_portal


def _accounts(portal: Portal) -> Iterable[str]:
    return [account.for_ for entry in portal.deliverables for account in entry.accounts]


_KINDS: dict[str, Callable[[Portal], Iterable[str]]] = {
    "STEP": _ids("steps"),
    "DELIVERABLE": _ids("deliverables"),
    "CORRECTION": _ids("corrections"),
    "AMENDMENT": _ids("amendments"),
    "INVOICE": _ids("invoices"),
}
_KNOWN: dict[str, Known] = {
    "client": _clients,
    "clients": _clients,
    "names": _client_and_person,
    "account": _of_client(_accounts),
    "person": _of_client(_people),
    "invoice": _of_client(_ids("invoices")),
}
