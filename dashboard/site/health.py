"""`GET /healthz` for an operator's monitor. It contains no personal data."""

from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from dashboard.site.mail_inbound import is_set_up as by_webhook
from integrations.forwarding import health as forwarding
from reminders.health import Health, health


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Red (503) while anything is not as promised; docs/operations.md says what to do."""
    is_broker, now = _broker_answers(), timezone.now()
    try:
        state = health(now=now) if _database_answers() else None
        unread = forwarding.oldest_age(now=now) if state else timedelta(0)
        is_taken = by_webhook() or not settings.INBOUND_DOMAIN or forwarding.is_listening(now=now)
    except Error:
        state, unread, is_taken = None, timedelta(0), False
    answer = {
        "version": settings.VERSION,
        "broker": "ok" if is_broker else "down",
        **_told(state, unread),
    }
    if state is not None:
        answer["inbound"] = "ok" if is_taken else "silent"
    is_read = unread <= forwarding.LATE
    is_well = is_broker and state is not None and state.is_well and is_read and is_taken
    return JsonResponse(answer, status=200 if is_well else 503)


def _told(state: Health | None, unread: timedelta) -> dict[str, object]:
    if state is None:
        return {"database": "down"}
    return {
        "database": "ok",
        "sweep": "ok" if state.is_swept else "late",
        "sweep_age_seconds": None if state.sweep_age is None else round(state.sweep_age, 1),
        "due_rows": "ok" if state.are_rows_in_time else "late",
        "oldest_due_row_age_seconds": round(state.due_age, 1),
        "mails": "ok" if state.are_mails_in_time else "late",
        "oldest_mail_age_seconds": round(state.mail_age, 1),
        "forwarded_mails": "ok" if unread <= forwarding.LATE else "late",
        "oldest_forwarded_mail_age_seconds": round(unread.total_seconds(), 1),
        "mail_server": "refuses" if state.is_refused else "ok",
        "push_services": "refuse" if state.is_push_refused else "ok",
        "departures": "ok" if state.are_deletions_done else "late",
        "set_aside": "some" if state.is_quarantined else "ok",
    }


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
