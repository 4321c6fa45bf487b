"""The documents that the preview sends: a page in its own shell, and the few it has of its own."""

import json
from collections.abc import Iterable, Mapping

from portalgen.serve.scripts import own_files

OWN = ".preview"
"""The folder of the preview itself: no client's path begins with a dot."""

_HEAD_END = "</head>"


def page_in_clear(script: str, told: Mapping[str, object]) -> str:
    """The document in which a script shows a page, as that of the lock does once it is open."""
    return _document(
        "Preview",
        [_data(told), _script(script), _script(_own("live.js"))],
        "<noscript><p>The preview needs JavaScript, as the published pages do.</p></noscript>",
    )


def page_locked(html: str, told: Mapping[str, object]) -> str:
    """A page as it is published, with what keeps it current."""
    added = _data(told) + _script(_own("live.js"))
    return html.replace(_HEAD_END, f"{added}{_HEAD_END}", 1)


def list_of_portals(styles: Iterable[str], told: Mapping[str, object]) -> str:
    """The list of all portals, which a script fills in."""
    sheets = [*styles, _own("list.css")]
    return _document(
        "Preview",
        [
            *(_sheet(sheet) for sheet in sheets),
            _data(told),
            _script(_own("live.js")),
            _script(_own("list.js")),
        ],
        '<main class="page list" id="content"></main>',
        kind="portal",
    )


def notice(title: str, sentence: str, told: Mapping[str, object]) -> str:
    """A page that says why there is nothing to look at, and gives way once there is."""
    return _document(
        title,
        [_sheet(_own("list.css")), _data(told), _script(_own("live.js"))],
        f'<main class="page notice"><h1>{title}</h1><p>{sentence}</p>'
        '<p><a href="/">All portals</a></p></main>',
        kind="portal",
    )


def refused(sentence: str) -> str:
    """A page for whoever may not ask."""
    return f"<!doctype html><meta charset=utf-8><title>Refused</title><p>{sentence}"


def _document(title: str, head: Iterable[str], body: str, *, kind: str = "") -> str:
    lines = (
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<link rel="icon" href="data:,">',
        f"<title>{title}</title>",
        *head,
        "</head>",
        f'<body class="{kind}">' if kind else "<body>",
        body,
        "</body>",
        "</html>",
    )
    return "\n".join(lines)


def _data(told: Mapping[str, object]) -> str:
    """What the scripts of the page are told, in a block that no text can leave."""
    text = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="portalgen-preview">{text}</script>'


def _own(name: str) -> str:
    published, _ = own_files()[name]
    return f"/{OWN}/{published}"


def _script(address: str) -> str:
    return f'<script src="{address}"></script>'


def _sheet(address: str) -> str:
    return f'<link rel="stylesheet" href="{address}">'
