"""``citekit serve``: the web service"""

from __future__ import annotations

from importlib import import_module

import click

from citekit.cli import inputs
from citekit.cli.report import Report
from citekit.errors import CitekitError


@click.command(
    short_help="Serve citations over HTTP.",
    epilog="""\b
Examples:
  citekit serve
  citekit serve --host 0.0.0.0 --port 80 --workers 2
  citekit serve --cors https://archive.example
  citekit serve --records library.bib
""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port."
)
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="How many processes."
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=4_000_000,
    show_default=True,
    help="Size of the largest request.",
)
@click.option(
    "--max-records",
    type=click.IntRange(1),
    default=2_000,
    show_default=True,
    help="Most records in a request.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    help="Seconds that a request may take to arrive, and its answer.",
)
@click.option(
    "--threads",
    type=click.IntRange(1),
    default=4,
    show_default=True,
    help="Large requests that a worker answers at a time.",
)
@click.option(
    "--cors",
    "origins",
    metavar="ORIGIN",
    multiple=True,
    help='Site whose pages may call the service, "*" for all; may be repeated.',
)
@click.option(
    "--records",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, resolve_path=True),
    help="Answer for the records of this file at /v1/records/ID and /DOI; may be repeated.",
)
def command(
    host: str,
    port: int,
    workers: int,
    max_bytes: int,
    max_records: int,
    timeout: float,
    threads: int,
    origins: tuple[str, ...],
    records: tuple[str, ...],
) -> None:
    """Serve citations and bibliographies over HTTP, with a page at / to try them.

    Ends when interrupted or terminated, after the requests that it is answering.
    """
    try:
        serving = import_module("citekit.integrations.web.serving")
    except ImportError as error:
        raise CitekitError(
            f"the web service isn't installed: {error}",
            hint="pip install 'citekit-csl[server]'",
        ) from error
    if records:
        _check(records)
    settings = import_module("citekit.integrations.web.settings").Settings(
        max_bytes, max_records, timeout, threads, origins, records
    )
    serving.check_address(host, port)
    click.echo(f"citekit: serving at http://{host}:{port}/", err=True)
    serving.serve(settings, host, port, workers)


def _check(files: tuple[str, ...]) -> None:
    """Tell what is wrong with the files now: each worker reads them for itself."""
    with Report() as report:
        library = inputs.read(files, report)
        report.add(library.doubts(library.records))
