"""`python -m tests.faults.forwarding_seed COUNT`: candidates with addresses for this many mails, in
the database of DATABASE_URL."""

import os
import sys
from datetime import UTC, datetime, timedelta

DOMAIN = "in.hearback.example"
# Fewer than one address may receive in a minute.
MAILS_EACH = 50
TEXT = "Sadly, we must reject you, number {}."
MAIL = (
    "From: Anna Petrova <anna@acme.test>\r\nTo: alice@example.org\r\nSubject: Your application\r\n"
    "Date: Mon, 23 Nov 2026 09:30:00 +0100\r\n\r\nDear Alice,\r\n\r\n{}\r\n"
)


def mail(number: int) -> bytes:
    return MAIL.format(TEXT.format(number)).encode()


def local_part(owner: int) -> str:
    return f"{owner:022}"


def seed(count: int, *, now: datetime) -> None:
    from interviews.models import InboundAddress
    from tests.support.people import make_candidate, make_interview, make_user

    for number in range(-(-count // MAILS_EACH)):
        owner = make_candidate(make_user(f"Alice{number}"))
        make_interview(owner, starts_at=now - timedelta(days=3), now=now)
        InboundAddress.objects.create(
            candidate=owner, local_part=local_part(number), created_at=now
        )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    seed(int(sys.argv[1]), now=datetime.now(UTC))
