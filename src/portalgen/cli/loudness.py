"""How much is said: `--quiet` and `--verbose`, before a command or behind it."""

import click

_META = "portalgen.loudness"
_NAMES = {
    "quiet": ("-q", "Say nothing but errors."),
    "verbose": ("-v", "Say more, also about a failure."),
}


def loudness_option(name: str) -> click.Option:
    """`--quiet` or `--verbose`, which no command has to take as an argument."""
    short, text = _NAMES[name]
    return click.Option(
        [short, f"--{name}"],
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help=text,
    )


def is_quiet() -> bool:
    """Whether the command that runs takes `--quiet`, and was asked to be."""
    return "quiet" in _asked() and takes_quiet(click.get_current_context().command)


def is_verbose() -> bool:
    """Whether more is to be said; also what is asked with `--quiet`, which is then about errors."""
    return "verbose" in _asked()


def takes_quiet(command: click.Command) -> bool:
    """Whether what a command says may be left unsaid."""
    return any("--quiet" in option.opts for option in command.params)


def _asked() -> set[str]:
    context = click.get_current_context(silent=True)
    asked: set[str] = context.meta.get(_META, set()) if context else set()
    return asked


def _remember(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and option.name:
        context.meta.setdefault(_META, set()).add(option.name)
