"""Receivers of the libraries' signals; the project sends none of its own."""

from typing import Any

from allauth.account import signals as account
from anymail.signals import AnymailInboundEvent, AnymailTrackingEvent, inbound, tracking
from celery.signals import worker_ready
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import DeletionRequest, EmailChange, User
from accounts.services import THIEF_SINCE
from coaching import coachings
from dashboard.site import mail_inbound
from integrations import feed_address
from interviews import access
from interviews.models import Candidate
from interviews.services import candidates
from reminders import mail_provider_events


@receiver(account.user_signed_up)
def make_candidate(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Create a candidate at sign-up, unless an invitation to coach led to it; the form has
    validated the zone."""
    if request.POST.get(REDIRECT_FIELD_NAME) == reverse("dashboard:coaching-invitation"):
        return
    candidates.create_candidate(user=user, timezone=request.POST["timezone"])


@worker_ready.connect
def look_at_once(sender: Any, **rest: Any) -> None:
    """A new worker looks at once for what became due while none ran; beat comes later."""
    sender.app.send_task("reminders.tasks.sweep")


@receiver(tracking)
def note_what_became_of_a_mail(event: AnymailTrackingEvent, **_signal: Any) -> None:
    told = mail_provider_events.ProviderReport(
        event=event.event_type,
        message_id=(event.metadata or {}).get(mail_provider_events.MARK, ""),
        recipient=event.recipient or "",
        why=event.reject_reason or "",
        said=event.mta_response or event.description or "",
    )
    mail_provider_events.note(told, now=timezone.now())


@receiver(inbound)
def take_a_forwarded_mail(event: AnymailInboundEvent, **_signal: Any) -> None:
    mail_inbound.take(event)


@receiver(post_delete, sender=DeletionRequest)
def let_reminders_come_again(instance: DeletionRequest, origin: Any, **_signal: Any) -> None:
    """When a deletion is cancelled in any way, resume reminders, unless the candidate had paused
    them before."""
    if isinstance(origin, User):  # the user is being erased with all data
        return
    stopped_by_it = Candidate.objects.filter(
        user=instance.user_id, reminders_paused_at=instance.asked_at
    )
    for candidate in stopped_by_it:
        candidates.resume_reminders(candidate=candidate)


@receiver(post_save, sender=EmailChange)
def take_back_what_was_given_away(instance: EmailChange, **_signal: Any) -> None:
    """When an email change is undone: its author may know the calendar's address and may have added
    a coach."""
    now = instance.undone_at
    candidate = access.find_candidate(instance.user) if now else None
    if now is None or candidate is None:
        return
    coachings.end_begun_since(candidate, instance.at - THIEF_SINCE, now=now)
    if feed_address.renew_feed(candidate=candidate, now=now):
        feed_address.note_made(candidate=candidate, actor=None, now=now)


@receiver([account.password_changed, account.password_set, account.password_reset])
def offer_another_calendar(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Somebody who knew the password may have copied the calendar's address, which no password
    change ends."""
    candidate = access.find_candidate(user)
    if candidate is not None and access.find_calendar_feed(candidate) is not None:
        said = _(
            "Your calendar link still works. If someone else may have it, replace it in Settings "
            "or under “Sign-in and security”."
        )
        messages.info(request, said)
