"""Entries and citations as one string each, where nothing has to look into them.

Compiled code runs over either of two sets of functions: those of :mod:`citekit.render`,
which make trees that every later step can read, and those of :mod:`citekit.flat.elements`,
which make the same text with marks (:mod:`citekit.flat.marks`) wherever something may have
to be settled, which :mod:`citekit.flat.settle` then does in a few passes over the string.
What is out of the ordinary raises :class:`~citekit.flat.marks.NotFlatError`, and the entry
is rendered as a tree: flat output is a short cut, never another output.
"""
