"""Secrets that are known by the name before them: `password: …`, `| mot de passe | … |`, `PIN=…`.

`names` knows the names, `values` decides about what follows, `columns` reads whole tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portalgen.secret_scan.columns import column_values
from portalgen.secret_scan.finding import Finding
from portalgen.secret_scan.folding import fold_line
from portalgen.secret_scan.names import ASSIGNED, LOGIN, NAME, Name, name_of, named_places
from portalgen.secret_scan.values import Value, is_key, is_passphrase

_AHEAD = 100
"""Signs from a name in which something must give it a value."""

_STRETCH, _OVERLAP = 1500, 300
"""A line longer than a person types is read in stretches, each with the end of the one before."""

_WRAPPED = 60
"""Signs of a line from which its last word may go on in the next one."""

_ASSIGNS = re.compile(rb"[:=|>\t]|[;,](?=\S)|\b(?:est|is|sera)\b")
_NOT_IN_WORDS = b"0123456789@#$%&*+^~"
_AFTER_A_NAME = re.compile(r"[\w.)]\s*(?:/|&|\+|\bet\b|\band\b)\s*$")
_LOGIN_BEFORE = re.compile(r"[^\s/|:]{1,60}\s*(?:/|\s-\s|\bet\b|\band\b)\s*[`*_]*")
_QUOTED = re.compile(r"""(?:"([^"]+)"|'([^']+)'|«\s*([^»]+?)\s*»)""")
_IN_LINK = re.compile(r"://\S*[?&#;]\S*$")
_BARE = re.compile(r"[^\s|]{1,200}(?![^\s|])")
_INSIDE_CODE = re.compile(r"""`|</|\\[nrt"']""")
"""What ends a word inside JSON, HTML or backticks."""

_CLOSING = ".,;:)]}\"'`*_~»>"
_PHRASE_ENDS = re.compile(
    r"""[\s*_`~"'»)}\].!]*(?:$|[|;<]|,\s*["']?[\w -]{1,20}["']?\s*[:=]|\s\#|[-/]\s+\w+\s*:)"""
)
_WORDS_IN_A_ROW = re.compile(r"[^\W\d_]+(?:[ '-]+[^\W\d_]+){4,11}")
_BELOW = re.compile(
    r"""
    (?:[ \t]*\n){1,2}[ \t]* (?!```) (?:[-*>][ \t]+)? [*_`]*
    (?P<value>[^\s`|=:]{4,100}?)
    [*_`]* [ \t]* (?:\n|$)
    """,
    re.VERBOSE,
)
_BLOCK = re.compile(r"[|>][+-]?\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text, or as much of it as a person types: as it is, and folded."""

    text: str
    plain: str
    start: int

    def finding(self, name: Name, span: tuple[int, int]) -> Finding:
        return Finding(name.name, self.start + span[0], self.start + span[1])


def named_secrets(text: str, folded: bytes) -> Iterator[Finding]:
    """The secrets of a text that are known by their name; `folded` is the text, folded."""
    lines = [_line(text, start) for start in sorted(set(line_starts(folded)))]
    for line in lines:
        yield from _in_line(text, line)
    if lines:
        yield from (
            Finding(cell.name.name, cell.start, cell.end)
            for cell in column_values(text)
            if cell.name.counts(cell.value)
        )


def without_plain_end(folded: bytes) -> bytes:
    """The text without its end, if that can name no secret: a page of prose, for the most part.

    After the line of the last colon or equals sign, only a sentence or a row can give a value, and
    a word of letters does not count there.
    """
    last = max(folded.rfind(b":"), folded.rfind(b"="))
    end = folded.find(b"\n", last) + 1 or len(folded)
    rest = folded[end:]
    return folded if len(rest.translate(None, _NOT_IN_WORDS)) < len(rest) else folded[:end]


def line_starts(folded: bytes) -> Iterator[int]:
    """Where the lines begin in which a name stands, perhaps with a value after it."""
    for at in named_places(folded):
        begin = max(0, at - at % _STRETCH - _OVERLAP)
        start = max(begin, folded.rfind(b"\n", begin, at) + 1)
        ahead = folded[at : at + _AHEAD].partition(b"\n")[0]
        if start == 0 or b"|" in folded[start:at] or _ASSIGNS.search(ahead):
            yield start


def _line(text: str, start: int) -> _Line:
    line = text[start : start + _STRETCH + _OVERLAP].partition("\n")[0]
    return _Line(line, fold_line(line), start)


def _in_line(text: str, line: _Line) -> Iterator[Finding]:
    for named in NAME.finditer(line.plain):
        name = name_of(named)
        assigned = ASSIGNED.match(line.plain, named.end())
        if assigned is None or (name.counts is is_key and _is_in_link(line, named.start())):
            continue
        begin = _after_login(line, name, named.start(), assigned.end())
        if begin is not None:
            strict = bool(assigned["strict"] and not assigned["owner"])
            yield from _value_at(text, line, name, begin, strict=strict)


def _after_login(line: _Line, name: Name, at: int, begin: int) -> int | None:
    """Where the value begins, after the login if both stand together: `id / mdp : nadia / …`.

    None for a login that stands alone.
    """
    is_pair = name is LOGIN or _AFTER_A_NAME.search(line.plain, max(0, at - 20), at)
    login = _LOGIN_BEFORE.match(line.plain, begin) if is_pair else None
    if login:
        return login.end()
    return None if name is LOGIN else begin


def _is_in_link(line: _Line, at: int) -> bool:
    """Whether a name stands in an address, as in a link to share, which is there to be given."""
    return bool(_IN_LINK.search(line.plain, max(0, at - _OVERLAP), at))


def _value_at(text: str, line: _Line, name: Name, begin: int, *, strict: bool) -> Iterator[Finding]:
    """The value that begins there, or stands alone on the next line, if it counts."""
    if strict and (begin == len(line.text) or _BLOCK.match(line.text, begin)):
        below = _BELOW.match(text, line.start + len(line.text))
        if below and name.counts(Value(below["value"].rstrip(_CLOSING), alone=False)):
            yield Finding(name.name, *below.span("value"))
        return
    words = _WORDS_IN_A_ROW.match(line.text, begin)
    if words and is_passphrase(words[0]):
        yield line.finding(name, words.span())
        return
    start, end, quoted = _token(line, begin)
    alone = strict and _is_alone(line, end, quoted=quoted)
    if start < end and name.counts(Value(line.text[start:end], alone)):
        yield line.finding(name, (start, end))


def _token(line: _Line, begin: int) -> tuple[int, int, bool]:
    """Where the first word begins and ends, or what is in quotes, and whether it is in quotes."""
    quoted = _QUOTED.match(line.plain, begin)
    if quoted:
        return *quoted.span(quoted.lastindex or 0), True
    bare = _BARE.match(line.text, begin)
    if bare is None:
        return begin, begin, False
    word = _INSIDE_CODE.split(bare[0])[0]
    if "..." in word:
        return begin, begin, False
    return begin, begin + len(word.rstrip(_CLOSING)), False


def _is_alone(line: _Line, end: int, *, quoted: bool) -> bool:
    """Whether the phrase ends there. A heading is a title, a long line may be wrapped."""
    if line.plain.startswith("#") or not _PHRASE_ENDS.match(line.plain, end):
        return False
    return quoted or len(line.text) <= _WRAPPED or bool(re.search(r"[{`|;,]", line.plain))
