"""``citation-label``: the record's own, or one made of names and year ("Doe65", "RoNo78").

CSL 1.0.2 leaves its making to processors ("Standard Variables"); this is what the
reference makes:

* The names are the authors', else those of the first other role in the order of the
  alphabet. One gives four letters, two give two each, three 2 + 1 + 1, and of more the
  first four give one each. Only letters count, particles and articles of institutions
  don't, and each name has one capital: "O'Brien" is "Obri", "de Gaulle" "Gaul".
* Where no name has letters that can be abbreviated (there are none, or all are Chinese,
  Japanese or Korean), the first four characters of the title stand in, without spaces and
  small words.
* Of the year of issue there are the last two digits, "00" if it has none.
* The year-suffix follows, and isn't added to a date of the same cite or entry any more.
"""

from __future__ import annotations

from citekit.records.name import Name
from citekit.render.context import Context
from citekit.render.name_parts import UNSPACED, without_article
from citekit.render.richtext import rich
from citekit.render.titlecase import STOP_WORDS
from citekit.render.tree import text_of

_LENGTHS = ((), (4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))


def citation_label(context: Context) -> str:
    """The label of the record with its year-suffix."""
    label = context.texts.get("citation-label") or _made(context)
    context.suffix_used = True
    return label + text_of(context.year_suffix)


def _made(context: Context) -> str:
    return (_of_names(_names(context)) or _of_title(context.texts.get("title", ""))) + _year(
        context
    )


def _of_title(title: str) -> str:
    words = (word for word in text_of(rich(title)).split() if word not in STOP_WORDS)
    return "".join(words)[:4].capitalize()


def _names(context: Context) -> tuple[Name, ...]:
    filled = sorted(role for role, names in context.names.items() if names)
    role = "author" if "author" in filled else next(iter(filled), "")
    return context.names.get(role, ())


def _of_names(names: tuple[Name, ...]) -> str:
    lengths = _LENGTHS[len(names[:4])]
    return "".join(_letters(name)[:n].capitalize() for name, n in zip(names, lengths, strict=False))


def _letters(name: Name) -> str:
    """The letters of the family name, or of an institution's without its article."""
    text = name.family or name.given or without_article(name.literal)
    return "".join(letter for letter in text if letter.isalpha() and not UNSPACED.match(letter))


def _year(context: Context) -> str:
    issued = context.dates.get("issued")
    return str(abs(issued.start[0]))[-2:] if issued is not None and issued.start else "00"
