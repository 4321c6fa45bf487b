"""Secrets that are known by their shape alone: private keys, and the tokens of well-known services.

The prefixes, alphabets and lengths are those that the services publish for secret scanners.
A match with few different signs, or with part of the alphabet in order, is an example of one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portalgen.secret_scan.finding import LINK, PASSPHRASE, Finding
from portalgen.secret_scan.folding import has_long_run
from portalgen.secret_scan.values import is_passphrase, is_placeholder

_START = r"(?<![\w.-])"
"""Not inside another word: what is random may hold any few letters."""

_FEWEST_SIGNS = 9
_EXAMPLE = re.compile(r"x{6}|example|your[-_]|abcdefghij|123456789|\.\.\.|\*\*\*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of secret: its name in messages, how it begins, and its pattern from there.

    When the pattern has a group `secret`, that group is the secret, else all of it.
    """

    name: str
    begins: str
    pattern: re.Pattern[str]


def _token(name: str, word: str, rest: str) -> Shape:
    return Shape(name, word, re.compile(rf"{_START}{re.escape(word)}{rest}(?![\w-])"))


_PRIVATE_KEYS = (
    Shape(
        "a private key",  # RFC 7468, OpenSSH's and PGP's; with \n for line ends inside JSON
        "-----BEGIN ",
        re.compile(
            r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n)*"
            r"(?=(?:[^-]|-(?!----)){0,400}?[A-Za-z0-9+/]{20})"
            r"(?P<secret>(?:[^-]|-(?!----)){0,20000}?)(?:\s|\\n)*(?=-----END|$)"
        ),
    ),
    Shape(
        "a PuTTY private key",
        "Private-Lines: ",
        re.compile(
            r"Private-Lines: \d+\s+(?P<secret>[A-Za-z0-9+/=\s]{16,9999}?)(?=\s*(?:Private-|$))"
        ),
    ),
    *(
        Shape(
            "a private key",  # the private member of a JWK: RFC 7518, sections 6.2.2 and 6.3.2
            begins,
            re.compile(rf"""{begins}\s*:?\s*["']?(?P<secret>[\w-]{{43,700}})(?![\w.-])"""),
        )
        for begins in ('"d"', " d:")
    ),
    _token("a private key of age", "AGE-SECRET-KEY-1", "[A-Z0-9]{58}"),
)

_TOKENS = (
    Shape(
        LINK,  # docs/lock-format.md, section 2
        "#k=",
        re.compile(r"#k=(?P<secret>[\w-]{43})(?![\w-])"),
    ),
    *(_token("a GitHub token", f"gh{kind}_", "[A-Za-z0-9]{36}") for kind in "pousr"),
    _token("a GitHub token", "github_pat_", r"\w{82}"),
    _token("a GitLab token", "glpat-", r"[\w-]{20}(?:[\w.-]{7,60})?"),
    _token("a Slack token", "xox", r"[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,250}"),
    _token("a Slack token", "xapp-", r"\d-[A-Z0-9]+-\d+-[a-z0-9]+"),
    Shape(
        "the address of a Slack webhook",
        "hooks.slack.com",
        re.compile(r"hooks\.slack\.com/services/(?P<secret>[A-Za-z0-9/]{40,60})"),
    ),
    *(_token("an AWS access key", word, "[A-Z2-7]{16}") for word in ("AKIA", "ASIA")),
    _token("a Google API key", "AIza", r"[\w-]{35}"),
    _token("a Google client secret", "GOCSPX-", r"[\w-]{28}"),
    *(
        _token("a Stripe key", f"{kind}_{mode}_", "[A-Za-z0-9]{10,200}")
        for kind in ("sk", "rk")
        for mode in ("live", "test")
    ),
    _token("a Stripe webhook secret", "whsec_", "[A-Za-z0-9+/=]{24,80}"),
    _token("a SendGrid key", "SG.", r"[\w-]{22}\.[\w-]{43}"),
    _token("a Brevo key", "xkeysib-", "[a-f0-9]{64}-[A-Za-z0-9]{16}"),
    _token("a Shopify token", "shp", "(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    _token("an npm token", "npm_", "[A-Za-z0-9]{36}"),
    _token("a PyPI token", "pypi-", r"[\w-]{60,1000}"),
    _token("a Hugging Face token", "hf_", "[A-Za-z0-9]{34}"),
    _token("an Anthropic key", "sk-ant-", r"[\w-]{20,200}"),
    _token("an OpenAI key", "sk-", r"(?:(?:proj|svcacct|admin)-[\w-]{20,200}|[A-Za-z0-9]{32,64})"),
    Shape(
        "an Azure account key",
        "AccountKey=",
        re.compile(r"AccountKey=(?P<secret>[A-Za-z0-9+/]{40,100}={0,2})"),
    ),
    Shape(
        "a bearer token",  # a signed JWT: RFC 7519; an encrypted one (RFC 7516) has five parts
        "eyJ",
        re.compile(rf"{_START}eyJ[\w-]{{8,}}\.eyJ[\w-]{{8,}}\.[\w-]{{16,}}(?![\w.-])"),
    ),
    Shape(
        "credentials in a header",
        "uthorization",
        re.compile(
            r"uthorization['\"]?\s*[:=]\s*['\"]?(?:Basic|Bearer) (?P<secret>[\w+/=.~-]{16,})"
        ),
    ),
)

_SHAPES = (*_PRIVATE_KEYS, *_TOKENS)

_PASSWORDS = (
    (
        "a password in an address",  # RFC 3986, section 3.2.1
        re.compile(r"""://[^\s/:@"'<>]{0,80}:(?P<secret>[^\s/@"'<>]{4,200})@[\w\[]"""),
    ),
    (
        "a password in a program",  # as in WordPress's wp-config.php
        re.compile(
            r"""define\(\s*['"]\w{0,40}(?:PASSWORD|SECRET|SALT|_KEY)['"]\s*,"""
            r"""\s*['"](?P<secret>[^'"\n]{4,200})['"]"""
        ),
    ),
)
_HYPHENS = re.compile(r"-[^\W\d_]{2,}(?:-[^\W\d_]{2,}){4,8}(?![\w/-]|\.\w)")
_LAST_WORD = re.compile(r"(?<![\w/.#-])[^\W\d_]+$")
_LONGEST_WORD = 30


def may_be_shaped(text: str, folded: bytes) -> bool:
    """Whether a text, whose folded form is given too, may hold a secret of a known shape."""
    return has_long_run(folded) or ("@" in text and "://" in text)


def shaped_secrets(text: str, folded: bytes) -> Iterator[Finding]:
    """The secrets of a text that are known by their shape; `folded` is the text, folded."""
    if not may_be_shaped(text, folded):
        return
    for name, pattern in _PASSWORDS:
        for match in pattern.finditer(text):
            if not is_placeholder(match["secret"]):
                yield Finding(name, *match.span("secret"))
    yield from _passphrases(text)
    for shape in _SHAPES:
        yield from _found(shape, text)


def _found(shape: Shape, text: str) -> Iterator[Finding]:
    group = "secret" if "secret" in shape.pattern.groupindex else 0
    at = text.find(shape.begins)
    while at >= 0:
        match = shape.pattern.match(text, at)
        if match and _is_real(match[group]):
            yield Finding(shape.name, *match.span(group))
        at = text.find(shape.begins, match.end() if match else at + len(shape.begins))


def _is_real(secret: str) -> bool:
    return len(set(secret)) >= _FEWEST_SIGNS and not _EXAMPLE.search(secret)


def _passphrases(text: str) -> Iterator[Finding]:
    """Passphrases as portalgen prints them: six words or more, joined by hyphens."""
    for match in _HYPHENS.finditer(text):
        first = _LAST_WORD.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
        start = first.start() if first else match.start()
        if first and is_passphrase(text[start : match.end()]):
            yield Finding(PASSPHRASE, start, match.end())
