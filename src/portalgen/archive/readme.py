"""`README.txt` of an archive, and the letter it goes out with: in the reader's language.

In a locked archive anyone can read it, so it names nobody and speaks every language.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from portalgen.access.invitation import called, letter
from portalgen.archive.zip_file import SUMS
from portalgen.language import LANGUAGES, Words, message
from portalgen.model.client import Contact
from portalgen.render.scope import Scope

_WHAT = message("Everything that is yours from the project “{title}”, as it was on {date}.")
_MADE = message("Made by {studio}. It needs no internet, no account and no special program.")
_OPENING = message("How to open it")
_OPEN = message("Unpack the whole archive, then open index.html in a browser.")
_SAFE = message("Anyone who has this folder can read it: keep it in a safe place.")
_CALENDAR = ".ics"
"""The end of the one file whose name is the project's."""
_INSIDE = message("What is in it")
_CONTENTS = {
    "index.html": message("the pages of your private space, to read and to print"),
    "files/": message("the files that you received"),
    "invoices/": message("the invoices, for programs, and as PDF where there is one"),
    _CALENDAR: message("the dates, for your own calendar"),
    "journal.txt": message("what happened, day by day"),
    "approvals.txt": message("what you agreed to and approved"),
    "portal.json": message("everything once more, for programs"),
    SUMS: message("a checksum of every file (SHA-256)"),
}
_CODES = message("The access codes are not in it: they stay under seal in your private space.")
_CHECKING = message("How to check that nothing was changed")
_COMMANDS = message("Type this in a terminal, in this folder:")
_LIST = message("Whoever changes a file can change the list as well: keep a copy of it elsewhere.")
_QUESTIONS = message("Who to talk to")

_LOCKED = message("A private space, locked with passphrases")
_UNPACK = message("Unpack the whole archive, then open index.html in a current browser.")
_ON_COMPUTERS = message("On a telephone, the pages may not open from an archive: use a computer.")
_TYPE = message(
    "Your passphrase is that of your private space on the internet. Nothing that you type is sent."
)
_EACH_PAGE = message("Some browsers, such as Firefox, ask for it on each page.")
_SNAPSHOT = message("It opens for those who had access when it was made, and stays as it was then.")

_ALL_IN_ONE = message("Here is everything that is yours from “{title}”, in one file.")
_END = (message("The project is finished."), message("It was a pleasure to work with you."))
_HOW_CLEAR = message(
    "Unpack it, then open index.html in a browser. Anyone who has the file can read it: keep it in "
    "a safe place."
)
_HOW_LOCKED = message(
    "Unpack it on a computer, open index.html in a browser, and type your passphrase."
)


def clear_readme(scope: Scope, today: date, paths: Sequence[str]) -> str:
    """What a folder in clear is, and how to use it.

    Args:
        paths: of all that is in it.
    """
    words, studio = scope.words, scope.workspace.studio
    text, title = words.text, scope.portal.client.project.title
    rows = [(name, text(said)) for name, said in _inside((*paths, SUMS))]
    width = max(len(name) for name, _ in rows) + 2
    sealed = any(account.sealed for account in scope.portal.accounts)
    reach = dict.fromkeys((studio.author, studio.name, studio.email, studio.phone))
    sections = (
        f"{text(_WHAT, title=title, date=words.date(today))}\n{text(_MADE, studio=studio.name)}",
        _section(text(_OPENING), text(_OPEN), text(_SAFE)),
        _section(text(_INSIDE), *(f"{name:<{width}}{said}" for name, said in rows)),
        *([text(_CODES)] if sealed else []),
        _section(text(_CHECKING), text(_COMMANDS), *_check_lines(), text(_LIST)),
        _section(text(_QUESTIONS), *filter(None, reach)),
    )
    return "\n\n".join(sections) + "\n"


def _inside(paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What of the contents is there, by its name."""
    for name, said in _CONTENTS.items():
        found = next((path for path in paths if path.startswith(name) or path.endswith(name)), None)
        if found:
            yield (found if name == _CALENDAR else name), said


def locked_readme(language: str) -> str:
    """What a locked folder is, and how to open it: in that language first, then in the others."""
    spoken = dict.fromkeys((language, *LANGUAGES))
    return "\n\n".join("\n".join(_locked_lines(Words(each))) for each in spoken) + (
        "\n\n" + "\n".join(_check_lines()) + "\n"
    )


def _locked_lines(words: Words) -> Iterator[str]:
    heading = words.text(_LOCKED)
    yield heading
    yield "-" * len(heading)
    for said in (_UNPACK, _TYPE, _EACH_PAGE, _ON_COMPUTERS, _SNAPSHOT):
        yield words.text(said)


def _check_lines() -> Iterator[str]:
    yield f"    sha256sum -c {SUMS}                 (Linux)"
    yield f"    shasum -a 256 -c {SUMS}             (macOS)"
    yield "    certutil -hashfile index.html SHA256    (Windows)"


def _section(heading: str, *lines: str) -> str:
    return "\n".join((heading, "-" * len(heading), *lines))


def letter_with(scope: Scope, contacts: Sequence[Contact], *, locked: bool) -> str:
    """The letter that the archive goes out with; it thanks, when the project is closed."""
    words, client = scope.words, scope.portal.client
    names = [called(contact, words) for contact in contacts] or [client.name]
    opening = words.text(_ALL_IN_ONE, title=client.project.title)
    how = words.text(_HOW_LOCKED if locked else _HOW_CLEAR)
    thanks = (" ".join(words.text(said) for said in _END),) if client.project.closed else ()
    paragraphs = (*thanks, f"{opening} {how}")
    return letter(words, scope.workspace.studio, words.list(names), paragraphs)
