"""`namndkoll` and `python -m app`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from app.arguments import build_parser
from ingest.errors import reason


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit status: 0 done, 1 something could not be, 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a terminal that is not UTF-8 shows "?" rather than end the program
            stream.reconfigure(errors="replace")
    options = build_parser().parse_args(arguments)
    # imported here, so that --help need not wait for what commands need
    from app.commands import run

    try:
        status = run(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("\nAvbrutet. Det som var klart är sparat.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # whoever read our output has enough; the rest goes nowhere
        _drop_output()
        return 1
    except OSError as error:
        _drop_output()
        what = error.filename or "utdata"
        print(f"namndkoll: {what} går inte att använda: {reason(error)}", file=sys.stderr)
        return 1


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that the program can end quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
