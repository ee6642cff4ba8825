"""Half a page to print before a coach talks with a candidate."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from coaching.matters import Matter, matter_of_rule
from coaching.permissions import CoachScope
from coaching.talk import MOST, last_spoken_on, talk_of
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Coaching
from interviews.next_step import refresh_stale
from interviews.rules import Rule, State
from staff.coach.admin import record_look, sharing_of
from staff.coach.candidate_page import InterviewRow, row_of, undecided_of
from staff.coach.forms import SinceForm
from staff.coach.page import key_of, show, time_of
from staff.coach.suggestion import question_of

TEMPLATE = "admin/coach/talk.html"


def talk_detail(request: HttpRequest, object_id: str) -> HttpResponse:
    sharing = sharing_of(request)
    candidate = sharing.get_candidate(key_of(object_id))
    if request.method not in ("GET", "HEAD"):
        raise Http404  # read-only
    with time_of(request, candidate) as now:
        last = last_spoken_on(sharing, candidate)
        asked = request.GET if "since" in request.GET else None
        form = SinceForm(asked, initial={"since": last}, today=now.date())
        talk = talk_of(sharing, candidate, since=_chosen(form) or last, now=now)
        topics = _open(sharing, candidate, now=now)[:MOST]
        above = {each.row.interview.pk for each in topics}
        context = {
            "candidate": candidate,
            "coaching": sharing.get_coaching(candidate),
            "is_whole": sharing.coachings[candidate.pk].shares == Coaching.Shares.INTERVIEWS,
            "talk": talk,
            "open": topics,
            "held": [each for each in talk.held if each.pk not in above],
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
    """A row with the question that the coach may ask about it."""

    row: InterviewRow
    question: str


def _open(sharing: CoachScope, candidate: Candidate, *, now: datetime) -> list[Topic]:
    """What is due or overdue, calls to return, and open offers, in the overview's order."""
    rows = undecided_of(sharing, candidate)
    refresh_stale(rows, now=now)
    asked = [step for row in rows if _is_asked(step := CurrentStep.of(row, now=now))]
    asked.sort(key=_matter)
    return [Topic(row_of(sharing, each), question_of(each)) for each in asked]


def _is_asked(current: CurrentStep) -> bool:
    is_due = current.state in (State.DUE, State.OVERDUE)
    return current.interview.is_answered or is_due or current.step.rule == Rule.MISSED_CALL


def _matter(current: CurrentStep) -> Matter:
    is_offer = current.interview.is_answered
    return Matter.OFFERS if is_offer else matter_of_rule(current.step.rule)
