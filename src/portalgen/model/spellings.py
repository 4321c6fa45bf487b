"""The fixed values of the content, as authors say them in each shipped language.

The first spelling of each language is the one that messages propose. Case, accents and
apostrophes do not count, so `À faire` and `a faire` are one spelling.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

Spellings = Mapping[str, tuple[str, ...]]

YES_NO: Spellings = {
    "yes": ("true", "oui", "vrai"),
    "no": ("false", "non", "faux"),
}
STATUS: Spellings = {
    "done": ("finished", "fait", "terminé", "fini"),
    "in progress": ("doing", "started", "en cours"),
    "to do": ("todo", "à faire", "prévu"),
}
HEALTH: Spellings = {
    "on track": ("en bonne voie", "dans les temps"),
    "at risk": ("à risque", "à surveiller"),
    "late": ("en retard",),
    "on hold": ("paused", "en pause", "en attente"),
}
ADDRESS_FORM: Spellings = {
    "formal": ("vous", "formel", "vouvoiement"),
    "informal": ("tu", "informel", "tutoiement"),
}
INVOICE_KIND: Spellings = {
    "invoice": ("facture",),
    "deposit": ("acompte", "facture d'acompte"),
    "final": ("solde", "facture de solde"),
    "credit note": ("avoir", "note de crédit"),
}
CUSTOMER: Spellings = {
    "business": ("company", "entreprise", "professionnel", "société"),
    "consumer": ("private", "particulier", "consommateur"),
}
VAT_REGIME: Spellings = {
    "standard": ("normal", "réel", "réel normal", "réel simplifié"),
    "franchise": ("franchise en base",),
}
SIZE: Spellings = {
    "micro": ("micro-entreprise",),
    "small": ("petite",),
    "medium": ("moyenne", "pme"),
    "large": ("grande",),
}
LOCK_PAGE: Spellings = {
    "studio": ("l'atelier", "atelier"),
    "nothing": ("rien",),
}
REACH: Spellings = {
    "email": ("mail", "e-mail", "courriel"),
    "phone": ("téléphone", "tel"),
    "sms": ("texto",),
    "whatsapp": (),
}
VAT_CATEGORY: Spellings = dict.fromkeys(("S", "E", "AE", "Z", "O", "K", "G"), ())
ALL: Spellings = {"all": ("everything", "tout", "tous")}


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
    wanted = folded(text)
    for value, others in spellings.items():
        if any(wanted == folded(spelling) for spelling in (value, *others)):
            return value
    return None


def nearest(text: str, spellings: Spellings) -> str | None:
    """The fixed value whose spelling is nearest to the text, when one is near."""
    values = {
        folded(spelling): value
        for value, others in spellings.items()
        for spelling in (value, *others)
    }
    found = get_close_matches(folded(text), values, n=1, cutoff=0.6)
    return values[found[0]] if found else None


def closest(word: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant, in English or in French."""
    translated = NAMES_IN_FRENCH.get(folded(word))
    if translated in known:
        return translated
    found = get_close_matches(folded(word), [folded(k) for k in known], n=1, cutoff=0.6)
    return next((k for k in known if found and folded(k) == found[0]), None)
