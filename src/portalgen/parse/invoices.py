"""Invoices: one file, or a folder of them; the approval is read by itself."""

from portalgen.model.billing import Approval, Invoice, is_unset
from portalgen.model.folder import Folder
from portalgen.parse.entries import file_order, named_by_file
from portalgen.parse.records import Problems, record_of
from portalgen.problem import Place, Problem, Source, withholding
from portalgen.yaml_source import Mapping, read_yaml


def invoices_of(folder: Folder) -> tuple[tuple[Invoice, ...], Problems]:
    """Every invoice that can be read. One that cannot is no invoice: its gate stays shut."""
    single = folder.texts.get("invoice.yaml")
    files = sorted((p for p in folder.texts if p.startswith("invoices/")), key=file_order)
    if single and files:
        hint = "keep invoice.yaml or the folder invoices/, not both"
        return (), [Problem("both-forms", "invoices are written twice over", Place(single), hint)]
    invoices: list[Invoice] = []
    problems: Problems = []
    for path in ["invoice.yaml"] if single else files:
        invoice, found = _invoice(folder.texts[path], path)
        problems += found
        invoices += [invoice] if invoice else []
    return tuple(invoices), problems


def _invoice(source: Source, path: str) -> tuple[Invoice | None, Problems]:
    if not path.endswith(".yaml"):
        hint = "name it with the ending .yaml"
        message = "an invoice is a YAML file"
        return None, [Problem("wrong-ending", message, Place(source), hint)]
    node, problems = read_yaml(source)
    if isinstance(node, Mapping):
        node = named_by_file(node, source, path)
    invoice, found = record_of(Invoice, node, source)
    problems += found if node is not None or not problems else []
    approval = node.get("approval") if isinstance(node, Mapping) else None
    if invoice and approval is not None and not is_unset(approval):
        _, found = record_of(Approval, approval, source)
        problems += [withholding(invoice.id, problem) for problem in found]
    return invoice, problems
