"""`make backup` and `make restore`: one file holds the whole database.

files: a backup's name, kind and integrity. sqlite, postgres: how each database is dumped and
restored. restore: checks before, and migrations after.
"""
