"""The coach's overview: whom to help today. Its grouping, its candidate and its open row are in the
address."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit_log
from coaching import text
from coaching.morning import Grouping, morning_of
from coaching.permissions import CoachScope
from interviews.models import Interview
from staff.coach.admin import coach_of, sharing_of
from staff.coach.composer import (
    Form,
    Kind,
    as_asked,
    composer_in_row,
    kept_address,
    key_in,
    refused_in_row,
)
from staff.coach.forms import AskForm
from staff.coach.page import show

TEMPLATE = "admin/morning.html"


def refused(
    request: HttpRequest, interview: Interview, kind: Kind, form: Form
) -> HttpResponse | None:
    """The overview with the row in which a form was refused, if it has that row."""
    query = QueryDict(request.POST["back"], mutable=True)
    query.update({"open": str(interview.pk), "say": kind.say})
    with timezone.override(sharing_of(request).zone):
        as_asked(request, reverse("admin:index"), query)
        context = {
            **overview_context(request, kept=interview.pk),
            "composer": refused_in_row(request, interview, kind, form),
        }
        sections = context["morning"].sections
        if not any(line.key == interview.pk for each in sections for line in each.lines):
            return None
        return show(request, TEMPLATE, context | {"form": form}, title=str(context["title"]))


def overview_context(request: HttpRequest, *, kept: UUID | None = None) -> dict[str, Any]:
    """`kept` is the row that is shown in any case, or else the one in which something was sent."""
    sharing = sharing_of(request)
    request.now = sharing.now.astimezone(sharing.zone)  # type: ignore[attr-defined]
    by = Grouping.CANDIDATE if request.GET.get("by") == Grouping.CANDIDATE else Grouping.REASON
    only = _chosen(request.GET.get("candidate", ""), sharing)
    sent, opened = key_in(request, "sent"), request.GET.get("more", "")
    morning = morning_of(
        sharing,
        now=sharing.now,
        grouping=by,
        only=only,
        opened=opened,
        kept=kept or sent,
    )
    lines = [line for section in morning.sections for line in section.lines]
    waiting = morning.candidates - len(morning.needing)
    audit_log.log_looks(
        morning.seen, actor=coach_of(request), now=sharing.now, detail="interviews.interview"
    )
    return {
        "title": _("Overview"),
        "morning": morning,
        "heading": text.heading(morning.needing, others=morning.candidates),
        "urgent": text.urgent(morning.urgent, coming=morning.coming),
        "sent_today": text.sent_today(morning.sent_today) if morning.sent_today else "",
        "of_today": _of_day(morning.now),
        "waiting": text.waiting(waiting) if waiting and morning.needing else "",
        # The row that says what was done, if it is still there.
        "sent": next((line.key for line in lines if line.key == sent), None),
        "is_by_candidate": by == Grouping.CANDIDATE,
        "only": morning.only,
        "opened": opened,
        "has_none": not sharing.coachings,
        "offers_mornings": bool(sharing.coachings) and not sharing.has_mornings,
        "has_several": len(sharing.coachings) > 1,
        "composer": composer_in_row(request, sharing, back=kept_address(request.GET)),
        "back": kept_address(request.GET),
        "ask_form": AskForm(),
    }


def _of_day(local: datetime) -> str:
    """The suggestions of that day, as the date hierarchy of their list narrows them."""
    day = {f"proposed_at__{part}": getattr(local, part) for part in ("year", "month", "day")}
    return f"{reverse('admin:interviews_proposal_changelist')}?{urlencode(day)}"


def _chosen(typed: str, sharing: CoachScope) -> UUID | None:
    """The key of one of the coach's candidates, or nothing."""
    return next((key for key in sharing.coachings if str(key) == typed), None)
