"""Receivers of the libraries' signals; the project sends none of its own."""

from typing import Any

from allauth.account.signals import user_signed_up
from celery.signals import worker_ready
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from interviews.services import candidates


@receiver(user_signed_up)
def make_candidate(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Whoever signs up looks for a job; the form has checked the zone by now."""
    candidates.create_candidate(user=user, timezone=request.POST["timezone"])


@worker_ready.connect
def look_at_once(sender: Any, **rest: Any) -> None:
    """A worker that has just started looks for what came due while none ran; beat comes later."""
    sender.app.send_task("interviews.tasks.sweep")
