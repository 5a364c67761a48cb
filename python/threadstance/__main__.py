"""The program: `python -m threadstance label page.txt`."""

import signal
import sys

from ._threadstance import run


def main() -> None:
    """Runs the program with the arguments of this process and ends it with the program's exit code."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(run(["threadstance", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
