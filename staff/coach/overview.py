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
from staff.coach.composer import composer_in_row, kept_address, key_in
from staff.coach.forms import AskForm

TEMPLATE = "admin/morning.html"


def overview_context(request: HttpRequest) -> dict[str, Any]:
    sharing = sharing_of(request)
    by = Grouping.CANDIDATE if request.GET.get("by") == Grouping.CANDIDATE else Grouping.REASON
    only = _chosen(request.GET.get("candidate", ""), sharing)
    sent, opened = key_in(request, "sent"), request.GET.get("more", "")
    morning = morning_of(
        sharing,
        now=sharing.now,
        grouping=by,
        only=only,
        opened=opened,
        kept=sent,
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
        "urgent": text.urgent(morning.urgent),
        "waiting": text.waiting(waiting) if waiting and morning.needing else "",
        # The row that says what was done, if it is still there.
        "sent": next((line.key for line in lines if line.key == sent), None),
        "is_by_candidate": by == Grouping.CANDIDATE,
        "only": only,
        "opened": opened,
        "has_none": not sharing.coachings,
        "offers_mornings": bool(sharing.coachings) and not sharing.has_mornings,
        "has_several": len(sharing.coachings) > 1,
        "composer": composer_in_row(request, sharing, back=kept_address(request.GET)),
        "back": kept_address(request.GET),
        "ask_form": AskForm(),
    }


def _chosen(typed: str, sharing: CoachScope) -> UUID | None:
    """The key of one of the coach's candidates, or nothing."""
    return next((key for key in sharing.coachings if str(key) == typed), None)
