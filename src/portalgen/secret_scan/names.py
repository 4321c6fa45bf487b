"""What secrets are called, in English and in French, and the marks between a name and its value.

All patterns are for folded text: lower case, no accents. An apostrophe may have folded to `?`, and
so has an accent that is a sign of its own, as Macs write it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portalgen.secret_scan.finding import PASSPHRASE
from portalgen.secret_scan.values import Value, is_code, is_key, is_mixed, is_password

_WORDS = (
    (b"", (b"pass", b"mdp", b"code", b"pin", b"api", b"secret", b"jeton")),
    (b"k", (b"key", b"token")),
    (b"w", (b"pwd",)),
    (b"/", (b"identifiant", b"login")),
)
"""Every name has one of these words in it; each comes with a sign without which it is not looked
for. To look for a sign costs next to nothing, for a word as much as to read the text."""

_INSIDE_OTHERS = (b"pin", b"api")
"""Those that are a part of many words that name nothing, such as `rapide` and `copain`."""

_LONGEST = 40
"""Signs of a name, at most."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a secret is called: in messages, in a folded text, and which values count after it."""

    name: str
    pattern: str
    counts: Callable[[Value], bool]


_KEY = r"cl(?:e\??|ef)s?"
_OF = r"(?:de |du |d['?]|de la |de l['?])"
_PLACE = r"acce\??s|wi-?fi|porte|portail|alarme|coffre|boi\??te a\?? cle\??s?"

_OTHER_KEYS = "encrypted|public|primary|foreign|unique|sort|cache|index|publishable|site"

LOGIN = Name("a password", r"identifiants?|logins?", is_mixed)
"""Names a pair only: `Identifiants : nadia / hunter2`."""

_NAMES = (
    Name(PASSPHRASE, r"pass[ _-]?phrases?|phrases?[ _-]?de[ _-]?passe", is_password),
    Name("a password", r"passw(?:or)?ds?|mots?[ _-]?de[ _-]?passe?s?|mdp|pwd", is_password),
    Name("an access code", rf"codes? (?:{_OF}?(?:{_PLACE})|pin|secrets?|confidentiels?)", is_code),
    Name("an access code", r"(?:access|door|gate|alarm)[ _-]codes?|passcodes?|digicode", is_code),
    Name("a PIN", r"pin", is_code),
    Name("an API key", rf"api[ _-]?keys?|{_KEY} {_OF}?api", is_key),
    Name("a key", r"(?:access|account|auth|private|encryption)[ _-]?keys?", is_key),
    Name("a key", rf"(?!{_OTHER_KEYS})[a-z][a-z0-9_]{{0,30}}_key", is_key),
    Name("a token", r"tokens?|jetons?(?: d['?]acce\??s)?", is_key),
    Name("a secret", rf"secrets?(?:[ _-]key(?:[ _-]base)?)?|{_KEY} secre\??tes?", is_mixed),
    Name("a password", r"pass(?=\s?[:=])", is_mixed),
    LOGIN,
)

NAME = re.compile(
    r"(?:(?<![a-z])|(?=passw))(?:"
    + "|".join(f"(?P<n{number}>{name.pattern})" for number, name in enumerate(_NAMES))
    + r")(?![a-z])"
)
_NAME_FOLDED = re.compile(NAME.pattern.encode())


def name_of(match: re.Match[str]) -> Name:
    """The name that a match of `NAME` found."""
    return _NAMES[int((match.lastgroup or "n0")[1:])]


def named_places(folded: bytes) -> Iterator[int]:
    """Where a name may stand in a text: near these places, and nowhere else."""
    for sign, words in _WORDS:
        for word in words if sign in folded else ():
            at = folded.find(word)
            while at >= 0:
                is_part = word in _INSIDE_OTHERS and folded[at - 1 : at].isalpha()
                if not is_part and _NAME_FOLDED.search(
                    folded, max(0, at - _LONGEST), at + _LONGEST
                ):
                    yield at
                at = folded.find(word, at + len(word))


_QUALIFIER = r"""
    (?:
        \s? \( [^()]{1,40} \)
        | \s (?:de|du|des|pour|for|of|on|sur|au)\s [^:=|>.,;]{1,40}?
        | \s d' [^:=|>.,;]{1,40}?
        | [ _-] (?:\w*admin\w*|wordpress|wp|ftp|sftp|ssh|smtp|imap|e?-?mail|wi-?fi|db|bdd|sql|mysql
            |root|user|base|prod|production|dev|live|staging|local|main|provisoire|temporaire
            |temporary|actuel|current|initial|nouveau|new|master|hosting|hebergeur|hebergement
            |\d{1,2})
    ){0,2}
"""
"""What may come between a name and its colon: `password for the shop:`, `mdp (FTP) :`."""

_MARKS = r"(?:</?[a-z]{1,6}>|[\s*_`~\"')\]»])*"

ASSIGNED = re.compile(
    rf"""
    {_QUALIFIER} (?P<owner>(?:\s[\w.&'-]{{1,20}}){{1,2}}?)? {_MARKS}
    (?:
        (?P<strict>:=|[:=](?!//))
        | [|\t] | [-=]> | \s>\s | [;,](?=\S)
        | \b(?:est|is|sera)\s*:?\s
    )
    (?:\s|[*_`~]|</?(?:b|strong|em|i|code|kbd|td|tt|span|p|br)\s?/?>|&nbsp;)*
    """,
    re.VERBOSE,
)
"""From a name to its value. After the signs of `strict`, the value may be all that is said; after
the others, a row or a sentence goes on. An `owner` is any other word, as in `mdp OVH :`."""

NOTHING_MORE = re.compile(rf"{_QUALIFIER} {_MARKS}", re.VERBOSE)
"""What may follow a name in the heading of a column."""
