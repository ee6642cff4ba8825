"""Positions that were read out of a file, on their way into an account and, if undone, out again.

save_positions(position_import=…, rows=…, now=…)   # joins what is there, creates the rest
known_rows(candidate=…, rows=…)                    # which rows the account has already
undo_import(position_import=…, now=…)              # takes back what nobody has changed since
reminders_at_once(candidate=…, rows=…, now=…)      # how many would be sent for the past: none
long_silent(position_import=…, now=…)              # waits to be offered for closing in one list
"""

from .known import known_rows
from .save import save_positions
from .silence import long_silent, reminders_at_once
from .undo import Undone, may_be_undone, undo_import

__all__ = [
    "Undone",
    "known_rows",
    "long_silent",
    "may_be_undone",
    "reminders_at_once",
    "save_positions",
    "undo_import",
]
