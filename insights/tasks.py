"""The task that computes statistics."""

from time import monotonic

from celery import shared_task
from django.utils import timezone

from insights.statistics.pooled import compute_pooled
from insights.statistics.refresh import compute_due

# It shares its queue with the sweep, which must not wait for it.
LEARN_SECONDS = 10.0


@shared_task
def compute_statistics() -> None:
    """Compute the candidates that are due, and once a week the pooled statistics."""
    until = monotonic() + LEARN_SECONDS
    compute_pooled(now=timezone.now())
    while compute_due(now=timezone.now()) and monotonic() < until:
        pass
