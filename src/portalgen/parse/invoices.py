"""Invoices: one file, or a folder of them; the approval is read by itself."""

from portalgen.model.billing import Approval, Invoice, is_unset
from portalgen.model.folder import Folder
from portalgen.parse.entries import file_order, id_of, named_by_file
from portalgen.parse.records import Problems, record_of
from portalgen.problem import Place, Problem, Source, withholding
from portalgen.yaml_source import Mapping, read_yaml


def invoices_of(folder: Folder) -> tuple[tuple[Invoice, ...], bool, Problems]:
    """Every invoice that can be read, and whether there is one that cannot."""
    single = folder.texts.get("invoice.yaml")
    files = sorted((p for p in folder.texts if p.startswith("invoices/")), key=file_order)
    if single and files:
        hint = "keep invoice.yaml or the folder invoices/, not both"
        message = "invoices are written twice over"
        return (), True, [Problem("both-forms", message, Place(single), hint)]
    invoices: list[Invoice] = []
    problems: Problems = []
    paths = ["invoice.yaml"] if single else files
    for path in paths:
        invoice, found = _invoice(folder.texts[path], path)
        problems += found
        invoices += [invoice] if invoice else []
    unreadable = any(path.startswith("invoice") for path in folder.unreadable)
    return tuple(invoices), unreadable or len(invoices) < len(paths), problems


def _invoice(source: Source, path: str) -> tuple[Invoice | None, Problems]:
    if not path.endswith(".yaml"):
        hint = "name it with the ending .yaml"
        message = "an invoice is a YAML file"
        return None, [Problem("wrong-ending", message, Place(source), hint)]
    node, problems = read_yaml(source)
    if not isinstance(node, Mapping):
        invoice, found = record_of(Invoice, node, source)
        return invoice, problems + (found if node is not None or not problems else [])
    node = named_by_file(node, source, path)
    invoice, found = record_of(Invoice, node, source)
    problems += found
    approval = node.get("approval")
    if approval is None or is_unset(approval):
        # nobody waits for it yet: it alone is held back
        return invoice, [withholding(id_of(path), problem) for problem in problems]
    _, found = record_of(Approval, approval, source)
    return invoice, problems + [withholding(id_of(path), problem) for problem in found]
