"""Forwarded mails are forgotten after a time, if no answer erased them before
(interviews/services/mail_proposals.py). What they proposed stays, with an excerpt and a
checksum."""

from datetime import datetime, timedelta

from interviews.models import InboundMail, MailProposal

KEPT = timedelta(days=14)


def forget_old(*, now: datetime) -> None:
    """Mails go after this time, read or not; codes go with them."""
    # Django fetches what it deletes: not the bytes, of which one candidate may have 200 MB.
    InboundMail.objects.filter(received_at__lt=now - KEPT).only("pk").delete()
    codes = MailProposal.objects.filter(kind=MailProposal.Kind.CONFIRMATION_CODE)
    codes.filter(created_at__lt=now - KEPT).delete()
