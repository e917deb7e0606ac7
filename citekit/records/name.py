"""A name: of a person by its parts, or of a body as one literal.

Source: CSL 1.0.2, "Name" (name-parts) and csl-data.json, ``name-variable``.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

Flag = bool | str | int | float
"""A true/false value as CSL-JSON lets it be written; kept as it was given."""


@frozen(slots=True)
class Name:
    """One name of a name variable.

    A personal name needs ``family``; a body (an institution, a group) is given
    whole in ``literal``. All parts are plain text, ``""`` when absent.

    ``comma_suffix`` asks for a comma before the suffix; ``static_ordering``
    for family name first always; ``parse_names=False`` says that particles
    inside ``family`` and ``given`` are to be left where they are. ``extra``
    keeps keys that CSL-JSON doesn't define; they are written back, never printed.
    """

    family: str = ""
    given: str = ""
    literal: str = field(default="", kw_only=True)
    suffix: str = field(default="", kw_only=True)
    dropping_particle: str = field(default="", kw_only=True)
    non_dropping_particle: str = field(default="", kw_only=True)
    comma_suffix: Flag | None = field(default=None, kw_only=True)
    static_ordering: Flag | None = field(default=None, kw_only=True)
    parse_names: Flag | None = field(default=None, kw_only=True)
    extra: Mapping[str, object] = field(factory=dict, kw_only=True, hash=False)

    @property
    def is_personal(self) -> bool:
        """True for a name in parts, False for a literal."""
        return not self.literal


def identity(name: Name) -> tuple[str, ...]:
    """What tells people apart; a body is the same be its name a literal or a family name."""
    return (
        name.literal or name.family,
        name.given,
        name.dropping_particle,
        name.non_dropping_particle,
        name.suffix,
    )
