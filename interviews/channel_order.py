"""By which channels a candidate is told of a step, and in which order: docs/channels.md."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from interviews.models import Candidate, ChannelKind, NotificationChannel, Reminder

ORDER_OF_ALL = ""  # the key of the steps without an order of their own
EMAIL = ChannelKind.EMAIL.value


def order_of(candidate: Candidate, step: str) -> Sequence[str]:
    """As the candidate wants to be told of this step; email without a wish."""
    order = candidate.channel_order
    found: Sequence[str] = order.get(step) or order.get(ORDER_OF_ALL) or [EMAIL]
    return found


def mailable_addresses() -> QuerySet[EmailAddress]:
    """To which reminders are mailed: proved, and refused by no server."""
    rows: QuerySet[EmailAddress] = EmailAddress.objects.filter(
        verified=True, primary=True, refusal__isnull=True
    )
    return rows


def usable_kinds(candidates: Iterable[Candidate]) -> Mapping[UUID, Collection[str]]:
    """By candidate: email if it can be mailed (`mailable_addresses`), and the channels that were
    confirmed and have not failed for good. Two queries, and none if all are told by email."""
    ordered = {each.pk for each in candidates if each.channel_order}
    found: dict[UUID, set[str]] = {key: set() for key in ordered}
    if not ordered:
        return found
    addresses = mailable_addresses().filter(user__candidate__in=ordered)
    for key in addresses.values_list("user__candidate", flat=True):
        found[key].add(EMAIL)
    rows = NotificationChannel.objects.usable().filter(candidate__in=ordered)
    for key, kind in rows.values_list("candidate", "kind"):
        found[key].add(kind)
    return found


def left_of(reminder: Reminder, usable: Collection[str]) -> Sequence[str]:
    """The channels that have not been tried for it, in order. Email is the last resort: nothing is
    left only once it was tried."""
    tried = {each["channel"] for each in reminder.earlier}
    order = [each for each in order_of(reminder.candidate, reminder.step) if each in usable]
    return [each for each in order if each not in tried] or [
        each for each in [EMAIL] if each not in tried
    ]


def assign_channel(reminder: Reminder, usable: Collection[str]) -> bool:
    """Set the channel that is to tell it and the one that follows; False if none is left."""
    left = left_of(reminder, usable)
    if not left:
        return False
    reminder.channel, reminder.next_channel = left[0], left[1] if len(left) > 1 else ""
    return True
