"""`make backup` and `make restore`: one file holds the whole database, whichever it is.

files: a backup's name, kind and wholeness. sqlite, postgres: how each database is copied out and
put back. restored: what code, sweep and senders make of a database of another day.
"""
