"""Benchmarks: citekit and its peers on the same made-up records, in the same run.

``python -m tests.benchmarks --help`` says how to run them; ``docs/performance.md``
what the jobs are and what is measured.
"""
