"""What a device stores, so that the agreement's form works without a network: docs/offline.md."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import Case, DurationField, F, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from accounts.device_keys import NOBODY, WORKER_HEADER, former_owners, is_over, reader_key
from dashboard.page import CandidateRequest, candidate_page
from dashboard.shared.forms import SHARED_MAX
from dashboard.shared.share_target import share_target
from integrations.unfold import READ_MAX
from interviews import queries
from interviews.models import Candidate, Interview
from interviews.models.core.interview import InterviewQuerySet
from interviews.rules import limits

# Everything that pages link; tests/dashboard/offline/test_service_worker.py compares it with a
# page.
FILES = (
    "bootstrap/bootstrap-reboot.min.css",
    *(f"css/{name}.css" for name in ("tokens", "dark", "base", "components", "wait-line")),
    *(f"css/{name}.css" for name in ("timeline", "workspace", "positions", "forms")),
    *(f"css/{name}.css" for name in ("follow-up", "insights", "print")),
    "django_htmx/htmx-2.min.js",
    *(f"js/{name}.js" for name in ("page", "dialogs", "quick-add", "card")),
    *(f"js/{name}.js" for name in ("offline", "today", "keys")),
    "img/mark.svg",
)
# Every device fetches the worker, and reads no comments.
COMMENTS = re.compile(r"^ *//.*\n", re.MULTILINE)
# Forms of interviews around now: nobody in a lobby needs others.
ENDED_WITHIN, STARTS_WITHIN = timedelta(days=3), timedelta(days=2)
CARDS_MOST = 6
# One that began earlier may have ended later.
NEAR_MOST = 2 * CARDS_MOST


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    told = {
        "version": _version(),
        "files": [static(name) for name in FILES],
        "isHashed": settings.STATIC_MANIFEST,
        "today": reverse("dashboard:today"),
        "offline": reverse("dashboard:offline"),
        "offlineQueue": reverse("dashboard:offline-queue"),
        "device": reverse("dashboard:device"),
        "login": reverse("account_login"),
        "logout": reverse("account_logout"),
        "shared": reverse("dashboard:shared"),
        "sharedMax": SHARED_MAX,
        "fileMax": READ_MAX,
        "noPreview": _("You’re offline. We’ll show what comes next once this is sent."),
        "devices": reverse("dashboard:push-device-create"),
        "act": reverse("dashboard:notification-action"),
        "icon": static("img/icon-192.png"),
        "notice": _notice(),
    }
    script = render_to_string("dashboard/offline/service_worker.js", {"settings": json.dumps(told)})
    response = HttpResponse(COMMENTS.sub("", script), content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


def _notice() -> dict[str, object]:
    """Shown for a push that the worker cannot read."""
    return {
        "title": _("Something to look at on Hearback"),
        "body": _("Open Today to see what it’s time to do."),
        "url": reverse("dashboard:today"),
        "topic": "notice",
        "lang": get_language(),
        "actions": [],
    }


@cache
def _version() -> str:
    """It changes with every file, so that devices fetch them again."""
    found = hashlib.sha256()
    for name in FILES:
        found.update(static(name).encode())
        path = None if settings.STATIC_MANIFEST else finders.find(name)
        if path:
            found.update(Path(path).read_bytes())
    return found.hexdigest()[:12]


@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone shows when Hearback is installed on it."""
    icons = [
        {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("img/icon-maskable.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    told = {
        "id": "/",
        "name": "Hearback",
        "short_name": "Hearback",
        "description": _("Know the result of your interview."),
        "start_url": reverse("dashboard:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf9f6",
        "theme_color": "#14595f",
        "icons": icons,
        "share_target": share_target(),
        "shortcuts": [
            {"name": _("Add interview"), "url": reverse("dashboard:interview-create")},
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@never_cache
@require_safe
def device(request: HttpRequest) -> JsonResponse:
    """Return the signed-in user as an opaque key, and a CSRF token, because the stored page may be
    days old. Also whether the key of the device's stored pages (`?reader=`) has expired. The worker
    asks before it sends entries."""
    key = reader_key(request.user)
    told: dict[str, object] = {
        "reader": None if key == NOBODY else key,
        "former": former_owners(request.user),
        "token": get_token(request),
    }
    if "reader" in request.GET:
        told["isOver"] = is_over(request.GET["reader"])
    return JsonResponse(told)


@require_safe
@candidate_page
def offline(request: CandidateRequest) -> HttpResponse:
    """Stored on the device, and shown instead of a page that cannot be fetched."""
    return render(request, "dashboard/offline/offline.html")


@require_safe
@candidate_page
def offline_queue(request: CandidateRequest) -> HttpResponse:
    """Stored on the device, and shown after a form could not be sent."""
    return render(request, "dashboard/offline/queue.html")


def near(candidate: Candidate, *, now: datetime) -> InterviewQuerySet:
    """Interviews whose agreement forms may be stored on the device."""
    rows = queries.interviews_of(candidate).unanswered().filter(starts_at__range=_span(now))
    away = Case(
        When(starts_at__lte=now, then=Value(now) - F("starts_at")),
        default=F("starts_at") - Value(now),
        output_field=DurationField(),
    )
    return rows.order_by(away, "pk")[:NEAR_MOST]


def cards_near(rows: Iterable[Interview], *, now: datetime) -> list[str]:
    """The forms to store for these rows, the nearest first; Today's template names them."""
    first, last = _span(now)
    waited = [row for row in rows if first <= row.starts_at <= last and not row.is_answered]
    ended = [row for row in waited if row.ends_at >= now - ENDED_WITHIN]
    ended.sort(key=lambda row: abs(row.ends_at - now))
    return [reverse("dashboard:agreement-create", args=[row.pk]) for row in ended[:CARDS_MOST]]


def _span(now: datetime) -> tuple[datetime, datetime]:
    return now - ENDED_WITHIN - timedelta(minutes=limits.MINUTES_MAX), now + STARTS_WITHIN


def recorded(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Answer the service worker with 201 and the next URL. It does not accept a redirect, nor any
    page that another network may substitute."""
    if WORKER_HEADER not in request.headers:
        return answer
    return HttpResponse(status=201, headers={"Location": answer["Location"]})
