"""How the client is spoken to: no words of the trade that nobody explains, and no excuses."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from portalgen.check.texts import Said, read_records, texts_of, without_quotations
from portalgen.check.words import Found, Name, Phrase, Phrases, phrases, plain_text, words_in
from portalgen.glossary import glossary
from portalgen.model.portal import Portal, Workspace
from portalgen.model.record import Record
from portalgen.problem import Problem, warning


def words_to_avoid(portal: Portal, workspace: Workspace) -> Iterator[Problem]:
    """Jargon, apologies and excuses in what the client reads, each once in a file."""
    language = portal.client.language or workspace.studio.language
    listed = {name: each for name in _TELL if (each := phrases(name, language))}
    if not listed:
        return
    records = read_records(portal)
    sources = (record.place().source for record in records)
    texts = {path: plain_text(text) for path, text in {s.path: s.text for s in sources}.items()}
    whole = " ".join(texts.values())
    theirs = words_in(whole)
    explained = frozenset(_plain(term.name) for term in workspace.glossary)
    for name, each in listed.items():
        excused = explained if name == "jargon" else frozenset()
        forms = tuple(
            f for f in each.possible_in(whole, theirs) if _counts(each, f, theirs, excused)
        )
        possible = {path: each.near(text, forms) for path, text in texts.items() if forms}
        own = without_quotations if name == "apologies" else _as_it_is
        for said, found in _found(records, each, possible, own):
            if name != "jargon" or not _is_explained(said, found, workspace):
                yield _TELL[name](said, found)


def _counts(listed: Phrases, form: str, theirs: frozenset[str], explained: frozenset[str]) -> bool:
    """Whether a form is to be avoided here: it means what it means in our trade, and no term of the
    glossary explains it."""
    phrase = listed.phrase_of(form)
    if not phrase.elsewhere.isdisjoint(theirs):
        return False
    return not any(_plain(each) in explained for each in phrase.forms)


def _plain(form: str) -> str:
    return form.lower().replace("’", "'")


def _as_it_is(text: str) -> str:
    return text


def _found(
    records: Sequence[Record],
    listed: Phrases,
    possible: Mapping[str, tuple[str, ...]],
    own: Callable[[str], str],
) -> Iterator[tuple[Said, Found]]:
    """The phrases of a list in those records, each once in a file.

    Args:
        possible: the forms that a file may have, by its path.
        own: what of a text is the author's own words, sign for sign.
    """
    told: set[tuple[str, Phrase]] = set()
    for record in records:
        path = record.place().source.path
        for said in texts_of(record) if possible.get(path) else ():
            for found in listed.found_in(own(said.read), possible[path]):
                if (path, found.phrase) not in told:
                    told.add((path, found.phrase))
                    yield said, found


def _is_explained(said: Said, found: Found, workspace: Workspace) -> bool:
    """Whether the word is part of a longer term of the glossary."""
    mentions = glossary(workspace).found_in(said.read)
    return any(m.start <= found.start and found.end <= m.end for m in mentions)


def _jargon(said: Said, found: Found) -> Problem:
    message = f'"{_word(said, found)}" is a word of the trade, and the glossary does not explain it'
    hint = f"say it plainly: {found.phrase.instead}\nor explain it in content/glossary.yaml"
    return warning("unexplained-jargon", message, said.place(found.start, found.end), hint)


def _apology(said: Said, found: Found) -> Problem:
    message = f'"{_word(said, found)}" is an apology or an excuse'
    hint = f'say the fact and the date, such as "{found.phrase.instead}"'
    return warning("apology-or-excuse", message, said.place(found.start, found.end), hint)


_TELL: Mapping[Name, Callable[[Said, Found], Problem]] = {"jargon": _jargon, "apologies": _apology}


def _word(said: Said, found: Found) -> str:
    return " ".join(said.written[found.start : found.end].split())
