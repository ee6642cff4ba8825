"""Prepare .venv and run a command in it: python3 scripts/bootstrap.py run|dev -- COMMAND…

It needs only Python, in syntax that an old version can parse, so that it can say that it is too
old. The rest is in environment.py.
"""

import os
import sys

NEEDED = (3, 11)


def main() -> None:
    if sys.version_info < NEEDED:
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit(
            f"Hearback needs Python 3.11 or later; {sys.executable or 'python3'} is {found}. "
            "Name a newer one: make run PYTHON=python3.12"
        )
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    from scripts.environment import run_inside

    separator = sys.argv.index("--")
    run_inside(sys.argv[1:separator], sys.argv[separator + 1 :])


if __name__ == "__main__":
    main()
