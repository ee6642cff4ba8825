"""Half a page to print before a coach talks with a candidate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from coaching.matters import AFTER_RULES, Matter
from coaching.permissions import CoachScope
from coaching.talk import MOST, last_spoken_on, talk_of
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Coaching, Proposal
from interviews.models.core.interview import InterviewQuerySet
from interviews.models.core.today import OPEN_OFFER
from interviews.next_step import refresh_stale
from interviews.rules import State
from staff.coach.admin import record_look, sharing_of
from staff.coach.candidate_page import InterviewRow, in_order, matter_for, row_of, undecided_of
from staff.coach.composer import TO_TALK
from staff.coach.forms import NoteForm, SinceForm
from staff.coach.page import key_of, show, time_of
from staff.coach.suggestion import question_of

TEMPLATE = "admin/coach/talk.html"


def talk_detail(request: HttpRequest, object_id: str) -> HttpResponse:
    sharing = sharing_of(request)
    candidate = sharing.get_candidate(key_of(object_id))
    if request.method not in ("GET", "HEAD"):
        raise Http404  # read-only
    return page_of(request, candidate)


def page_of(
    request: HttpRequest, candidate: Candidate, *, note_form: NoteForm | None = None
) -> HttpResponse:
    sharing = sharing_of(request)
    with time_of(request, candidate) as now:
        typed = request.GET if "since" in request.GET else None
        coaching = sharing.get_coaching(candidate)
        spoken_on = last_spoken_on(sharing, candidate)
        last = spoken_on or (coaching.accepted_at or now).astimezone(candidate.zone).date()
        form = SinceForm(typed, today=now.date(), last=last, has_spoken=spoken_on is not None)
        last_shown = _chosen(form) or last
        talk = talk_of(sharing, candidate, since=last_shown, now=now)
        topics = _open(sharing, candidate, talk.unanswered, now=now)[:MOST]
        above = {each.row.interview.pk for each in topics}
        unanswered = [each for each in talk.unanswered if each.interview_id not in above]
        talk = replace(talk, held=[each for each in talk.held if each.pk not in above])
        context = {
            "candidate": candidate,
            "coaching": coaching,
            "opens_note": note_form is not None,
            "note_form": note_form or NoteForm(coaching=coaching),
            "back": f"{TO_TALK}?{urlencode({'since': last_shown.isoformat()})}",
            "sent": "note" if request.GET.get("sent") == "note" else None,
            "is_whole": sharing.coachings[candidate.pk].shares == Coaching.Shares.INTERVIEWS,
            "talk": talk,
            # With what finds each among the coach's results.
            "gaps": [(gap, f'"{gap.name}" {candidate.user.email}') for gap in talk.gaps],
            "open": [(question, list(some)) for question, some in groupby(topics, _question)],
            "unanswered": unanswered,
            "form": form,
        }
        record_look(request, candidate, "caseload")
        title = _("Talk with %(name)s") % {"name": candidate}
        return show(request, TEMPLATE, context, title=title)


def _chosen(form: SinceForm) -> date | None:
    chosen: date | None = form.cleaned_data["since"] if form.is_valid() else None
    return chosen


@dataclass(frozen=True, slots=True)
class Topic:
    """A row with the question that the coach may ask about it; those with one question stand
    together."""

    row: InterviewRow
    question: str
    unanswered: Sequence[Proposal]  # by this coach, about it


def _open(
    sharing: CoachScope, candidate: Candidate, unanswered: Sequence[Proposal], *, now: datetime
) -> list[Topic]:
    """What is due or overdue, calls to return, open offers, and what a result leaves to do, in the
    overview's order."""
    rows = [*undecided_of(sharing, candidate), *_left_by_results(sharing, candidate, now=now)]
    refresh_stale(rows, now=now)
    steps = [sharing.current_step(row, now=now) for row in rows]
    asked = [each for each in steps if _is_asked(sharing, each)]
    asked.sort(key=partial(in_order, sharing))
    topics = [_topic(sharing, each, unanswered) for each in asked]
    firsts = {topic.question: number for number, topic in reversed(list(enumerate(topics)))}
    return sorted(topics, key=lambda topic: firsts[topic.question])


def _left_by_results(
    sharing: CoachScope, candidate: Candidate, *, now: datetime
) -> InterviewQuerySet:
    rows = sharing.whole_interviews().of(candidate).not_cancelled().with_parties()
    return rows.filter(step_rule__in=AFTER_RULES, step_due_at__lte=now).exclude(OPEN_OFFER)


def _topic(sharing: CoachScope, current: CurrentStep, unanswered: Sequence[Proposal]) -> Topic:
    own = [each for each in unanswered if each.interview_id == current.interview.pk]
    return Topic(row_of(sharing, current), question_of(current), own)


def _question(topic: Topic) -> str:
    return topic.question


def _is_asked(sharing: CoachScope, current: CurrentStep) -> bool:
    is_due = current.state in (State.DUE, State.OVERDUE)
    is_urgent = matter_for(sharing, current) in (Matter.MISSED_CALLS, Matter.OFFERS)
    return is_due or is_urgent
