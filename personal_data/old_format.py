"""Exports of version 1: every table in hearback.json, as one object, with a line for each row.

They are read line by line, as they were written; a file that an editor has reformatted is refused.
"""

import re
from collections.abc import Iterator

TABLE = re.compile(r'"(\w+)": \[')


def is_old(first: str) -> bool:
    """By the first line of hearback.json, which is now an object by itself."""
    return first.rstrip().endswith(",")


def each_row(first: str, lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Like `zip_reader.read_lines`: yield a line of JSON with the name of its table."""
    yield "", f"{first.rstrip().removesuffix(',')}}}"
    name = ""
    for line in lines:
        said = line.strip().removesuffix(",")
        if table := TABLE.fullmatch(said):
            name = table[1]
        elif said not in ("]", "}"):
            yield name, said
