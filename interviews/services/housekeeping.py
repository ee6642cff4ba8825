"""What is erased by the clock, each hour: nothing is kept longer than it is good for."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts import record
from interviews.models import DeliveryState, Mail
from interviews.services import departures

# A code is good for minutes. For so long an operator can see whether it was sent.
ACCOUNT_MAIL_KEPT = timedelta(days=7)
# The last mail to somebody who has left holds the address that was to be forgotten.
LAST_MAIL_KEPT = timedelta(hours=1)
SETTLED = (DeliveryState.SENT, DeliveryState.MISSED)


def keep_house(*, now: datetime) -> None:
    departures.erase_due(now=now)
    record.erase_older(now=now)
    _erase_account_mails(now)
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).delete()


def _erase_account_mails(now: datetime) -> None:
    settled = Mail.objects.filter(kind=Mail.Kind.ACCOUNT, state__in=SETTLED)
    settled.filter(created_at__lt=now - ACCOUNT_MAIL_KEPT).delete()
    settled.filter(user=None, created_at__lt=now - LAST_MAIL_KEPT).delete()
