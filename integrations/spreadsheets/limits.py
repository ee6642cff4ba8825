"""What a file may cost. A larger one is refused: nobody has applied so often."""

MEGABYTE = 1024 * 1024
FILE_BYTES = 8 * MEGABYTE
ROWS = 20_000
CELLS = 600_000
# What stands further to the right belongs to no table of applications.
COLUMNS = 512
# What a cell of Excel holds at most; the rest of a longer one is cut off.
CELL_SIGNS = 32_767
TEXT_SIGNS = 12 * MEGABYTE
# Of one part of a packed spreadsheet, unpacked.
PART_BYTES = 48 * MEGABYTE
SHEETS = 30
CHILD_SECONDS = 8
CHILD_BYTES = 384 * MEGABYTE
# Of company and position; the database's columns hold no more.
NAME_SIGNS = 200
NOTES_SIGNS = 20_000
# How far from today a day may lie: a working life back, and a few years ahead.
YEARS_BACK = 60
YEARS_AHEAD = 5
