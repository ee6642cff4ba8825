"""The first interview, typed before there is an account.

A signed cookie keeps the line for an hour, so that a visitor leaves nothing in the database.
"""

import json
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.core.signing import b64_decode, b64_encode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rate_limits
from accounts.keys import new_key
from accounts.link_cookies import LinkCookie
from accounts.sanitize import readable
from accounts.time_zones import DEFAULT_ZONE
from dashboard.interviews import typed_line_reading as reading
from dashboard.interviews.first_steps import page_after
from dashboard.interviews.new import create_from
from dashboard.interviews.typed_line import Typed, typed_on
from dashboard.page import CandidateRequest, candidate_page
from dashboard.prefill import redirect_to
from interviews import imagined, queries, text
from interviews.imagined import Imagined
from interviews.models import Agreement, Interview
from interviews.queries import Names
from interviews.quick_add import TEXT_MAX, Draft, Promise
from interviews.quick_add.draft import Person
from interviews.rules import Role, limits
from interviews.text.interview_questions import question_sheet

COOKIE = LinkCookie("first-interview", "dashboard.first_interview")
PATH = "/first/"
NOBODY = Names([], [], [])


@dataclass(frozen=True, slots=True)
class Kept:
    """`key` is the form's submission id: however often it is sent, it records once."""

    text: str
    on: str
    zone: str
    key: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        token = COOKIE.token(request)
        told = json.loads(b64_decode(token.encode())) if token else []
        return cls(*told) if len(told) == len(fields(cls)) else None

    @property
    def token(self) -> str:
        told = json.dumps([self.text, self.on, self.zone, self.key], ensure_ascii=False)
        return b64_encode(told.encode()).decode()

    def typed(self, names: Names, *, now: datetime) -> Typed:
        return Typed.read(self.text, typed_on(self.on, now=now), names)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def first_interview(request: HttpRequest) -> HttpResponse:
    """Show at once what follows from the line, by the rules that follow every interview."""
    if request.method == "POST":
        return _keep(request)
    kept = Kept.of(request)
    if request.user.is_authenticated and kept is not None:
        return redirect("dashboard:first-interview-save")
    if kept is None:
        return redirect("dashboard:landing")
    zone = ZoneInfo(kept.zone)
    now = timezone.now().astimezone(zone)
    with timezone.override(zone):
        context = {"now": now, **_shown(kept.typed(NOBODY, now=now), zone=zone, now=now)}
        return render(request, "dashboard/interviews/first.html", context)


def _keep(request: HttpRequest) -> HttpResponse:
    if not rate_limits.allow(request, "first_interview"):
        return rate_limits.refusal(request)
    line = readable(request.POST.get("q", ""), has_lines=False)[:TEXT_MAX]
    if not line:
        return redirect("dashboard:landing")
    zone = request.POST.get("zone", "")
    zone = zone if limits.is_known_zone(zone) else DEFAULT_ZONE
    today = timezone.now().astimezone(ZoneInfo(zone)).date()
    response = redirect("dashboard:first-interview")
    kept = Kept(line, today.isoformat(), zone, str(new_key()))
    COOKIE.put(response, kept.token, path=PATH)
    return response


def _shown(typed: Typed, *, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    draft = typed.draft
    known = imagined.imagine(draft, draft.day, zone=zone, now=now) if draft.day else None
    roles = [Role(person.role) for person in draft.people if person.role]
    return {
        **reading.told(typed),
        "consequence": _consequence(typed, known, now=now),
        "line": known and known.line,
        "is_guessed": draft.promise is None,
        "sheet": question_sheet(roles, stage=draft.stage or Interview.Stage.FIRST)
        if known and known.step is None
        else None,
        "next": reverse("dashboard:first-interview-save"),
    }


def example(*, now: datetime) -> dict[str, Any]:
    """An interview three days ago, with an answer promised six days after it. `now` is local."""
    day = now.date() - timedelta(days=3)
    promised_on = day + timedelta(days=6)
    draft = Draft(
        clock=time(14),
        people=(Person("Anna Petrova"),),
        promise=Promise(by=promised_on, initiator=Agreement.Initiator.EMPLOYER),
    )
    known = imagined.imagine(draft, day, zone=ZoneInfo(DEFAULT_ZONE), now=now)
    assert known.step is not None  # the interview is over
    sentence = text.preview(known.step, person="Anna Petrova", company="Acme", now=now)
    return {"promised_on": promised_on, "sentence": sentence, "line": known.line, "now": now}


def _consequence(typed: Typed, known: Imagined | None, *, now: datetime) -> str:
    if known is None or known.step is None:
        return ""
    people, place = typed.draft.people, known.step.person
    person = people[place].name if place is not None else None
    return text.preview(known.step, person=person, company=typed.draft.company or None, now=now)


@require_safe
@candidate_page
def first_interview_save(request: CandidateRequest) -> HttpResponse:
    """Save the line, by the ordinary form, for who has just signed up. It is reached by a redirect,
    so it writes on GET: the cookie is signed, is of this browser, and its key records once."""
    kept = Kept.of(request)
    if kept is None:
        return redirect("dashboard:today")
    typed = kept.typed(queries.names_of(request.candidate), now=request.now)
    made = create_from(request, typed, kept.key)
    if made is None:
        response: HttpResponse = redirect_to(
            "interview-create", q=typed.text, on=typed.on.isoformat()
        )
    elif made.ends_at <= request.now:
        response = redirect_to("agreement-create", made.pk, **typed.agreement())
    else:
        response = redirect(page_after(made, now=request.now))
    COOKIE.forget(response, path=PATH)
    return response
