"""Which mails a sender handles next: claimed in batches, each leased to one sender (lease.py)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.keys import new_key
from interviews.models import (
    Candidate,
    ChannelKind,
    DeliveryState,
    Interview,
    Mail,
    NotificationChannel,
    Reminder,
)
from interviews.models.mail.mail import BY_EMAIL, TOLD_BY
from interviews.services import locks
from interviews.services.reminders import hold_at_night
from reminders.event_log import log_event
from reminders.lease import quarantine_mail
from reminders.mail_reminders import mark, missed_and_current, tellable
from reminders.outbox import message_id
from reminders.postgres import flush_this_commit

# How many rows a claim reads for each that it takes, so that parallel senders find rows that no
# other has locked.
LOOKAHEAD = 5
# Another sender may take them all between the query and the lock: query again.
ROUNDS = 3
# After this many senders died at a mail, it is set aside.
DEATHS_MAX = 10


def claim_mails(kinds: Sequence[Mail.Kind] = BY_EMAIL, *, now: datetime) -> list[Mail]:
    """Return mails of these kinds to send now, leased to the caller; an empty list if there are
    none.

    Account mails come first, because somebody waits for a code; then retries, and mails of senders
    that died; then new ones.
    """
    mails: list[Mail] = []
    for kind in kinds:
        mails += _claim_waiting(kind, settings.MAIL_BATCH - len(mails), now=now)
    for kind in kinds:
        if kind in TOLD_BY:
            mails += _claim_new(kind, settings.MAIL_BATCH - len(mails), now=now)
    return mails


def _claim_waiting(kind: str, room: int, *, now: datetime) -> list[Mail]:
    if room <= 0:
        return []
    oldest = Mail.objects.claimable([kind], now).values_list("pk", flat=True)
    ids = list(oldest[: room * LOOKAHEAD])
    if not ids:
        return []
    with transaction.atomic():
        flush_this_commit()
        still = Mail.objects.claimable([kind], now).select_for_update(
            skip_locked=True, no_key=True, of=("self",)
        )
        mails = list(still.filter(pk__in=ids).select_related("user")[:room])
        if kind not in BY_EMAIL:
            mails = _without_quiet(mails, now=now)
        lease = new_key()
        for mail in mails:
            mail.lease_id = lease
            mail.is_taken_over = mail.state == DeliveryState.LEASED
        keys = [mail.pk for mail in mails]
        Mail.objects.filter(pk__in=keys).update(
            state=DeliveryState.LEASED, lease_id=lease, try_at=now + settings.MAIL_LEASE
        )
        if kind in TOLD_BY:
            waiting = Reminder.objects.filter(mail__in=keys, state=DeliveryState.WAITING)
            mark(waiting, state=DeliveryState.LEASED)
    for mail in mails:
        log_event("claimed", (), mail=mail)
    return [mail for mail in mails if not _is_deadly(mail, now)]


def _without_quiet(mails: Sequence[Mail], *, now: datetime) -> list[Mail]:
    """Retries, and what a dead sender left, wait for the contact hours too: their reminders go into
    another mail then."""
    left = []
    for mail in mails:
        if not mail.has_fixed_text and hold_at_night(mail.reminders.all(), now=now):
            Mail.objects.filter(pk=mail.pk).update(state=DeliveryState.SETTLED)
        else:
            left.append(mail)
    return left


def _is_deadly(mail: Mail, now: datetime) -> bool:
    if mail.tries - mail.failures < DEATHS_MAX:
        return False
    quarantine_mail(mail, mail.error or "No sender came back from it.", now=now)
    return True


def _claim_new(kind: Mail.Kind, room: int, *, now: datetime) -> list[Mail]:
    """Claim one new mail for each of some candidates, with all their open reminders of its channel.

    Only if mail is wanted, only to a verified address that accepts mail, and only once nothing of
    the candidate is left for the sweep, so that a machine that was asleep for days sends one mail.
    """
    if room <= 0:
        return []
    ready = tellable(Reminder.objects.unmailed(), [TOLD_BY[kind]], now=now).order_by("due_at")
    swept: set[UUID] = set()
    for _round in range(ROUNDS):
        rows = ready.exclude(candidate__in=swept) if swept else ready
        found = set(rows.values_list("candidate", flat=True)[: room * LOOKAHEAD])
        # Candidates with many rows in the sweep must not hide everybody else's.
        waits = _still_swept(found, now=now)
        swept |= waits
        if mails := _make_mails(kind, found - waits, room, now=now):
            return mails
        if not found:
            break
    return []


def _still_swept(candidates: Iterable[UUID], *, now: datetime) -> set[UUID]:
    due = Interview.objects.filter(candidate__in=list(candidates), review_at__lte=now)
    return set(due.values_list("candidate", flat=True))


@transaction.atomic
def _make_mails(kind: Mail.Kind, candidates: set[UUID], room: int, *, now: datetime) -> list[Mail]:
    if not candidates:
        return []
    flush_this_commit()
    # Rows that another sender or the candidate's own request has locked wait for the next run.
    rows = Candidate.objects.select_for_update(skip_locked=True, no_key=True)
    locked = rows.filter(pk__in=candidates).order_by("pk").values_list("pk", "user")[:room]
    owners = dict(locked)
    mine = Reminder.objects.filter(candidate__in=list(owners))
    if kind != Mail.Kind.REMINDER:
        # Though it was to be told by now: no sender was at work, or the channel was chosen later.
        hold_at_night(tellable(mine.unmailed(), [TOLD_BY[kind]], now=now), now=now)
    joining = locks.lock_reminders(tellable(mine.unmailed(), [TOLD_BY[kind]], now=now))
    told = {each.candidate_id: owners[each.candidate_id] for each in joining}
    mails = _new_mails(kind, told, now=now)
    if mails:
        if kind == Mail.Kind.REMINDER:
            # The candidate's next mail names what could not be sent before, if its step still
            # stands.
            missed = missed_and_current(mine.filter(candidate__in=list(mails)))
            joining += locks.lock_reminders(missed)
            missed.update(channel=ChannelKind.EMAIL, next_channel="")
        Mail.objects.bulk_create(mails.values())
        _join(joining, next(iter(mails.values())))
        for each in joining:
            log_event("claimed", [each.pk], mail=mails[each.candidate_id])
    return list(mails.values())


def _new_mails(kind: Mail.Kind, owners: Mapping[UUID, UUID], *, now: datetime) -> dict[UUID, Mail]:
    """By candidate, with the user; to what `tellable` has seen."""
    recipients = _addresses(owners) if kind == Mail.Kind.REMINDER else _channels(kind, owners)
    lease = new_key()
    mails = {}
    for candidate, user in owners.items():
        key = new_key()
        mails[candidate] = Mail(
            id=key,
            kind=kind,
            user_id=user,
            recipient=recipients[user],
            message_id=message_id(key),
            state=DeliveryState.LEASED,
            lease_id=lease,
            try_at=now + settings.MAIL_LEASE,
            created_at=now,
        )
    return mails


def _addresses(owners: Mapping[UUID, UUID]) -> Mapping[UUID, str]:
    """The verified addresses, by user."""
    primary = EmailAddress.objects.filter(user__in=owners.values(), primary=True, verified=True)
    return dict(primary.values_list("user", "email"))


def _channels(kind: Mail.Kind, owners: Mapping[UUID, UUID]) -> Mapping[UUID, str]:
    """The keys of the channels' rows, by user."""
    rows = NotificationChannel.objects.filter(candidate__in=list(owners), kind=TOLD_BY[kind])
    return {user: str(key) for user, key in rows.values_list("candidate__user", "pk")}


def _join(reminders: Sequence[Reminder], mail: Mail) -> None:
    """Put each reminder into its candidate's mail of this claim."""
    own = Mail.objects.filter(lease_id=mail.lease_id, user__candidate=OuterRef("candidate"))
    Reminder.objects.filter(pk__in=[each.pk for each in reminders]).update(
        mail=Subquery(own.values("pk")), state=DeliveryState.LEASED
    )
