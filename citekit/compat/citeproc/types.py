"""The types of CSL as constants: ``ARTICLE_JOURNAL`` is ``"article-journal"``."""

from __future__ import annotations

from citekit.records.vocabulary import ITEM_TYPES

globals().update({name.upper().replace("-", "_"): name for name in ITEM_TYPES})
