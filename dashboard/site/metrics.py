"""`GET /metrics`: the same for Prometheus, protected by a token.

There are several web processes, so each value is read from the database.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from integrations.forwarding import health as forwarding
from reminders.health import Quarantined, StateCount, count, health

# By name: what it says, and its value.
Told = dict[str, tuple[str, float]]
SET_ASIDE = {
    Quarantined.ROWS: "Interviews that could not be decided.",
    Quarantined.REMINDERS: "Reminders that cannot be written, of steps that stand.",
    Quarantined.MAILS: "Mails of the last day that cannot be written.",
    Quarantined.MORNINGS: "Coaches whose morning mail could not be written.",
    Quarantined.STATISTICS: "Candidates whose figures could not be reckoned.",
    Quarantined.DELETIONS: "Accounts that were to be erased a day ago.",
    Quarantined.COACHINGS: "Coachings whose end could not be written down for a day.",
}


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Without the token, or without the setting, it answers 404."""
    given, wanted = request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(given, wanted):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Reminders(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Reminders(Collector):
    def __init__(self, now: datetime) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        counted, forwarded = count(now=self._now), forwarding.count()
        for name, (words, value) in self._gauges(counted, forwarded).items():
            yield GaugeMetricFamily(f"hearback_{name}", words, value=value)
        for name, (words, value) in _counters(counted, forwarded).items():
            yield CounterMetricFamily(f"hearback_{name}", words, value=value)

    def _gauges(self, counted: StateCount, forwarded: forwarding.Counts) -> Told:
        state, unread = health(now=self._now), forwarding.oldest_age(now=self._now)
        return {
            "due_rows": ("Interviews that a sweep must look at.", counted.due),
            "oldest_due_row_age_seconds": ("How late the oldest of them is.", state.due_age),
            "sweep_seconds": ("How long the last sweep with work took.", counted.sweep_seconds),
            "sweep_age_seconds": ("Since the last sweep.", state.sweep_age or 0.0),
            "mails_waiting": ("Mails to be tried now.", counted.mails_waiting),
            "reminders_unmailed": ("Reminders in no mail yet.", counted.reminders_unmailed),
            "oldest_mail_age_seconds": ("How late the oldest of both is.", state.mail_age),
            "mails_refused": ("Mails that the server refuses.", counted.mails_refused),
            "addresses_refused": ("Addresses without a mailbox.", counted.addresses_refused),
            "push_devices": ("Devices that get notifications.", counted.push_devices),
            "channels_failed": (
                "Candidates' channels that reach nobody any more.",
                counted.channels_failed,
            ),
            "forwarded_mails_waiting": ("Forwarded mails to be read.", forwarded.waiting),
            "oldest_forwarded_mail_age_seconds": (
                "How long the oldest of them waits.",
                unread.total_seconds(),
            ),
        } | {f"{kind}_set_aside": (SET_ASIDE[kind], counted.aside[kind]) for kind in Quarantined}


def _counters(counted: StateCount, forwarded: forwarding.Counts) -> Told:
    return {
        "mails_sent": ("Mails that a server took over.", counted.sent),
        "mail_tries_failed": ("Tries that failed.", counted.failed),
        "mails_retried": ("Tries of mails that had failed before.", counted.retried),
        "forwarded_mails_read": ("Forwarded mails that were read.", forwarded.read),
        "forwarded_mails_proposed": ("Those that proposed something.", forwarded.proposed),
        "forwarded_mails_unreadable": ("Those that could not be read.", forwarded.unreadable),
    }
