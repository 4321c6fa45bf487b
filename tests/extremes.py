"""A workspace of two clients: one with nothing but what is required, and one with far too much.

`python tests/extremes.py FOLDER` writes it, for the tests in a browser.
"""

import json
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from copies import FIXTURES, access_of_another

BARE, FULL = "bare", "full"
"""The folders of the two."""

STEPS, DELIVERABLES, UPDATES, CORRECTIONS, AMENDMENTS, INVOICES = 200, 60, 100, 40, 20, 5

TITLES = (
    "Usual",
    "Donaudampfschifffahrtsgesellschaft" * 6,
    "<b>Bold</b> & \"quoted\" <script>alert('x')</script> &amp; {{ 7 * 7 }} </main>",
    "\u6625\u306e\u5c55\u89a7\u4f1a\u306e\u6848\u5185\u72b6" * 12,
    "\u0645\u0648\u0642\u0639 \u0635\u0627\u0644\u0648\u0646 (2026)",
    "\U0001f9c1\U0001f469\u200d\U0001f4bb\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f1eb\U0001f1f7" * 8,
    "Lines\u2019 ends: a/b/c" + "/d" * 90,
)
"""What titles may hold: long words, markup, no spaces at all, two directions, emoji."""

PEOPLE = ("claire", "\u05e9\u05e8\u05d4 \u05db\u05d4\u05df", "Wolfe" * 30)

_LONG = "https://very-long.example/" + "segment-" * 25
_TEXT = f"""\
A paragraph with a long address, {_LONG}, and `{"code" * 40}`.

# A heading {"H" * 90}

| {"wide" * 30} | b | c | d | e | f | g | h |
|---|---|---|---|---|---|---|---|
| 1 | 2 | 3 | 4 | 5 | 6 | 7 | {"8" * 120} |

- one
  - two
    - three
      - four {"!" * 80}

> A quotation[^1]

```
{"preformatted " * 30}
```

[^1]: A note.
"""

Value = Any
"""What JSON can hold; JSON is YAML too."""


def write_extremes(root: Path) -> Path:
    """Write the workspace into a new folder."""
    content = root / "content"
    _write(content / "studio.yaml", _studio())
    (content / "access.yaml").write_bytes((FIXTURES / "studio-access.yaml").read_bytes())
    for folder in (BARE, FULL):
        access = (FIXTURES / "client-access.yaml").read_bytes()
        (content / folder).mkdir()
        (content / folder / "access.yaml").write_bytes(access_of_another(folder, access))
    _write_bare(content / BARE)
    _write_full(content / FULL)
    return root


def title(kind: str, position: int) -> str:
    """A title of its own for each entry of a kind: they are hard in turn."""
    return f"{TITLES[position % len(TITLES)]} {kind} {position}"


def _studio() -> Value:
    return {
        "name": "Atelier " + "Lumen" * 30,
        "language": "en",
        "email": f"{'a' * 64}@lumen.example",
        "phone": "+33 6 39 98 00 00",
        "reach": ["email", "phone", "sms", "whatsapp"],
        "address": {"street": "1 rue", "postcode": "44000", "city": "Nantes", "country": "France"},
        "legal": {
            "form": "SARL",
            "siret": "12345678200010",
            "register": "RCS Nantes",
            "capital": "10" * 30 + " euros",
            "vat_number": "FR11123456782",
            "size": "micro",
        },
    }


def _write_bare(folder: Path) -> None:
    contacts = [{"id": "claire", "name": "Claire"}]
    _write(folder / "client.yaml", {"name": "N", "project": {"title": "T"}, "contacts": contacts})
    (folder / "spec.md").write_text("Nothing yet.\n", "utf-8")


def _write_full(folder: Path) -> None:
    collections = {
        "steps": [_step(n) for n in range(STEPS)],
        "deliverables": [_deliverable(n) for n in range(DELIVERABLES)],
        "updates": [_update(n) for n in range(UPDATES)],
        "corrections": [_correction(n) for n in range(CORRECTIONS)],
        "amendments": [_amendment(n) for n in range(AMENDMENTS)],
    }
    _write(folder / "client.yaml", _client())
    (folder / "spec.md").write_text(_specification(), "utf-8")
    for name, entries in collections.items():
        _write(folder / f"{name}.yaml", entries)
    for number in range(1, INVOICES + 1):
        _write(folder / f"invoices/{number:02}-part-{number}.yaml", _invoice(number))
    for n in range(DELIVERABLES):
        for name in _files(n):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(f"{n}\n", "utf-8")


def _write(file: Path, data: Value) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")


def _day(n: int) -> str:
    return (date(2026, 1, 1) + timedelta(days=n)).isoformat()


def _client() -> Value:
    moved = [{"was": _day(n), "on": _day(n), "why": title("move", n)} for n in range(12)]
    return {
        "name": TITLES[1],
        "language": "en",
        "contacts": [{"id": "claire", "name": PEOPLE[1]}, {"name": PEOPLE[2]}],
        "project": {
            "title": TITLES[2],
            "summary": " ".join(TITLES),
            "started": _day(0),
            "due": f"{_day(340)}/{_day(400)}",
            "moved": moved,
            "health": {"state": "late", "says": TITLES[1] + TITLES[4]},
        },
        "billing": {
            "name": TITLES[1],
            "address": {"street": TITLES[1], "city": TITLES[3]},
            "kind": "business",
        },
        "look": {"accent": "#ffff00"},
    }


def _specification() -> str:
    head = {"title": TITLES[1], "price": "123456789.00", "agreed": {"by": PEOPLE[2], "on": _day(1)}}
    lines = [f"- R{n}: {title('requirement', n)}" for n in range(1, 81)]
    return "\n".join(["---", json.dumps(head, ensure_ascii=False), "---", _TEXT, *lines, ""])


def _step(n: int) -> Value:
    dates = [
        {"started": _day(n), "finished": _day(n + 1)},
        {"started": _day(n), "due": f"{_day(n + 2)}/{_day(n + 40)}"},
        {"due": _day(n + 90)},
    ][n * 3 // STEPS]
    asked = {
        "what": title("step", n),
        "how": title("step", n + 1),
        "from": PEOPLE[n % 3],
        "before": _day(330),
    }
    return {
        "id": f"step-{n}",
        "title": title("step", n),
        "text": _TEXT if n % 20 == 0 else title("step", n),
        "covers": [f"R{n % 80 + 1}"],
        **dates,
        **({"waiting": asked} if n > 150 and n % 5 == 0 else {}),
        **({"question": title("step", n)} if n > 150 and n % 7 == 0 else {}),
    }


def _files(n: int) -> Sequence[str]:
    return f"files/{n}-{'long' * 40}.csv", f"files/{n} \u6625\U0001f9c1.txt"


def _deliverable(n: int) -> Value:
    account = {
        "for": title("deliverable", n),
        "address": _LONG,
        "login": "x" * 150,
        "owner": PEOPLE[2],
    }
    delivered = {"delivered": _day(n), "approved": {"by": PEOPLE[1], "on": _day(n + 1)}}
    return {
        "id": f"deliverable-{n}",
        "title": title("deliverable", n),
        "version": "9" * 60,
        "text": _TEXT if n % 20 == 0 else title("deliverable", n),
        "files": list(_files(n)),
        "link": _LONG,
        "covers": [f"R{k}" for k in range(1, 80, 2)],
        "accounts": [account, {**account, "given": _day(n), "received": _day(n)}],
        **(delivered if n % 2 else {"due": _day(300 + n), "question": title("deliverable", n)}),
    }


def _update(n: int) -> Value:
    text = _TEXT if n % 25 == 0 else title("update", n)
    return {"on": _day(n * 3), "title": title("update", n), "by": PEOPLE[n % 3], "text": text}


def _correction(n: int) -> Value:
    state = [
        {"done": _day(n + 1), "reply": title("correction", n)},
        {"withdrawn": _day(n + 1)},
        {},
    ][n % 3]
    asked = {"id": f"C{n + 1}", "on": _day(n), "by": PEOPLE[n % 3], "text": title("correction", n)}
    return {**asked, "about": f"deliverable-{n}", **state}


def _amendment(n: int) -> Value:
    return {
        "id": f"A{n + 1}",
        "title": title("amendment", n),
        "agreed": {"by": PEOPLE[n % 3], "on": _day(n), "via": title("amendment", n)},
        "removes": [f"R{n + 1}"],
        "price_change": "98765432.10",
        "due_change": f"{_day(300 + n)}/{_day(380 + n)}",
        "why": title("amendment", n),
        "text": f"- R{200 + n}: {title('amendment', n)}\n",
    }


def _invoice(number: int) -> Value:
    adjustments = [
        {"percent": "12.5", "why": title("line", number)},
        {"amount": "1.01", "why": title("line", 4)},
    ]
    line = {"quantity": "123.456", "unit": "unit" * 20, "price": "9876.54", "vat": "20"}
    lines = [{**line, "text": title("line", n), "discounts": adjustments} for n in range(40)]
    return {
        "kind": "deposit",
        "approval": {"by": PEOPLE[2], "on": _day(5), "via": title("line", 1)},
        "number": f"2026-{number:03}",
        "issued": _day(5 + number),
        "lines": lines,
        "payments": [{"on": _day(20), "amount": "1000000.00"}] * 3,
        "due": _day(60),
        "thanks": title("line", 1),
        "notes": _TEXT,
    }


if __name__ == "__main__":
    write_extremes(Path(sys.argv[1]))
