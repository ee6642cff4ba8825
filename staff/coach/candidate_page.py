"""A candidate's page for the coach: open waits, interviews, and notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching import caseload
from coaching import text as coaching_text
from coaching.awaited import is_answer_awaited, latest_of
from coaching.matters import CLOSING_STEPS, RESULTS_FOR, Matter, matter_of_rule
from coaching.morning_line import PLAIN, brief, matter_of, standing
from coaching.permissions import CoachScope
from dashboard.cards import card_of
from dashboard.today import rows as today_rows
from dashboard.vacancies.position_rows import PositionRow
from interviews import text
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Coaching, Interview, Proposal, Vacancy
from interviews.next_step import candidate_facts, refresh_stale
from interviews.rules import State
from interviews.wait_line.axis import Axis, AxisRow, MarkKind, Reach, axis_for
from interviews.wait_line.from_interview import axis_row_of, bare_axis_row_of
from staff.coach.admin import record_look, sharing_of
from staff.coach.composer import (
    TO_CANDIDATE,
    Composer,
    Form,
    Kind,
    as_asked,
    composer_in_row,
    key_in,
    refused_in_row,
)
from staff.coach.forms import NoteForm
from staff.coach.page import key_of, show, time_of

TEMPLATE = "admin/coach/candidate.html"
TITLES = {
    "offers": gettext_lazy("Offers to answer"),
    "waits": gettext_lazy("Open waits"),
    "coming": gettext_lazy("Upcoming interviews"),
}
CLOSED_SHOWN = 20
POSITIONS_SHOWN = 50
NOTES_SHOWN = 20
PROPOSALS_READ = 100  # the newest, of which the rows say what was just suggested


LEGEND = {
    **today_rows.LEGEND,
    MarkKind.CALL: gettext_lazy("Candidate’s call"),
    MarkKind.LETTER: gettext_lazy("Candidate’s letter"),
}


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """One interview in a few words; `line` is its wait on the axis of the list."""

    interview: Interview
    state: str
    label: str
    said: str
    chip: str = ""
    stage: str = ""
    step: str = ""
    line: AxisRow | None = None
    suggested: str = ""  # by this coach, if it is the candidate's turn
    proposal: Proposal | None = None  # which that was


def is_meant(request: HttpRequest, object_id: str) -> bool:
    """Always for a coach; for an operator, only when coaching this candidate."""
    if not request.user.is_superuser:
        return True
    try:
        return UUID(object_id) in sharing_of(request).coachings
    except ValueError:
        return False


def candidate_detail(request: HttpRequest, object_id: str) -> HttpResponse:
    candidate = sharing_of(request).get_candidate(key_of(object_id))
    if request.method not in ("GET", "HEAD"):
        raise Http404  # read-only
    return page_of(request, candidate)


def refused_on_candidate(
    request: HttpRequest, interview: Interview, kind: Kind, form: Form
) -> HttpResponse | None:
    """The candidate's page with the row in which a form was refused, if it has that row."""
    sharing = sharing_of(request)
    candidate = sharing.get_candidate(interview.candidate_id)
    if interview not in undecided_of(sharing, candidate):
        return None
    page = reverse("admin:interviews_candidate_change", args=[candidate.pk])
    query = QueryDict(f"open={interview.pk}&say={kind.say}")
    as_asked(request, page, query)
    return page_of(request, candidate, opened=refused_in_row(request, interview, kind, form))


def page_of(
    request: HttpRequest,
    candidate: Candidate,
    *,
    note_form: NoteForm | None = None,
    opened: Composer | None = None,
) -> HttpResponse:
    sharing = sharing_of(request)
    coaching = sharing.get_coaching(candidate)
    proposals = list(sharing.proposals().filter(interview__candidate=candidate)[:PROPOSALS_READ])
    with time_of(request, candidate) as now:
        rows = _rows(sharing, candidate, proposals, now=now)
        context = {
            "candidate": candidate,
            "coaching": coaching,
            "positions": _positions(coaching),
            "is_whole": coaching.shares == Coaching.Shares.INTERVIEWS,
            "active_at": caseload.last_noted(sharing, candidate),
            "figures": caseload.figures_of(sharing, [candidate], now=now)[candidate.pk],
            **rows,
            **_applications(sharing, candidate, now=now),
            "sent": _place_of_message(request, rows),
            "legend": LEGEND.items(),
            "notes": list(sharing.notes().filter(coaching__candidate=candidate)[:NOTES_SHOWN]),
            "proposals": proposals[:NOTES_SHOWN],
            "opens_note": note_form is not None,
            "note_form": note_form or NoteForm(coaching=coaching),
            "composer": opened or composer_in_row(request, sharing, back=TO_CANDIDATE),
            "form": opened.form if opened else None,
            "back": TO_CANDIDATE,
        }
        record_look(request, candidate, "caseload")
        return show(request, TEMPLATE, context, title=str(candidate))


def _place_of_message(request: HttpRequest, rows: Mapping[str, Any]) -> UUID | str | None:
    """The row that says what was done, or the notes; None: the top of the page."""
    if request.GET.get("sent") == "note":
        return "note"
    sent = key_in(request, "sent")
    shown = {row.interview.pk for _title, some in rows["sections"] for row in some}
    return sent if sent in shown else None


def _positions(coaching: Coaching) -> list[str]:
    """Return the chosen positions, or none if all are shared."""
    if coaching.covers_all:
        return []
    return [str(each.vacancy) for each in coaching.chosen.select_related("vacancy__company")]


def undecided_of(sharing: CoachScope, candidate: Candidate) -> list[Interview]:
    """Open waits, interviews ahead, and open offers if results are shared."""
    rows = caseload.open_of(sharing, candidate)
    return [row for row in rows if sharing.may_read(row) or not row.is_answered]


def matter_for(sharing: CoachScope, current: CurrentStep) -> Matter:
    """Why it needs the coach, to sort by as the overview does. A next step doesn't tell it."""
    if not sharing.may_read(current.interview):
        return Matter.STEPS
    is_offer = current.result is not None and current.result.is_open_offer
    return Matter.OFFERS if is_offer else matter_of_rule(current.step.rule)


def in_order(sharing: CoachScope, current: CurrentStep) -> tuple[bool, Matter, bool]:
    """What waits for its day comes after what is due; where only next steps are shared, what can
    only be closed comes after what may be late."""
    matter = matter_for(sharing, current)
    is_ahead = current.state == State.WAITING and matter != Matter.MISSED_CALLS
    return is_ahead, matter, matter == Matter.STEPS and current.kind in CLOSING_STEPS


def _applications(sharing: CoachScope, candidate: Candidate, *, now: datetime) -> dict[str, object]:
    """Positions without an interview, each with how it stands."""
    found = list(sharing.positions(candidate).order_by("-created_at", "pk")[: POSITIONS_SHOWN + 1])
    rows = [PositionRow(vacancy, now) for vacancy in found[:POSITIONS_SHOWN]]
    closed = Vacancy.State.CLOSED
    return {
        "applications": [row for row in rows if row.vacancy.state != closed],
        "ended_applications": [row for row in rows if row.vacancy.state == closed],
        "has_more_applications": len(found) > POSITIONS_SHOWN,
    }


def _rows(
    sharing: CoachScope, candidate: Candidate, proposals: Sequence[Proposal], *, now: datetime
) -> dict[str, object]:
    undecided = undecided_of(sharing, candidate)
    refresh_stale(undecided, now=now)
    axis = axis_for(Reach.SIX_WEEKS, now=now)
    steps = [sharing.current_step(each, now=now) for each in undecided]
    steps.sort(key=partial(in_order, sharing))
    latest = latest_of(proposals)
    rows = [_with_suggestion(row_of(sharing, each, axis), latest, now) for each in steps]
    keys = [each.pk for each in undecided]
    by_name = {
        "offers": [row for row in rows if row.interview.is_answered],
        "waits": [row for row in rows if _is_wait(row.interview, now)],
        "coming": [
            row for row in rows if row.interview.ends_at > now and not row.interview.is_answered
        ],
    }
    return {
        **by_name,
        "sections": [(TITLES[name], some) for name, some in by_name.items() if some],
        "next_at": min((row.interview.starts_at for row in by_name["coming"]), default=None),
        "axis": axis,
        "rests": axis.rests(candidate_facts(candidate).calendar.is_working_day),
        **_closed(sharing, candidate, keys, now=now),
    }


def _with_suggestion(
    row: InterviewRow, latest: Mapping[UUID, Proposal], now: datetime
) -> InterviewRow:
    """For example: Suggested today"""
    proposal = latest.get(row.interview.pk)
    if proposal is None or not is_answer_awaited(proposal, now):
        return row
    said = coaching_text.suggested(proposal, now=now, is_short=True)
    return replace(row, suggested=said, proposal=proposal)


def _closed(
    sharing: CoachScope, candidate: Candidate, undecided: Sequence[UUID], *, now: datetime
) -> dict[str, object]:
    """Those to talk about, the newest result first, apart from those that are long over."""
    whole = sharing.whole_interviews().of(candidate).exclude(pk__in=undecided).with_parties()
    fresh = list(
        whole.filter(result__known_at__gt=now - RESULTS_FOR).order_by("-result__known_at", "pk")
    )
    left_out = [*undecided, *(each.pk for each in fresh)]
    others = sharing.interviews().of(candidate).exclude(pk__in=left_out).with_parties()
    past = list(others.order_by("-starts_at", "pk")[:CLOSED_SHOWN])
    return {
        "fresh": [row_of(sharing, sharing.current_step(each, now=now)) for each in fresh],
        "closed": [row_of(sharing, sharing.current_step(each, now=now)) for each in past],
        "closed_count": others.count() if len(past) == CLOSED_SHOWN else len(past),
    }


def _is_wait(interview: Interview, now: datetime) -> bool:
    """As the caseload counts waits."""
    return interview.ends_at <= now and not interview.is_answered


def row_of(sharing: CoachScope, current: CurrentStep, axis: Axis | None = None) -> InterviewRow:
    if not sharing.may_read(current.interview):
        return _row_of_steps(sharing, current, axis)
    card = card_of(current)
    said = matter_of(sharing, current) or card.sentence
    if current.stored is None:
        return InterviewRow(current.interview, card.state, card.label, said)
    if axis is not None:
        state, when, step = _brief(sharing, current)
        line = axis_row_of(current, axis, is_for_coach=True)
        stage = today_rows.short_stage(current.interview)
        return InterviewRow(current.interview, state, card.label, said, when, stage, step, line)
    state, when = standing(current, is_whole=True)
    if state != PLAIN:
        state, when = card.state, card.label
    label = current.result.get_kind_display() if current.result is not None else when
    return InterviewRow(current.interview, state, capfirst(label), said)


def _row_of_steps(sharing: CoachScope, current: CurrentStep, axis: Axis | None) -> InterviewRow:
    """Without the outcome, promises, follow-ups and answers."""
    interview = current.interview
    if current.stored is None:
        return InterviewRow(interview, "closed", _("Cancelled"), "")
    label = text.state_label(current.step, now=current.now)
    said = matter_of(sharing, current)
    state, when, step = _brief(sharing, current)
    line = bare_axis_row_of(current, axis) if axis else None
    return InterviewRow(interview, state, label, said, when, step=step, line=line)


def _brief(sharing: CoachScope, current: CurrentStep) -> tuple[str, str, str]:
    """By the candidate's clock, as the page's head says."""
    now = current.now
    assert now.tzinfo is not None
    return brief(sharing, current.interview, now=now, reader=now.tzinfo)
