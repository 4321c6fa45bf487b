"""Nothing a client's folder says can be read in the output without the passphrase.

Every field of every record gets a value of its own, made from the records' definitions, so that
a field that is added later is planted too, and fails here until somebody has decided whether
the client may see it. Then every byte of the output is searched.
"""

import json
import re
import zlib
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from conftest import SMALLEST, Run, Workspace, access_of_another
from portals import open_portal
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo
from stdnum import luhn
from stdnum.fr import siren, tva

from portalgen.access.file import read_access
from portalgen.envelope import seal_text
from portalgen.model import values
from portalgen.model.billing import Invoice
from portalgen.model.body import to_body
from portalgen.model.client import Client, Spec
from portalgen.model.entry import Amendment, Correction, Deliverable, Step, Update
from portalgen.model.folder import COLLECTIONS
from portalgen.model.record import Record

Value = Any
"""What JSON can hold; JSON is YAML too."""

RECORDS: Mapping[str, type[Record]] = {
    "client": Client,
    "spec": Spec,
    "steps": Step,
    "deliverables": Deliverable,
    "updates": Update,
    "corrections": Correction,
    "amendments": Amendment,
    "invoices": Invoice,
}

FIXED: Mapping[str, Value] = {
    "client.language": "fr",
    "client.address_form": "vous",
    "client.project.health.state": "en retard",
    "client.billing.kind": "consumer",
    "client.draft": "no",
    "steps.status": "en cours",
    "steps.covers": ["R1"],
    "steps.internal": "no",
    "deliverables.covers": ["R1"],
    "amendments.removes": ["R2"],
    "invoices.kind": "facture",
    "invoices.nature": "biens",
    "invoices.currency": "SEK",
    "invoices.approval.waived": "all",
    "invoices.lines.vat.category": "S",
    "invoices.lines.discounts.vat": None,
    "invoices.lines.charges.vat": None,
    "invoices.discounts.vat.category": "S",
    "invoices.charges.vat.category": "S",
    "invoices.lines.covers": ["R1"],
    "invoices.deposits": [],
    "invoices.corrects": None,
    "invoices.rounding": "0.03",
}
"""Fields whose value cannot be free: it is one of a few words, or names something else."""

NEVER_SHOWN = {"client.notes", "steps.effort"}
"""What its author keeps: in no page, even unlocked."""


SILENT = {
    "amendments.id",
    "client.contacts.email",
    "client.contacts.id",
    "client.contacts.phone",
    "client.contacts.role",
    "client.look.logo",
    "client.name",
    "corrections.id",
    "deliverables.accounts.sealed",
    "invoices.id",
    "updates.id",
}
"""What the client may know, and no page shows today."""


PAGES = {
    "index",
    "agreement",
    "corrections",
    "deliverables",
    "glossary",
    "invoice",
    "journal",
    "plan",
    "spec",
}


def spread(token: str) -> str:
    """A text with signs that HTML, addresses and JSON write otherwise."""
    return f"É&{token}<'"


@dataclass
class Plant:
    """Values nobody else would write, one for each field, by the field's path."""

    seed: str
    fixed: Mapping[str, Value]
    first: int = 0
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For each path, the ways its value may look on a page."""

    def token(self, path: str) -> str:
        """Twelve letters for that path, the same at every run."""
        digest = sha256(f"{self.seed}/{path}".encode()).digest()
        token = "".join("bcdfghjklmnpqrstvwxz"[byte % 20] for byte in digest[:14])
        self.forms[path] = (token,)
        return token

    def text(self, path: str) -> str:
        return spread(self.token(path))

    def day(self, path: str) -> str:
        """Days in the order of their making, long past."""
        day = date(1961, 1, 3) + timedelta(days=37 * (self.first + len(self.forms)))
        self.forms[path] = (day.isoformat(),)
        return day.isoformat()

    def days(self, path: str) -> str:
        first, last = self.day(path), self.day(f"{path}/last")
        return f"{first}/{last}"

    def amount(self, path: str) -> str:
        """A number that no other sum gives; its thousands as a French page shows them."""
        if path.endswith((".percent", ".rate")):
            amount = Decimal(213011 + 7 * (self.first + len(self.forms))) / 10000
        else:
            amount = Decimal(213011753 + 90107 * (self.first + len(self.forms))) / 100
        self.forms[path] = (f"{amount}", f"{amount:,}".replace(",", "\u202f").replace(".", ","))
        return str(amount)

    def colour(self, path: str) -> str:
        self.forms[path] = ("#8b3a5d", "%238b3a5d")
        return "#8b3a5d"

    def body(self, path: str) -> str:
        token = {name: self.token(f"{path}/{name}") for name in ("word", "code", "cell", "note")}
        return (
            f"## *{token['word']}*\n\n```\n{token['code']}\n```\n\n"
            f"| a |\n|---|\n| {token['cell']} |\n\n"
            f"Voir[^1] le {self.term}.\n\n[^1]: {token['note']}\n"
        )

    def siren(self, path: str) -> str:
        """A SIREN with the right check digit."""
        digits = f"{int(sha256(f'{self.seed}/{path}'.encode()).hexdigest(), 16) % 10**8:08}"
        siren = digits + luhn.calc_check_digit(digits)
        self.forms[path] = (siren, f"{siren[:3]} {siren[3:6]} {siren[6:]}")
        return siren

    def vat_number(self, path: str) -> str:
        number = "FR" + tva.compact(siren.to_tva(self.siren("client.billing.siren")))
        self.forms[path] = (number,)
        return number

    @property
    def term(self) -> str:
        """A word that the glossary explains."""
        return self.token("glossary.term")

    def value(self, path: str, convert: Callable[..., Any]) -> Value:
        """A value that this converter takes."""
        makers: Mapping[Callable[..., Any], Callable[[str], Value]] = {
            values.to_text: self.text,
            values.to_date: self.day,
            values.to_span: self.days,
            values.to_decimal: self.amount,
            values.to_email: lambda path: f"{self.token(path)}@example.org",
            values.to_link: lambda path: f"https://example.org/{self.token(path)}",
            values.to_path_segment: self.token,
            values.to_colour: self.colour,
            to_body: self.body,
        }
        return makers[convert](path)

    def record(self, path: str, model: type[Record]) -> dict[str, Value]:
        """A record with a value for each of its fields."""
        return {
            info.alias or name: self.field(f"{path}.{info.alias or name}", info)
            for name, info in model.model_fields.items()
        }

    def field(self, path: str, info: FieldInfo) -> Value:
        if path in self.fixed:
            return self.fixed[path]
        if path == "invoices.number":
            return self.token(path)
        if path == "client.billing.siren":
            return self.siren(path)
        if path == "client.billing.vat_number":
            return self.vat_number(path)
        found = [*info.metadata, *_inside(info.annotation)]
        models = [item for item in found if isinstance(item, type) and issubclass(item, Record)]
        converters = [item.func for item in found if isinstance(item, BeforeValidator)]
        lists = {values.to_items, values.to_words}
        many = not lists.isdisjoint(converters)
        if models:
            made: Value = self.record(path, models[0])
        else:
            (convert,) = (each for each in converters if each not in lists)
            made = self.value(path, convert)
        return [made] if many else made


def _inside(annotation: Any) -> Iterator[Any]:
    """Everything an annotation is made of: records, and the metadata of `Annotated`."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        yield annotation
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
    for part in get_args(annotation):
        yield from _inside(part)


# --- the two sites: one at work, one at its end ---------------------------------------------------

ADJUSTMENTS = tuple(
    f"{around}.{name}"
    for around in ("invoices", "invoices.lines")
    for name in ("discounts", "charges")
)
AT_WORK: Mapping[str, Value] = {
    **FIXED,
    "client.project.closed": None,
    "steps.finished": None,
    "deliverables.delivered": None,
    "corrections.done": None,
    "invoices.lines.vat.category": "E",
    "invoices.lines.vat.rate": 0,
    "invoices.discounts.vat.category": "E",
    "invoices.discounts.vat.rate": 0,
    "invoices.charges.vat.category": "E",
    "invoices.charges.vat.rate": 0,
    **{f"{place}.percent": None for place in ADJUSTMENTS},
}
AT_ITS_END: Mapping[str, Value] = {
    **FIXED,
    "steps.status": "fait",
    **{f"{place}.amount": None for place in ADJUSTMENTS},
    "corrections.withdrawn": None,
    **{f"invoices.{place}.vat.why": None for place in ("lines", "discounts", "charges")},
}
SITES = {"at work": AT_WORK, "at its end": AT_ITS_END}
FORMS = ("files", "lists")


@dataclass(frozen=True)
class Site:
    """A client's folder, what is planted in it for the client, and what for nobody."""

    folder: str
    path: str
    files: Mapping[str, str]
    glossary: Mapping[str, str]
    shown: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, tuple[str, ...]]


def site(name: str, form: str) -> Site:
    """A client's folder with every field planted."""
    plant = Plant(f"{name}/{form}", SITES[name])
    own = Plant(f"{name}/{form}/private", SITES[name], 300)
    glossary = {plant.term: plant.text("glossary.explanation")}
    folder, path = own.token("folder"), f"portail-{form}-{list(SITES).index(name)}"
    made = {key: plant.record(key, model) for key, model in RECORDS.items()}
    _join(made, plant, path)
    private = own.record("steps", Step) | {"internal": "oui", "covers": []}
    private |= {
        "id": own.token("steps.id"),
        "status": "fait",
        "finished": own.day("steps.finished"),
    }
    waiting = own.record("invoices", Invoice) | dict.fromkeys(
        ("kind", "currency", "deposits", "corrects", "approval", "lines", "discounts", "charges")
    )
    waiting |= {"id": own.token("invoices.id"), "lines": [{"text": own.text("line"), "price": 1}]}
    waiting["lines"][0]["vat"] = 20
    contact = made["client"]["contacts"][0]["id"]
    access = SMALLEST["salon/access.yaml"].replace("claire", contact)
    seal = plant.forms["deliverables.accounts.sealed"][0]
    files = {
        "client.yaml": json.dumps(made["client"]),
        "spec.md": _markdown(made["spec"]),
        "access.yaml": access,
        f"sealed/{seal}.json": _sealed(folder, access, seal, own.text("a sealed code")),
        f"files/{plant.forms['deliverables.files'][0]}.txt": own.text("a file's content"),
        f"files/{plant.forms['client.look.logo'][0]}.svg": f"<svg>{own.token('the logo')}</svg>",
        f"files/{own.token('a folder')}/{own.token('a file')}.txt": "x",
        f"_{own.token('a draft')}.md": own.text("a draft's content"),
    }
    for key in COLLECTIONS:
        entries = {"steps": [made[key], private], "invoices": [made[key], waiting]}
        files |= _collection(key, entries.get(key, [made[key]]), form)
    never = {path: forms for path, forms in plant.forms.items() if path in NEVER_SHOWN}
    shown = {path: forms for path, forms in plant.forms.items() if path not in never}
    planted = {f"{folder}/{name}": text for name, text in files.items()}
    hidden = {f"private {path}": forms for path, forms in own.forms.items()}
    return Site(folder, path, planted, glossary, shown, {**hidden, **never})


def _join(made: dict[str, dict[str, Value]], plant: Plant, path: str) -> None:
    """Let the records name each other, as the checks want it."""
    contact = plant.token("client.contacts.id").lower()
    made["client"]["contacts"][0]["id"] = contact
    made["client"]["path"] = path
    made["client"]["look"]["logo"] = f"files/{plant.forms['client.look.logo'][0]}.svg"
    plant.forms.pop("client.path")
    for key in COLLECTIONS:
        made[key]["id"] = plant.token(f"{key}.id")
    made["corrections"]["about"] = made["steps"]["id"]
    plant.forms.pop("corrections.about")
    made["spec"]["text"] += (
        f"\n- R1: {plant.token('a requirement')}\n- R2: {plant.token('one removed')}\n"
    )
    made["deliverables"]["files"] = [f"files/{plant.forms['deliverables.files'][0]}.txt"]
    seal = plant.forms["deliverables.accounts.sealed"][0]
    made["deliverables"]["accounts"][0]["sealed"] = f"sealed/{seal}.json"


def _sealed(folder: str, access: str, name: str, code: str) -> str:
    """A code, sealed for the people of that folder as it will be written."""
    written = access_of_another(f"{folder}/access.yaml", access.encode()).decode()
    people = read_access(written)
    assert people is not None
    assert people.portal is not None
    readers = [(person.kid, person.read.jwk) for person in people.people]
    return seal_text(code, people.portal, name, readers)


def _collection(key: str, entries: list[dict[str, Value]], form: str) -> dict[str, str]:
    """A collection in one of its two forms; in files, the id stands in the file's name."""
    if key == "invoices":
        return {
            f"invoices/{number}-{entry['id']}.yaml": json.dumps({**entry, "id": None})
            for number, entry in enumerate(entries, 1)
        }
    if form == "lists":
        return {f"{key}.yaml": json.dumps(entries)}
    return {
        f"{key}/{n}-{e['id']}.md": _markdown({**e, "id": None}) for n, e in enumerate(entries, 1)
    }


def _markdown(entry: dict[str, Value]) -> str:
    keys = {name: value for name, value in entry.items() if name != "text"}
    return f"---\n{json.dumps(keys)}\n---\n{entry['text']}"


# --- the search -----------------------------------------------------------------------------------


def disguises(text: str) -> Iterator[bytes]:
    """What a text may look like to somebody who reads a file's bytes."""
    for shown in dict.fromkeys((text, text.lower(), text.upper(), text[::-1])):
        data = shown.encode()
        yield from (data, data.hex().encode(), data.hex().upper().encode())
        yield from (shown.encode("utf-16-le"), shown.encode("utf-16-be"))
        yield "".join(f"%{byte:02x}" for byte in data).encode()
        yield "".join(f"&#{ord(sign)};" for sign in shown).encode()
        yield "".join(f"&#x{ord(sign):x};" for sign in shown).encode()
        yield "".join(f"\\u{ord(sign):04x}" for sign in shown).encode()
        for alphabet in (b64encode, urlsafe_b64encode):
            yield from (_inner(alphabet, data, shift) for shift in range(3))


def _inner(alphabet: Callable[[bytes], bytes], data: bytes, shift: int) -> bytes:
    """The part of the base64 that does not depend on what stands before and after."""
    code = alphabet(b"\0" * shift + data).rstrip(b"=")
    return code[(0, 2, 3)[shift] : len(code) - 1]


def layers(data: bytes) -> Iterator[bytes]:
    """The bytes of a file, and everything in them that anybody can decode."""
    yield data
    for run in re.findall(rb"[A-Za-z0-9_+/-]{12,}", data):
        signs = run.replace(b"-", b"+").replace(b"_", b"/")
        whole = signs[: -1 if len(signs) % 4 == 1 else None]
        inner = b64decode(whole + b"=" * (-len(whole) % 4))
        yield inner
        yield from _inflated(inner)
    yield from _inflated(data)


def _inflated(data: bytes) -> Iterator[bytes]:
    for form in (-15, 15, 31):
        stream = zlib.decompressobj(form)
        try:
            yield stream.decompress(data, 10_000_000)
        except zlib.error:
            continue


def readable(output: Path) -> bytes:
    """Every name and every byte of a folder, decoded in all ways."""
    parts = [path.relative_to(output).as_posix().encode() for path in sorted(output.rglob("*"))]
    files = [path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()]
    return b"\n".join([*parts, *(layer for file in files for layer in layers(file))])


def decoded(pages: Mapping[str, str]) -> bytes:
    """Pages as their reader sees them, decoded in all ways."""
    return b"\n".join(layer for html in pages.values() for layer in layers(html.encode()))


def leaks(planted: Mapping[str, tuple[str, ...]], data: bytes) -> list[str]:
    """The paths of what is found."""
    folded = data.lower()
    return [
        path
        for path, forms in planted.items()
        if any(form.encode().lower() in folded for form in forms)
        or any(disguise in data for form in forms for disguise in disguises(form))
    ]


def on_pages(planted: Mapping[str, tuple[str, ...]], pages: Mapping[str, str]) -> set[str]:
    text = "\n".join(pages.values()).lower()
    return {path for path, forms in planted.items() if any(f.lower() in text for f in forms)}


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_readable_without_the_passphrase_and_all_of_it_with(
    form: str, workspace: Workspace, run: Run
) -> None:
    sites = [site(name, form) for name in SITES]
    glossary = {word: text for made in sites for word, text in made.glossary.items()}
    files = {path: text for made in sites for path, text in made.files.items()}
    root = workspace({**NO_SALON, **files, "glossary.yaml": json.dumps(glossary)})
    ran = run(root, "build")
    assert ran.code == 0, ran.err
    said = re.findall(r"(?:error|warning)\[([a-z-]+)\]: ", ran.err)
    assert set(said) == {"draft-with-number", "not-issued"}
    data = readable(root / "output")
    seen: set[str] = set()
    for made in sites:
        assert leaks({**made.shown, **made.hidden}, data) == []
        pages = open_portal(root / "output" / made.path)
        assert {re.sub("^invoice-.*", "invoice", name) for name in pages} == PAGES
        assert on_pages(made.hidden, pages) == set()
        assert 'data-seal="{' in unescape(pages["deliverables"])
        assert leaks({"the code": made.hidden["private a sealed code"]}, decoded(pages)) == []
        seen |= on_pages(made.shown, pages)
    planted = {path for made in sites for path in made.shown}
    assert planted - seen == SILENT


NO_SALON = dict.fromkeys(path for path in SMALLEST if path.startswith("salon/"))


@pytest.mark.parametrize("disguise", tuple(disguises("wxkpnlvrkbkpsm")))
@pytest.mark.parametrize("around", [b"", b"<p>", b"some more "])
def test_the_search_finds_every_disguise(disguise: bytes, around: bytes) -> None:
    assert leaks({"path": ("wxkpnlvrkbkpsm",)}, around + disguise + b"</p>") == ["path"]


@pytest.mark.parametrize("form", [-15, 15, 31])
@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode, bytes])
def test_the_search_looks_into_what_is_compressed(
    form: int, encode: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    press = zlib.compressobj(wbits=form)
    hidden = press.compress(b"before wxkpnlvrkbkpsm after" * 3) + press.flush()
    (tmp_path / "page.html").write_bytes(encode(hidden))
    assert leaks({"path": ("wxkpnlvrkbkpsm",)}, readable(tmp_path)) == ["path"]


def test_the_search_reads_the_names_of_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "a/wxkpnlvrkbkpsm").mkdir(parents=True)
    assert leaks({"path": ("wxkpnlvrkbkpsm",)}, readable(tmp_path)) == ["path"]


def test_every_field_is_planted() -> None:
    """What is neither planted nor one of a few words would be passed over in silence."""
    forms = site("at work", "files").shown.keys() | site("at its end", "files").shown.keys()
    reached = {path.partition("/")[0] for path in forms} | NEVER_SHOWN | FIXED.keys()
    planted_otherwise = {"client.path", "corrections.about"}
    assert set(_leaves()) - reached == planted_otherwise


def _leaves() -> Iterator[str]:
    for name, model in RECORDS.items():
        yield from _leaves_of(name, model)


def _leaves_of(path: str, model: type[Record]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        inner = f"{path}.{info.alias or name}"
        found = (*info.metadata, *_inside(info.annotation))
        records = [item for item in found if isinstance(item, type) and issubclass(item, Record)]
        if records and inner not in FIXED:
            yield from _leaves_of(inner, records[0])
        else:
            yield inner
