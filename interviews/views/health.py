"""`GET /healthz`: what an operator's monitor asks. No personal figure, no name of anything."""

from datetime import datetime

from celery import current_app
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from interviews.models import SweepState

# A sweep is late when this many periods, and at least two minutes, have passed without one.
LATE_PERIODS = 5
LATE_AT_LEAST = 120.0


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    is_database = _database_answers()
    is_broker = _broker_answers()
    age = _sweep_age(now=timezone.now()) if is_database else None
    is_swept = age is not None and age <= max(LATE_AT_LEAST, LATE_PERIODS * settings.SWEEP_SECONDS)
    answer = {
        "database": "ok" if is_database else "down",
        "broker": "ok" if is_broker else "down",
        "sweep": "ok" if is_swept else "late",
        "sweep_age_seconds": age,
    }
    return JsonResponse(answer, status=200 if is_database and is_broker and is_swept else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _broker_answers() -> bool:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=0, timeout=2)
    except (OperationalError, OSError):
        return False
    return True


def _sweep_age(*, now: datetime) -> float | None:
    """Seconds since the last sweep ended; None before the first."""
    try:
        swept_at = SweepState.objects.filter(pk=1).values_list("swept_at", flat=True).first()
    except Error:
        return None
    return None if swept_at is None else round((now - swept_at).total_seconds(), 1)
