"""The titles of a record: which is printed, which is its translation, which are left out."""

from __future__ import annotations

from attrs import evolve, frozen

from citekit.archives.record import Said
from citekit.archives.text import plain
from citekit.archives.titles import (
    is_file_name,
    is_foreign,
    is_shouted,
    is_untitled,
    language_of,
    language_tag,
    without_full_stop,
)
from citekit.archives.values import Values

__all__ = ["Titles", "read_titles"]


@frozen(slots=True)
class Titles:
    """``gloss`` is the title's translation, ``original`` what it is translated from."""

    title: Said | None
    gloss: Said | None
    original: Said | None
    language: str


def read_titles(values: Values) -> Titles:
    """Find the title, its translation or what it is translated from, and its language."""
    stated = values.first("language")
    tag = language_tag(stated.text) if stated else ""
    if stated and not tag:
        done = "no language that citekit knows: capitals are printed as typed"
        values.tell("language-unknown", stated.origin, stated.text, done, values.how("language"))
    titles = [title for title in values.all("title") if _is_title(title, values)]
    known = {title.text for title in titles}
    others = [*titles[1:], *(a for a in values.all("alternative") if a.text not in known)]
    if not titles:
        return Titles(None, None, None, tag or values.site.language)
    title = _tidy(titles[0], values)
    language = title.language or language_of(title.text, tag or values.site.language)
    gloss = original = None
    for other in [*values.all("title.translated"), *others]:
        spoken = other.language or language_of(other.text, "")
        if gloss is None and language != "en" and spoken == "en":
            gloss = _tidy(other, values)
        elif original is None and language == "en" and (other.language or is_foreign(other.text)):
            original = _tidy(other, values)
        else:
            values.tell(
                "title-several",
                other.origin,
                other.text,
                "another title: not printed",
                values.how("title"),
            )
            continue
        role = "its translation" if other is not original and gloss else "the original's"
        values.tell(
            "title-several", other.origin, other.text, f"taken for {role}", values.how("title")
        )
    return Titles(title, gloss, original, language)


def _is_title(title: Said, values: Values) -> bool:
    if is_untitled(title.text):
        values.tell(
            "title-none",
            title.origin,
            title.text,
            "says that there is no title",
            values.how("title"),
        )
        return False
    if is_file_name(title.text):
        values.tell(
            "title-file-name",
            title.origin,
            title.text,
            "a file's name: not printed",
            values.how("title"),
        )
        return False
    return True


def _tidy(title: Said, values: Values) -> Said:
    if is_shouted(plain(title.text)):
        values.tell(
            "title-capitals",
            title.origin,
            title.text,
            "capitals printed as typed",
            values.how("title"),
        )
    return evolve(title, text=without_full_stop(title.text))
