"""The checklist of a candidate's first days: it is filled by what is recorded, never by a click."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboard.cards import Card
from dashboard.page import CandidateRequest, back, candidate_page
from interviews.models import Candidate, Interview

SHOWN_FOR = timedelta(days=14)
# Whoever has imported a list needs no list of first steps.
KNOWS_IT_FROM = 10


@dataclass(frozen=True, slots=True)
class Item:
    """`url` is where an open item can be done; empty if it must wait."""

    said: str
    is_done: bool
    url: str = ""


def first_week(request: CandidateRequest, cards: Sequence[Card], *, total: int) -> list[Item]:
    """What these rows of Today show of it; empty once all is done, hidden, or long ago."""
    is_long_ago = request.now - request.candidate.created_at > SHOWN_FOR
    is_over = is_long_ago or total > KNOWS_IT_FROM
    if not cards or is_over or settings.FIRST_WEEK_COOKIE_NAME in request.COOKIES:
        return []
    rows = [card.interview for card in cards]
    items = list(_items(request, rows, total=total))
    return [] if all(item.is_done for item in items) else items


def _items(request: CandidateRequest, rows: Sequence[Interview], *, total: int) -> Iterator[Item]:
    yield Item(_("Add an interview"), is_done=True)
    unsaid = [row for row in rows if not _is_said(row)]
    over = next((row for row in unsaid if row.ends_at <= request.now), None)
    url = reverse("dashboard:agreement-create", args=[over.pk]) if over else ""
    yield Item(_("Record what was agreed"), len(unsaid) < len(rows), url)
    people = [row.step_person for row in rows if row.step_person]
    has_number = any(person.phone for person in people)
    yield Item(_("Add a phone number to call"), has_number, _number_url(rows))
    hours = reverse("dashboard:settings-hours")
    yield Item(_("Set your calling hours and country"), _has_hours(request.candidate), hours)
    yield Item(_("Add a second interview"), total > 1, reverse("dashboard:interview-lines"))


def _is_said(row: Interview) -> bool:
    """By the agreements that the page's rows have fetched."""
    return row.nothing_agreed_at is not None or bool(row.agreements.all()) or row.is_answered


def _number_url(rows: Sequence[Interview]) -> str:
    person = next((row.step_person for row in rows if row.step_person), None)
    if person is None:
        return reverse("dashboard:interview-update", args=[rows[0].pk])
    url = reverse("dashboard:interlocutor-update", args=[person.pk])
    return f"{url}?{urlencode({'next': reverse('dashboard:today')})}#id_phone"


def _has_hours(candidate: Candidate) -> bool:
    usual = Candidate()
    hours = (candidate.contact_opens, candidate.contact_closes)
    return bool(candidate.country) or hours != (usual.contact_opens, usual.contact_closes)


@require_POST
@candidate_page
def first_week_hide(request: CandidateRequest) -> HttpResponse:
    response = back(request, "dashboard:today")
    response.set_cookie(
        settings.FIRST_WEEK_COOKIE_NAME,
        "hidden",
        max_age=SHOWN_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
