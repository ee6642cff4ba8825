"""Whole fleets under faults: real senders, sweepers and beats, their own PostgreSQL and Redis that
can be stopped, and an SMTP server that counts accepted mails. The benchmarks use them too."""
