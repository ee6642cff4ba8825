"""Forwarded mails are forgotten: with the answer, or after a time. What they proposed stays, with
an excerpt and a checksum."""

from datetime import datetime, timedelta

from interviews.models import InboundMail, MailProposal

KEPT = timedelta(days=14)


def forget_mail(proposal: MailProposal) -> None:
    """Erase the bytes of the mail whose proposal was answered. Its checksum stays for a time, so
    that the same mail is known when it comes again."""
    InboundMail.objects.filter(proposal=proposal).update(raw=b"")


def forget_old(*, now: datetime) -> None:
    """Mails go after this time, read or not; codes go with them."""
    InboundMail.objects.filter(received_at__lt=now - KEPT).delete()
    codes = MailProposal.objects.filter(kind=MailProposal.Kind.CONFIRMATION_CODE)
    codes.filter(created_at__lt=now - KEPT).delete()
