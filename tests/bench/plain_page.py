"""The page that every tool locks: plain HTML of an exact size, the same at every run.

Its text has the frequencies of prose: the commonest words of English in their order, then words of
portalgen's own list, drawn by Zipf's law with Mandelbrot's constant. `gzip -9` makes of it what it
makes of English: 47 % of 10 kB, and 37 % of 100 kB.
"""

import random
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

SIZES = {"10 kB": 10_000, "100 kB": 100_000}
"""The pages of the benchmark, in bytes."""

HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Where the work stands</title>
<link rel="stylesheet" href="theme.css">
</head>
<body class="portal">
<main>
"""
END = '<p id="end">'
"""Begins the last paragraph: once that is there, all of the page is."""
TAIL = "</p>\n</main>\n</body>\n</html>"

_COMMONEST = """\
the of and to a in is it you that he was for on are with as I his they be at one have this from or
had by hot but some what there we can out other were all your when up use word how said an each she
which do their time if will way about many then them would write like so these her long make thing
see him two has look more day could go come did my sound no most number who over know water than
call first people may down side been now find"""
_VOCABULARY = 1500
_MANDELBROT = 2.7


def plain_page(size: int) -> bytes:
    """Return a whole document of exactly `size` bytes."""
    return f"{HEAD}{body(size)}{TAIL}".encode()


def body(size: int) -> str:
    """What stands between HEAD and TAIL in a document of exactly `size` bytes (all ASCII)."""
    room = size - len(HEAD) - len(TAIL)
    blocks, source = "", random.Random(size)
    for block in _blocks(source):
        left = room - len(blocks) - len(END)
        if left <= len(block):
            return blocks + END + _sentences(source, left + 100)[:left]
        blocks += block
    raise AssertionError("the blocks never end")


def _blocks(source: random.Random) -> Iterator[str]:
    """A title, then paragraphs without end, with a heading or a list now and then."""
    yield f"<h1>{_sentences(source, 20)}</h1>\n"
    while True:
        yield f"<h2>{_sentences(source, 20)}</h2>\n"
        for _ in range(source.randint(2, 4)):
            yield f"<p>{_sentences(source, 400)}</p>\n"
        items = (f"<li>{_sentences(source, 60)}</li>\n" for _ in range(source.randint(3, 6)))
        yield f"<ul>\n{''.join(items)}</ul>\n"


def _sentences(source: random.Random, length: int) -> str:
    """Sentences of at least `length` characters together."""
    words, weights = _words()
    text = ""
    while len(text) < length:
        chosen = source.choices(words, weights, k=source.randint(5, 18))
        text += " " * bool(text) + " ".join(chosen).capitalize() + "."
    return text


@cache
def _words() -> tuple[list[str], list[float]]:
    """Words, and how often each is drawn."""
    rare = (files("portalgen") / "words/en.txt").read_text("ascii").split()
    random.Random(1).shuffle(rare)
    words = [*_COMMONEST.split(), *rare][:_VOCABULARY]
    return words, [1 / (rank + _MANDELBROT) for rank in range(1, len(words) + 1)]
