"""The sources of citeproc-py: ``json.CiteProcJSON`` and ``bibtex.BibTeX``."""
