"""The coach's overview: whom to help today. Its grouping, its candidate and its open row are in the
address."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import audit_log
from coaching import text
from coaching.morning import Grouping, morning_of
from coaching.permissions import CoachScope
from staff.coach.admin import coach_of, sharing_of
from staff.coach.composer import composer_in_row, kept_address
from staff.coach.forms import AskForm

TEMPLATE = "admin/morning.html"


def overview_context(request: HttpRequest) -> dict[str, Any]:
    sharing = sharing_of(request)
    by = Grouping.CANDIDATE if request.GET.get("by") == Grouping.CANDIDATE else Grouping.REASON
    only = _chosen(request.GET.get("candidate", ""), sharing)
    morning = morning_of(sharing, now=sharing.now, grouping=by, only=only)
    audit_log.log_looks(
        morning.seen, actor=coach_of(request), now=sharing.now, detail="interviews.interview"
    )
    return {
        "title": _("Overview"),
        "morning": morning,
        "heading": text.heading(morning.needing, others=morning.candidates),
        "urgent": text.urgent(morning.urgent),
        "is_by_candidate": by == Grouping.CANDIDATE,
        "only": only,
        "has_none": not sharing.coachings,
        "has_several": len(sharing.coachings) > 1,
        "composer": composer_in_row(request, sharing, back=kept_address(request.GET)),
        "ask_form": AskForm(),
    }


def _chosen(typed: str, sharing: CoachScope) -> UUID | None:
    """The key of one of the coach's candidates, or nothing."""
    return next((key for key in sharing.coachings if str(key) == typed), None)
