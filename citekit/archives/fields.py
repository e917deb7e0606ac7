"""The fields that the elements of all sources are mapped to, before anything is parsed."""

from __future__ import annotations

__all__ = ["AGENT_FIELDS", "DATE_FIELDS", "FIELDS"]

AGENT_FIELDS = {
    "creator": "creator",
    "photographer": "creator",
    "sender": "creator",
    "contributor": "contributor",
    "recipient": "recipient",
    "translator": "translator",
    "editor": "editor",
    "compiler": "compiler",
    "interviewer": "interviewer",
    "interviewee": "interviewee",
    "director": "director",
    "producer": "producer",
    "illustrator": "illustrator",
    "composer": "composer",
    "performer": "performer",
}
"""Fields that hold names → the role of those who are named."""

DATE_FIELDS = {
    "date": "created",
    "date.created": "created",
    "date.issued": "issued",
    "date.event": "created",
    "date.digitised": "digitised",
    "date.other": "other",
}
"""Fields that hold dates → what they are the dates of."""

FIELDS = (
    frozenset(
        """
    title alternative title.translated type form item_type format extent medium dimensions
    duration language source location collection repository place relation publisher identifier
    doi number url item description subject rights coverage interview_place citation
    site_title site_publisher site_collection nothing
    """.split()
    )
    | frozenset(AGENT_FIELDS)
    | frozenset(DATE_FIELDS)
)
"""``place`` is where the repository is, ``number`` that of the form ("cable 89 WARSAW 07712"),
``item`` the thing's number at the site; values of ``nothing`` aren't used at all."""
