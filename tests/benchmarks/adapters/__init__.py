"""One program for each peer: it prepares a job, does it, and prints how long it took.

Python's are modules with a function ``prepare`` for :func:`child.main`;
``citeproc_js.cjs`` does the same in node. Each runs as a process of its own. Before its
time is taken it formats two records, as some load locales or the order of letters only
when they need them; how long that takes is reported by itself.
"""
