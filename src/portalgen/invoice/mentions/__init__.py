"""What the law wants to read on an invoice: dated, sourced tables, and one function over them.

It needs nothing of the site. The law is French; Belgium and Germany are begun, and marked so.
"""

from portalgen.invoice.mentions.choose import Completeness, completeness, mentions
from portalgen.invoice.mentions.facts import Facts, Lacking
from portalgen.invoice.mentions.franchise import franchise_wording

__all__ = ["Completeness", "Facts", "Lacking", "completeness", "franchise_wording", "mentions"]
