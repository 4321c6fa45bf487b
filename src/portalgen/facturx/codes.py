"""The code lists that an electronic invoice speaks in, as far as ours needs them."""

import re
from collections.abc import Mapping

from portalgen.invoice.bill import Category
from portalgen.invoice.document import Kind
from portalgen.model.spellings import folded

TYPES: Mapping[Kind, str] = {
    "invoice": "380",
    "deposit": "386",
    "final": "380",
    "credit note": "381",
}
"""BT-3, UNTDID 1001. A final invoice is an ordinary one; BT-23 tells it."""

NOTES = {"recovery-fee": "PMT", "late-penalty": "PMD", "early-discount": "AAB"}
"""BT-21, UNTDID 4451, of the mentions that the French rule BR-FR-05 asks for by code."""

REGULATORY = "REG"
"""BT-21 of any other mention that a law asks for."""

SIREN, SIRET = "0002", "0009"
"""ISO 6523 schemes of the directory of French companies, and of their establishments."""

SIREN_ADDRESS, EMAIL_ADDRESS = "0225", "EM"
"""Schemes of electronic addresses (BT-34-1, BT-49-1): France's own, and electronic mail."""

TRANSFER, SEPA_TRANSFER = "30", "58"
"""BT-81, UNTDID 4461."""

DUE_ON_INVOICE = "5"
"""BT-8, UNTDID 2475: VAT is due by the date of the invoice."""

_EXEMPTIONS: Mapping[Category, str] = {
    "AE": "VATEX-EU-AE",
    "K": "VATEX-EU-IC",
    "G": "VATEX-EU-G",
    "O": "VATEX-EU-O",
}
_FRANCHISE = "VATEX-FR-FRANCHISE"
_FRENCH_FRANCHISE = re.compile(r"\b293 ?B\b|\bL\. ?223-3\b")
"""The articles of the exemption of small businesses: CGI, and CIBS after it."""

ONE = "C62"
"""A unit without a code of its own."""

_UNITS = {
    "HUR": "h, hour, hours, heure, heures, stunde, stunden, std, hora, horas, ora, ore, uur, uren",
    "DAY": "d, j, day, days, jour, jours, tag, tage, dia, dias, giorno, giorni, dag, dagen",
    "WEE": "week, weeks, semaine, semaines, woche, wochen, semana, semanas, settimana, settimane,"
    " weken",
    "MON": "month, months, mois, monat, monate, mes, meses, mese, mesi, maand, maanden",
    "ANN": "year, years, an, ans, annee, annees, jahr, jahre, ano, anos, anno, anni, jaar",
    "MIN": "min, minute, minutes, minuten, minuto, minutos, minuti, minuut",
    "ZP": "page, pages, seite, seiten, pagina, paginas, pagine, pagina's",
    "D68": "word, words, mot, mots, wort, worter, palabra, palabras, parola, parole, woord,"
    " woorden, palavra, palavras",
    "KMT": "km, kilometre, kilometres, kilometer, kilometers, kilometro, kilometros, chilometro,"
    " chilometri, quilometro, quilometros",
    "KGM": "kg, kilo, kilos, kilogram, kilogramme, kilogrammes, kilogramm",
    "MTR": "m, metre, metres, meter, meters, metro, metros, metri",
    "MTK": "m2, square metre, square metres, metre carre, metres carres, quadratmeter",
    "LTR": "l, litre, litres, liter, liters, litro, litros, litri",
    "H87": "piece, pieces, stuck, stuk, stuks, pieza, piezas, pezzo, pezzi, peca, pecas",
}
_ONES = (
    "one, unit, units, item, items, copy, copies, flat rate, fixed price, lump sum, unite, unites,"
    " forfait, forfaits, lot, lots, exemplaire, exemplaires, pauschal, pauschale, unidad,"
    " unidades, unita, eenheid, eenheden, unidade, forfettario, a forfait"
)
_KNOWN_UNITS = {
    word: code
    for code, words in {**_UNITS, ONE: _ONES}.items()
    for word in (code.lower(), *words.split(", "))
}


def unit_code(unit: str | None) -> str | None:
    """BT-130 (UN/ECE Recommendation 20): the code of a unit as an author writes it; None when
    there is none for it."""
    return _KNOWN_UNITS.get(folded(unit).rstrip(".")) if unit else ONE


def exemption_code(category: Category, reason: str | None) -> str | None:
    """BT-121: the code of the reason why no VAT is due, where the list has one."""
    if category == "E":
        return _FRANCHISE if _FRENCH_FRANCHISE.search(reason or "") else None
    return _EXEMPTIONS.get(category)
