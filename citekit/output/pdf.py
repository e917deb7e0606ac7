"""A bibliography as PDF, set by Typst."""

from __future__ import annotations

import re
from typing import cast

from citekit.errors import WriterError
from citekit.output import extras, typst
from citekit.output.listing import Listing


def write(listing: Listing) -> bytes:
    """The PDF, in A4; no date is in it, so that the same bibliography gives the same file.

    Raises :class:`~citekit.errors.WriterError` if the package typst isn't installed.
    """
    compiler = extras.load("typst", "typst", "pdf")
    title = f"[{typst.escape(listing.title)}]" if listing.title else "none"
    lang = re.match("[A-Za-z]{2,3}(?![A-Za-z])", listing.lang)
    source = (
        f"#set document(title: {title}, date: none)\n"
        f'#set page(paper: "a4")\n#set text(lang: "{lang[0].lower() if lang else "en"}")\n'
        + typst.write(listing).decode()
    )
    try:
        return cast(bytes, compiler.compile(source.encode(), format="pdf"))
    except Exception as error:  # whatever the compiler finds
        raise WriterError("Typst can't set this bibliography", hint=str(error)) from error
