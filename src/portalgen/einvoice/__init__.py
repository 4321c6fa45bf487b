"""Issued invoices as Factur-X files: for the studio, and for a portal to hand over."""

from portalgen.einvoice.make import FacturX, facturx_of
from portalgen.einvoice.offer import engine_missing, facturx_offered
from portalgen.einvoice.write_out import facturx_files

__all__ = ["FacturX", "engine_missing", "facturx_files", "facturx_of", "facturx_offered"]
