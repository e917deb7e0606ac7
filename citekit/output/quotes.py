"""Quotation marks: those of the locale, outer and inner ones in turn.

Source: CSL 1.0.2, "Quotes" and "Locale Options" (``punctuation-in-quote``).
"""

from __future__ import annotations

from attrs import frozen

from citekit.style.locale import Locale


@frozen(slots=True)
class Typography:
    """What settling needs of a locale."""

    open_quote: str
    close_quote: str
    open_inner: str
    close_inner: str
    punctuation_in_quote: bool

    @classmethod
    def of(cls, locale: Locale) -> Typography:
        """The typography of a locale."""
        return cls(
            open_quote=locale.open_quote,
            close_quote=locale.close_quote,
            open_inner=locale.open_inner_quote,
            close_inner=locale.close_inner_quote,
            punctuation_in_quote=locale.punctuation_in_quote,
        )

    def marks_for(self, typed: str, inside: str = "") -> tuple[str, str] | None:
        """The marks of a quotation that begins; ``None`` if it keeps those that are ``typed``.

        A quotation inside one of the same marks (``inside`` is the opening one) gets the
        other ones. One that was typed with marks of the locale, or straight ones, alternates
        like that; with others it keeps them.
        """
        outer = self.open_quote, self.close_quote
        inner = self.open_inner, self.close_inner
        if typed == "inner" or typed == "".join(inner):
            return outer if inside == inner[0] else inner
        if typed and typed != "".join(outer):
            return None
        return inner if inside == outer[0] else outer
