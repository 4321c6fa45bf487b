"""`digest`: a mail with news, as a draft."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import click

from portalgen.cli.common import (
    disk_errors,
    known_clients,
    terminal,
    today_option,
    workspace_option,
)
from portalgen.cli.places import refuse_place
from portalgen.digest import (
    DigestError,
    Draft,
    Since,
    Wish,
    letter,
    mail_of,
    make_digest,
    unaddressed,
)
from portalgen.model.right_forms import right_date
from portalgen.terminal import clean
from portalgen.write import write_file

_WEEK = timedelta(days=7)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _as_text(draft: Draft) -> bytes:
    to = ", ".join(f"{reader.name} <{reader.email}>" for reader in draft.to)
    head = [*([f"To: {to}"] if to else []), f"Subject: {draft.digest.subject}"]
    return "\n".join([*head, "", letter(draft.digest)]).encode()


_FORMATS: Mapping[str, Callable[[Draft], bytes]] = {
    "text": _as_text,
    "eml": mail_of,
    "html": lambda draft: draft.html.encode(),
}


@click.command()
@click.argument("client")
@click.option(
    "--since",
    metavar="WHEN",
    help="From which day on it is news, YYYY-MM-DD; or a commit of git, and news is what it did "
    "not have. By default the last seven days.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    help="text to paste, eml to open in a mail program, html; by the name of FILE, else text.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it there instead of printing it.",
)
@click.option("--force", is_flag=True, help="Replace FILE when it is there already.")
@workspace_option
@today_option
def digest(
    *,
    client: str,
    since: str | None,
    form: str | None,
    output: Path | None,
    force: bool,
    root: Path,
    today: date,
) -> None:
    """Write a mail with the news of CLIENT's project, in their language: a draft for you to send.

    It says where the project stands, what is new, what is being done, what comes next, and what you
    need from them, and leads to their portal. Nothing is sent, and no passphrase is in it.

    \b
    Examples:
      portalgen digest salon-martin
      portalgen digest salon-martin --since 2026-11-16 -o news.eml
      portalgen digest salon-martin --since v1.2 --format html -o news.html
    """
    name = known_clients(root, (client,))[0]
    if output:
        refuse_place(output, root, force=force)
    wish = Wish(root, name, _since(since, today), today)
    with disk_errors():
        draft, first = _made(wish)
        if draft is None:
            terminal().say(f"nothing is new since {first}: there is no mail to send")
            return
        data = _FORMATS[form or _by_name(output)](draft)
        if output:
            write_file(output, data)
    if output:
        click.echo(clean(str(output)))
    else:
        click.echo(data, nl=False)
    _advise(draft)


def _since(given: str | None, today: date) -> Since:
    if given is None:
        return today - _WEEK
    right = right_date(given)
    if right and not _DAY.fullmatch(given):
        raise click.UsageError(f'--since is "{clean(given)}": write {right.right}.')
    if not _DAY.fullmatch(given):
        return given
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise click.UsageError(f"--since: {given} is not in the calendar.") from None
    if day > today:
        raise click.UsageError(f"--since: {given} is still to come.")
    return day


def _made(wish: Wish) -> tuple[Draft | None, date]:
    try:
        return make_digest(wish)
    except DigestError as error:
        terminal().problems(error.problems)
        raise click.ClickException(clean(str(error))) from error


def _by_name(output: Path | None) -> str:
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return {"eml": "eml", "html": "html", "htm": "html"}.get(ending, "text")


def _advise(draft: Draft) -> None:
    """What the author should know before they send it."""
    screen = terminal()
    if draft.is_draft:
        screen.say("this portal is a draft: its people cannot open it yet")
    if not draft.to:
        screen.say("no contact has an address: write email: … under contacts in client.yaml")
    if not draft.digest.address:
        screen.say("the mail leads nowhere: write where the portals are, portals: https://… in")
        screen.say("studio.yaml")
    for email in unaddressed(draft):
        screen.say(f"add this address by hand, a mail's head cannot bear it: {clean(email)}")
