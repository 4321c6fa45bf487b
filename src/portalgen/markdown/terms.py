"""Terms of a glossary: found in what a client reads, and marked where a page has them first.

A term is a whole word, or several, written as the glossary writes it. An s at the end of a word
and a capital at the beginning of a sentence are tolerated. Code, links, headings and the labels of
tasks are left alone.
"""

import hashlib
import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from portalgen.markdown.document import Document

_BEFORE = r"(?<![\w@/.-])"
_AFTER = "(?![\\w\u0300-\u036f@-]|\\.\\w)"
_SENTENCE_ENDS = ".!?…:\u2013\u2014-"
_SENTENCE_OPENS = "«“„\"‘'([¿¡*"
_BREAK = "\n"
_LEADS = re.compile(r"[^ \n]{0,8}$")
_TRAILS = re.compile(r"[^\w \n]{0,4}")
"""What belongs to a word on either side: l’, « and a full stop."""
_PARAGRAPH = "\n\n"
_SHORTEST_PLURAL = 3
"""Letters of a word from which on an s may follow: "noms de domaine", and not "nom des domaine"."""
_TITLES = ("heading_open", "th_open", "dt_open")
_HELD: Mapping[str, str] = {"hardbreak": _PARAGRAPH, "image": "\ufffc", "footnote_ref": " "}


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """What each term means, and the pattern that finds them all."""

    explanations: Mapping[str, str]
    _names: tuple[str, ...] = field(repr=False)
    _pattern: re.Pattern[str] | None = field(repr=False)

    def found_in(self, text: str) -> Iterator["Mention"]:
        """Every mention of a term in a text, the longest term first where several fit."""
        start = 0
        while self._pattern and (match := self._pattern.search(text, start)):
            name = self._names[(match.lastindex or 1) - 1]
            if match[0][0] == name[0] or _begins_sentence(text, match.start()):
                yield Mention(name, match.start(), match.end())
                start = match.end()
            else:
                start = match.start() + 1


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that is a term."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Children of a paragraph, `first` to before `last`, that a term may lie in.

    `start` and `end` are where they stand in the text of the paragraph.
    """

    first: int
    last: int
    start: int
    end: int


def glossary_of(explanations: Mapping[str, str]) -> Glossary:
    """A glossary from terms and what they mean."""
    names = tuple(sorted(explanations, key=lambda name: (-len(name), name)))
    each = "|".join(f"({_pattern(name)})" for name in names)
    # Most places of a text are passed over by their first letter, in half the time.
    first = re.escape("".join(sorted({name[0] + name[0].upper() for name in names})))
    pattern = re.compile(f"(?=[{first}]){_BEFORE}(?:{each}){_AFTER}") if names else None
    return Glossary(explanations, names, pattern)


def _begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence begins there, after blanks, quotation marks and the like."""
    # By hand: a pattern that ends there would be tried from everywhere before.
    at = start
    while at and (text[at - 1].isspace() or text[at - 1] in _SENTENCE_OPENS):
        at -= 1
    return at == 0 or text[at - 1] in _SENTENCE_ENDS or _PARAGRAPH in text[at:start]


def _pattern(name: str) -> str:
    first, *others = (_word(word) for word in name.split())
    capital = name[0].upper()
    if name[0].isalpha() and len(capital) == 1:
        first = f"[{name[0]}{capital}]{first[1:]}"
    return r"\s+".join([first, *others])


def _word(word: str) -> str:
    plural = "s?" if len(word) >= _SHORTEST_PLURAL and word[-1].isalpha() else ""
    return re.escape(word).replace("'", "’").replace("’", "['’]") + plural


@lru_cache(maxsize=256)
def terms_in(document: Document, glossary: Glossary) -> frozenset[str]:
    """The terms that a document would be marked with."""
    paragraphs = (token.children or [] for token in _paragraphs(document.tokens))
    found = (mention.name for children in paragraphs for mention in _mentions(children, glossary))
    return frozenset(found)


def terms_in_text(text: str, glossary: Glossary) -> frozenset[str]:
    """The terms that a text without Markdown would be marked with."""
    return frozenset(mention.name for mention in glossary.found_in(text))


@dataclass(slots=True)
class PageTerms:
    """The terms of a page, of which each is explained where it comes first."""

    glossary: Glossary
    _explained: set[str] = field(default_factory=set)

    def mark(self, tokens: Sequence[Token]) -> list[Token]:
        """The same text, with the terms that the page explains here."""
        paragraphs = {id(token) for token in _paragraphs(tokens)}
        return [
            token.copy(children=self._marked(token.children or []))
            if id(token) in paragraphs
            else token
            for token in tokens
        ]

    def mark_plain(self, text: str) -> list[Token]:
        """A text without Markdown, as the children of a paragraph."""
        return self._marked([*_plain(text)])

    def _marked(self, children: Sequence[Token]) -> list[Token]:
        text, runs = _runs(children)
        first = [each for each in _mentions(children, self.glossary) if self._is_first(each)]
        marked, done = [], 0
        for run in runs:
            marked += [*children[done : run.first], *self._marked_run(text, run, first)]
            done = run.last
        return [*marked, *children[done:]]

    def _is_first(self, mention: Mention) -> bool:
        if mention.name in self._explained:
            return False
        self._explained.add(mention.name)
        return True

    def _marked_run(self, text: str, run: _Run, first: Sequence[Mention]) -> Iterator[Token]:
        here = [mention for mention in first if run.start <= mention.start < run.end]
        ends = [*(mention.start for mention in here[1:]), run.end]
        done = run.start
        for mention, end in zip(here, ends, strict=False):
            lead, trail = _beside(text, (done, end), mention)
            yield from _plain(text[done : mention.start - len(lead)])
            shown = " ".join(text[mention.start : mention.end].split())
            says = self.glossary.explanations[mention.name]
            meta = {"name": mention.name, "says": says, "lead": lead, "trail": trail}
            yield Token("term", "", 0, content=shown, meta=meta)
            done = mention.end + len(trail)
        yield from _plain(text[done : run.end])


def term_id(name: str) -> str:
    """The id of the explanation of a term: the same on every page, and apart from all others."""
    return f"term-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def term_html(name: str, shown: str, says: str, *, lead: str = "", trail: str = "") -> str:
    """A term, as a button that shows its explanation. No script is needed for it.

    What leads and trails is held to it: lines may break on both sides of a button, whatever stands
    there (CSS Text 3, section 5.1).
    """
    target = term_id(name)
    term = (
        f'<button type="button" class="term" popovertarget="{target}">{escapeHtml(shown)}</button>'
        f'<span class="term-says" id="{target}" popover dir="auto">'
        f'<b class="term-name">{escapeHtml(name)}</b> {escapeHtml(says)}</span>'
    )
    if not lead and not trail:
        return term
    return f'<span class="term-held">{escapeHtml(lead)}{term}{escapeHtml(trail)}</span>'


def _paragraphs(tokens: Sequence[Token]) -> Iterator[Token]:
    for index, token in enumerate(tokens):
        if token.type == "inline" and tokens[index - 1].type not in _TITLES:
            yield token


def _mentions(children: Sequence[Token], glossary: Glossary) -> Iterator[Mention]:
    text, runs = _runs(children)
    starts = [run.start for run in runs]
    for mention in glossary.found_in(text):
        run = runs[bisect(starts, mention.start) - 1] if runs else None
        if run and run.start <= mention.start and mention.end <= run.end:
            yield mention


def _runs(children: Sequence[Token]) -> tuple[str, list[_Run]]:
    """The text of a paragraph, and the stretches of it that are neither code nor link."""
    text, held = "", 0
    runs: list[_Run] = []
    for index, child in enumerate(children):
        held += _holds(child)
        if child.type not in ("text", "softbreak"):
            text += _HELD.get(child.type, child.content if child.type == "code_inline" else "")
            continue
        start = len(text)
        text += child.content if child.type == "text" else _BREAK
        if not held and runs and runs[-1].last == index:
            runs[-1] = _Run(runs[-1].first, index + 1, runs[-1].start, len(text))
        elif not held:
            runs.append(_Run(index, index + 1, start, len(text)))
    return text, runs


def _holds(token: Token) -> int:
    """Whether a link, or the label of a task, begins (1) or ends (-1) here.

    A button may stand in neither (HTML, sections 4.5.1 and 4.10.4).
    """
    return {
        ("link_open", ""): 1,
        ("link_close", ""): -1,
        ("html_inline", "<label>"): 1,
        ("html_inline", "</label>"): -1,
    }.get((token.type, token.content if token.type == "html_inline" else ""), 0)


def _beside(text: str, within: tuple[int, int], mention: Mention) -> tuple[str, str]:
    """What stays on one line with a term, before and after it: l’avenant, « avenant »."""
    first, last = within
    lead = _LEADS.search(text[max(first, mention.start - 8) : mention.start])
    trail = _TRAILS.match(text, mention.end, last)
    return lead[0] if lead else "", trail[0] if trail else ""


def _plain(text: str) -> Iterator[Token]:
    """Text as the parser makes it, a line at a time."""
    for number, line in enumerate(text.split(_BREAK)):
        if number:
            yield Token("softbreak", "br", 0)
        if line:
            yield Token("text", "", 0, content=line)
