"""Read positions out of the file of another program: values in, values out, nothing is stored.

    table = read(data, name)                       # Table, or Refusal(why)
    proposal = propose(table, today=today)         # what each column holds, what each word means
    proposal = with_fields(table, proposal, {3: "source"}, today=today)
    reading = understand(table, proposal, Answers(day_first=True), zone=zone, today=today)
    rest_file(table, reading.rest, why)            # the rows that could not be taken, and why

Between two requests a table is kept as text: `dump_table`, `load_table`. Columns of passwords are
empty from the beginning, so no later step can show or store them. A proposal can be made again from
its fields (`with_fields`), and the answers are the person's.
"""

from integrations.spreadsheets.limits import FILE_BYTES
from integrations.spreadsheets.sheet import SourceRow

from .mapping import FIELDS, Column, Proposal, StateWord, propose, with_fields
from .people import Person
from .position_rows import (
    Answers,
    LeftOut,
    Outcome,
    PositionRow,
    Reading,
    RestRow,
    Talk,
    row_json,
)
from .read_file import read
from .rest_file import RestFile, rest_file
from .row_reader import understand
from .states import MEANINGS
from .table import Refusal, Table, dump_table, load_table

__all__ = [
    "FIELDS",
    "FILE_BYTES",
    "MEANINGS",
    "Answers",
    "Column",
    "LeftOut",
    "Outcome",
    "Person",
    "PositionRow",
    "Proposal",
    "Reading",
    "Refusal",
    "RestFile",
    "RestRow",
    "SourceRow",
    "StateWord",
    "Table",
    "Talk",
    "dump_table",
    "load_table",
    "propose",
    "read",
    "rest_file",
    "row_json",
    "understand",
    "with_fields",
]
