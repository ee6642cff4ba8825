"""Whole fleets against faults: real senders, sweepers and beats, a PostgreSQL and a Redis of their
own that can be stopped, and an SMTP server that counts what it takes over. Also used by the bench.
"""
