"""The command ``citekit``, also as ``python -m citekit``, in a process of its own."""

import gc


def run() -> None:
    """Run the command line.

    Loading it makes tens of thousands of objects that stay. Python would search them for
    cycles again and again, and twice at the end, which takes as long as ten citations.
    """
    gc.set_threshold(20_000)
    from citekit.cli import main  # noqa: PLC0415 - with few searches

    try:
        main()
    finally:
        gc.freeze()  # hides all that there is from later searches


if __name__ == "__main__":
    run()
