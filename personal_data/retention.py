"""What is erased by the clock, each hour: nothing is kept longer than needed."""

import logging
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts import audit_log
from accounts.models import EmailChange
from coaching import coachings
from integrations import position_import_runs
from integrations.forwarding import forgetting
from interviews.actions.perform import UNDO_LASTS
from interviews.models import DeliveryState, Mail
from interviews.services import mail_proposals
from personal_data import account_deletion

logger = logging.getLogger(__name__)

# A code is valid for minutes. For this long operators can see whether it was sent.
WRITTEN_MAIL_KEPT = timedelta(days=7)
# The last mail to a deleted user contains the address that must be forgotten.
LAST_MAIL_KEPT = timedelta(hours=1)
SETTLED = (DeliveryState.SENT, DeliveryState.MISSED)


def apply_retention(*, now: datetime) -> None:
    """A failure is logged, and does not keep anything else from being erased."""
    steps = (
        _erase_who_left,
        _erase_record,
        _erase_written_mails,
        _erase_changes,
        _erase_sessions,
        _close_coachings,
        _erase_imports,
        _erase_forwarded_mails,
    )
    for erase in steps:
        try:
            erase(now)
        except Exception:
            logger.exception("Something that is kept for a time could not be erased")


def _erase_who_left(now: datetime) -> None:
    account_deletion.erase_due(now=now)


def _erase_record(now: datetime) -> None:
    audit_log.erase_older(now=now)


def _erase_changes(now: datetime) -> None:
    EmailChange.objects.over(now).delete()


def _close_coachings(now: datetime) -> None:
    coachings.close_lapsed(now=now)


def _erase_imports(now: datetime) -> None:
    position_import_runs.give_up(now=now)
    position_import_runs.erase_old(now=now)


def _erase_forwarded_mails(now: datetime) -> None:
    forgetting.forget_old(now=now)
    mail_proposals.forget_dismissed(answered_before=now - UNDO_LASTS)


def _erase_sessions(now: datetime) -> None:
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).delete()


def _erase_written_mails(now: datetime) -> None:
    """Erase all but reminders, which the ledger refers to."""
    written = (Mail.Kind.ACCOUNT, Mail.Kind.COACHING, Mail.Kind.INBOUND)
    settled = Mail.objects.filter(kind__in=written, state__in=SETTLED)
    settled.filter(created_at__lt=now - WRITTEN_MAIL_KEPT).delete()
    settled.filter(user=None, created_at__lt=now - LAST_MAIL_KEPT).delete()
