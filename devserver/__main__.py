"""python -m devserver --port 8000 --demo 1"""

import argparse
import sys

from devserver.supervisor import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--demo", choices=["0", "1"], default="1")
    options = parser.parse_args()
    return run(options.port, is_demo_wanted=options.demo == "1")


if __name__ == "__main__":
    sys.exit(main())
