"""The shortest programs that print one citation, for the job "cold".

Each is run by ``python -c`` with the paths of a style, of a CSL-JSON and of a Hayagriva
file with a single record, and the record's id.
"""

CITEKIT = """
import sys
from citekit import Style
from citekit.readers import csl_json
style, records, _, key = sys.argv[1:]
print(Style.load(style).cite(csl_json.load(records)).html)
"""

CITEPROC_PY = """
import json, sys, warnings
warnings.simplefilter("ignore")
from citeproc import (
    Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
)
from citeproc.source.json import CiteProcJSON
style, records, _, key = sys.argv[1:]
with open(records, encoding="utf-8") as file:
    source = CiteProcJSON(json.load(file))
loaded = CitationStylesStyle(style, validate=False)
bibliography = CitationStylesBibliography(loaded, source, formatter.html)
citation = Citation([CitationItem(key)])
bibliography.register(citation)
print(bibliography.cite(citation, lambda item: None))
"""

REFKIT = """
import sys
import refkit
style, records, _, key = sys.argv[1:]
with open(records, encoding="utf-8") as file:
    library = refkit.decode(file.read(), format="csl-json")["library"]
document = refkit.Document(library, refkit.Style.from_path(style), locale="en-US")
print(document.render([refkit.Citation("1", key)])["1"].html)
"""

TYPST = """
import sys
import typst
style, _, records, key = sys.argv[1:]
source = f'#cite(<{key}>) #bibliography("{records}", style: "{style}")'
compiler = typst.Compiler(root="/", ignore_system_fonts=True)
print(compiler.compile(source.encode(), format="html").decode())
"""
