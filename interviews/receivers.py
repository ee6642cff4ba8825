"""Receivers of the libraries' signals; the project sends none of its own."""

from typing import Any

from allauth.account.signals import user_signed_up
from celery.signals import worker_ready
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Departure, User
from interviews.models import Candidate
from interviews.services import candidates


@receiver(user_signed_up)
def make_candidate(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Whoever signs up looks for a job, but for who comes from an invitation to coach; the form
    has checked the zone by now."""
    if request.POST.get(REDIRECT_FIELD_NAME) == reverse("interviews:coaching-invitation"):
        return
    candidates.create_candidate(user=user, timezone=request.POST["timezone"])


@worker_ready.connect
def look_at_once(sender: Any, **rest: Any) -> None:
    """A worker that has just started looks for what came due while none ran; beat comes later."""
    sender.app.send_task("interviews.tasks.sweep")


@receiver(post_delete, sender=Departure)
def let_reminders_come_again(instance: Departure, origin: Any, **_signal: Any) -> None:
    """However it was taken back: by its owner, by a mail's link, or with a changed address. Those
    that she had stopped before by herself stay stopped."""
    if isinstance(origin, User):  # who is erased, with all that is theirs
        return
    stopped_by_it = Candidate.objects.filter(
        user=instance.user_id, reminders_paused_at=instance.asked_at
    )
    for candidate in stopped_by_it:
        candidates.resume_reminders(candidate=candidate)
