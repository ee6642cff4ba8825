"""Remind candidates: the ledger, the outbox, the senders of each channel, and the links in mails.

The guarantee. A reminder is never lost: the ledger row is written in the transaction that moves the
interview's `review_at`, and stays open until the SMTP server accepted a mail with it (250), its
step was settled, or its mail was given up after 48 hours in which sending was possible. Then the
interview shows it as missed, and while its step stands, the next mail that gets through names it.

A mail may come twice, with the same Message-ID: at most once for each sender that was killed, or
was stopped for longer than its lease, between the server's 250 and the commit, and at most once for
each connection that lost the answer to DATA. A crash of PostgreSQL itself may repeat mails marked
in its last 0.6 seconds (postgres.py).

By another channel than email the same holds of its server's answer, and what that channel cannot
tell goes on to the next, with email last: docs/channels.md.

The broker holds nothing that is not in the database: tasks only say "look now", and beat sends them
each minute. Any number of sweepers, senders and beats may run at the same time.
"""
