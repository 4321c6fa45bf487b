"""What an author's word means: the fixed value, the key or the name that it spells, or nearly so.

Case, accents and apostrophes do not count, so `À faire` and `a faire` are one spelling.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Spellings:
    """The fixed values of one kind.

    Attributes:
        others: for each value, the other ways to write it by language (ISO 639-1).
        known: the value for each of its spellings, folded.
    """

    others: Mapping[str, Mapping[str, tuple[str, ...]]]
    known: Mapping[str, str]


def table(rows: Mapping[str, str]) -> Spellings:
    """Spellings from rows such as "en: doing, started; fr: en cours"."""
    others = {value: dict(_languages(row)) for value, row in rows.items()}
    known = {
        folded(spelling): value
        for value, by_language in others.items()
        for spelling in (value, *(word for words in by_language.values() for word in words))
    }
    return Spellings(others, known)


def _languages(row: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in filter(None, row.split("; ")):
        language, _, words = part.partition(": ")
        yield language, tuple(words.split(", "))


MONTHS: Sequence[tuple[str, ...]] = (
    ("january", "janvier", "januar", "enero", "gennaio", "januari", "janeiro"),
    ("february", "fevrier", "februar", "febrero", "febbraio", "februari", "fevereiro"),
    ("march", "mars", "marz", "marzo", "maart", "marco"),
    ("april", "avril", "abril", "aprile"),
    ("may", "mai", "mayo", "maggio", "mei", "maio"),
    ("june", "juin", "juni", "junio", "giugno", "junho"),
    ("july", "juillet", "juli", "julio", "luglio", "julho"),
    ("august", "aout", "agosto", "augustus"),
    ("september", "septembre", "septiembre", "settembre", "setembro"),
    ("october", "octobre", "oktober", "octubre", "ottobre", "outubro"),
    ("november", "novembre", "noviembre", "novembro"),
    ("december", "decembre", "dezember", "diciembre", "dicembre", "dezembro"),
)
"""The months from January on, in all languages; folded."""


NAMES_IN_FRENCH: Mapping[str, str] = {
    "adresse": "address",
    "avenants": "amendments",
    "amendement": "amendments",
    "cahier des charges": "spec",
    "commence": "started",
    "couvre": "covers",
    "date": "on",
    "debut": "started",
    "echeance": "due",
    "etapes": "steps",
    "facture": "invoice",
    "factures": "invoices",
    "fichiers": "files",
    "fin": "finished",
    "journal": "updates",
    "langue": "language",
    "le": "on",
    "lien": "link",
    "lignes": "lines",
    "livrables": "deliverables",
    "livre": "delivered",
    "mises a jour": "updates",
    "nom": "name",
    "par": "by",
    "prix": "price",
    "projet": "project",
    "quantite": "quantity",
    "reponse": "reply",
    "specification": "spec",
    "statut": "status",
    "telephone": "phone",
    "texte": "text",
    "titre": "title",
    "tva": "vat",
    "unite": "unit",
}
"""Keys and names of files as a French author writes them by mistake; folded."""


def folded(text: str) -> str:
    """The text without case, accents or apostrophes, hyphens as spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.lower().replace("’", "'").replace("-", " ").replace("_", " ").split())


def meant(text: str, spellings: Spellings) -> str | None:
    """The fixed value that the text spells, or None."""
    return spellings.known.get(folded(text))


def nearest(text: str, spellings: Spellings) -> str | None:
    """The fixed value whose spelling is nearest to the text, when one is near."""
    found = get_close_matches(folded(text), spellings.known, n=1, cutoff=0.6)
    return spellings.known[found[0]] if found else None


def translated(word: str, known: str) -> bool:
    """Whether the word is that key in French, or with capitals, accents or hyphens."""
    return known in (NAMES_IN_FRENCH.get(folded(word)), folded(word).replace(" ", "_"))


def closest(word: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant, in English or in French."""
    translated = NAMES_IN_FRENCH.get(folded(word))
    if translated in known:
        return translated
    found = get_close_matches(folded(word), [folded(k) for k in known], n=1, cutoff=0.6)
    return next((k for k in known if found and folded(k) == found[0]), None)
