"""Telling the candidate by mail: the ledger, the outbox, the senders, and the links in mails.

The guarantee. A reminder is never lost: the ledger row is written in the transaction that moves
the interview's `review_at`, and it stays open until a mail that carried it has been taken over
by the SMTP server (its 250), or its step was settled, or its mail was given up after 48 hours in
which sending was possible; then the interview shows it as missed, and while its step stands it is
named in the next mail that gets through.

A mail may come twice, with the same Message-ID: at most once for each sender that was killed, or
was stopped for longer than its lease, between the server's 250 and the commit, and at most once
for each connection whose answer to DATA was lost. A crash of PostgreSQL itself may repeat those
whose mark was in its last 0.6 seconds (postgres.py).

The broker holds nothing that is not in the tables: tasks only say "look now", and beat says it
each minute. Any number of sweepers, senders and beats may run side by side.
"""
