"""Telling the candidate by mail: the ledger, the outbox, the senders, and the links in mails.

The guarantee. A reminder is never lost: the ledger row is written in the transaction that moves
the interview's `review_at`, and it stays open until a mail that carried it has been taken over
by the SMTP server (its 250), or its step was settled, or every try has failed and the interview
shows it as missed. A mail may come twice, with the same Message-ID, only where a sender was
killed, or was stopped for longer than its lease, between the server's 250 and the commit, or
where the server's answer was lost on the way. The broker holds nothing that is not in the
tables: tasks only say "look now", and beat says it each minute.
"""
