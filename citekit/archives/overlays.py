"""Overlays: small patches on named macros of official styles, applied when a style is loaded.

An overlay (``styles/overlays/NAME.xml``) replaces macros of the styles that it names. Inside
a replaced macro, a call of the macro's own name is one of the original. Official files stay
as they are, and an overlay can be switched off. One that no longer fits, because a macro it
replaces is gone, is an error: it was written for another version of the style.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from attrs import frozen
from lxml import etree

from citekit.errors import StyleError
from citekit.style.library import own_directory
from citekit.style.nodes import Info
from citekit.style.xml import CS, load_xml

__all__ = ["Overlay", "apply_overlay", "overlay_for", "overlays"]

_ORIGINAL = "official-"


@frozen(slots=True, eq=False)
class Overlay:
    """One overlay: the ids of its styles, why it is there, and the macros that it replaces."""

    name: str
    styles: tuple[str, ...]
    reason: str
    macros: tuple[etree._Element, ...]

    @property
    def macro_names(self) -> tuple[str, ...]:
        """The names of the macros that it replaces."""
        return tuple(macro.get("name", "") for macro in self.macros)


@cache
def overlays() -> tuple[Overlay, ...]:
    """All overlays that come with citekit."""
    folder = own_directory()
    files = sorted((folder / "overlays").glob("*.xml")) if folder else []
    return tuple(_read(path) for path in files)


def overlay_for(info: Info) -> Overlay | None:
    """The overlay for a style, if there is one."""
    return next((overlay for overlay in overlays() if info.id in overlay.styles), None)


def apply_overlay(style: bytes, overlay: Overlay) -> bytes:
    """The style's XML with the overlay's macros in place of its own.

    Raises :class:`~citekit.errors.StyleError` if the style has no macro of such a name.
    """
    root = load_xml(style)
    for new in overlay.macros:
        name = new.get("name", "")
        old = next((each for each in root.findall(f"{CS}macro") if each.get("name") == name), None)
        if old is None:
            raise StyleError(
                f"the overlay {overlay.name} replaces the macro {name!r}, which the style hasn't",
                hint="the style has changed: load it without overlays, or write the overlay anew",
            )
        copy = etree.fromstring(etree.tostring(new))
        for call in copy.iter(f"{CS}text", f"{CS}key"):
            if call.get("macro") == name:
                call.set("macro", _ORIGINAL + name)
        old.set("name", _ORIGINAL + name)
        old.addprevious(copy)
        if not any(call.get("macro") == _ORIGINAL + name for call in copy.iter(f"{CS}text")):
            root.remove(old)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _read(path: Path) -> Overlay:
    root = load_xml(path.read_bytes(), where=str(path))
    reason = root.findtext(f"{CS}reason") or ""
    return Overlay(
        name=path.stem,
        styles=tuple((root.get("styles") or "").split()),
        reason=" ".join(reason.split()),
        macros=tuple(root.findall(f"{CS}macro")),
    )
