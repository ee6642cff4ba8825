"""Interviews: the list, adding one, its page, moving and cancelling it."""

from copy import copy
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coaching import access as coaching_access
from dashboard.buttons import undo
from dashboard.cards import cards_of, happened_links
from dashboard.confirm import confirm_delete
from dashboard.forms.moments import noted_at
from dashboard.insights.forecast import ShownForecast, shown_forecast
from dashboard.interviews import typed_line_reading as reading
from dashboard.interviews.attendee_forms import attendee_formset
from dashboard.interviews.first_steps import page_after
from dashboard.interviews.forms import VERSION_FIELDS, InterviewCancelForm, InterviewChangeForm
from dashboard.interviews.history import BY_LABELS, By, history_of, missed_in
from dashboard.interviews.new import after_adding, asks_agreement, created, forms_of_new
from dashboard.interviews.typed_line import Typed, typed_before, typed_in
from dashboard.interviews.typed_line_notices import notices
from dashboard.mail_proposals.excerpts import excerpts_of, excerpts_subquery
from dashboard.mail_proposals.prefill import answer_with, mail_in, offer_undo
from dashboard.mail_proposals.shown import mails_about
from dashboard.mail_proposals.undoing import undo_of_move
from dashboard.offline.views import recorded
from dashboard.page import CandidateRequest, back, candidate_page, page, posted, saved
from dashboard.prefill import to_cancelled
from dashboard.proposals.views import proposals_about
from insights.statistics.stored import read_statistics
from interviews import access, queries
from interviews.actions.perform import Undo
from interviews.duties import Right, rights_for
from interviews.models import (
    Agreement,
    Candidate,
    Contact,
    Interview,
    MailProposal,
    Reminder,
    Vacancy,
)
from interviews.services import interviews
from interviews.services.reminders import note_opened
from interviews.wait_line.from_interview import own_line_of


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interview_create(request: CandidateRequest) -> HttpResponse:
    candidate, earlier = request.candidate, _earlier_stage(request)
    position = None if earlier else _position(request)
    is_known = earlier is not None or position is not None
    typed = None if is_known else typed_in(request, candidate, now=request.now)
    data = typed.data(request.POST.get("submission_id", "")) if typed else posted(request)
    mail = mail_in(request)
    form, people = forms_of_new(
        request, data, typed=typed, earlier=earlier, position=position, mail=mail
    )
    if request.method == "POST" and (made := created(request, form, people, mail)):
        offer_undo(request, mail, Undo("interview-added", made.pk), said=_("Interview saved."))
        url = after_adding(made, now=request.now)
        is_over = asks_agreement(made, now=request.now)
        line = typed or typed_before(request, candidate, now=request.now)
        said = line.agreement() if line and is_over else {}
        if line and not is_over:
            messages.success(request, _("Interview saved."))
        return redirect(f"{url}?{urlencode(said)}".rstrip("?"))
    if form.initial.get("starts_at") is None:
        form.initial["starts_at"] = [request.now.date(), None]
    context = {
        "people": people,
        "earlier": earlier,
        "position": position,
        "mail": mail,
        "names": typed.names if typed else queries.names_of(candidate),
        **(_read(typed, candidate) if typed else {}),
    }
    if request.method != "POST":  # a line's form shows what it could not fill, and refuses nothing
        return render(request, "dashboard/interviews/form.html", context | {"form": form})
    return page(request, "dashboard/interviews/form.html", context, form=form, also=people)


def _read(typed: Typed, candidate: Candidate) -> dict[str, object]:
    """What the page says of a typed line."""
    return {
        **reading.told(typed),
        "notices": notices(typed, candidate),
        "completions": reading.completions(typed),
    }


def _earlier_stage(request: CandidateRequest) -> Interview | None:
    key = _key(request, "continues")
    return access.get_interview(request.user, key) if key else None


def _position(request: CandidateRequest) -> Vacancy | None:
    key = _key(request, "position")
    return access.get_vacancy(request.user, key) if key else None


def _key(request: CandidateRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET[name]) if request.GET.get(name) else None
    except ValueError as error:
        raise Http404 from error


@require_safe
@candidate_page
def interview_detail(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(
        request.user,
        pk,
        also=["candidate__statistics"],
        annotations={
            "shared_notes": coaching_access.notes_subquery(),
            "skill_gaps": queries.skill_gaps_subquery(),
            "stages": queries.stages_subquery(),
            "mail_excerpts": excerpts_subquery(),
        },
    )
    prefetch_related_objects(
        [interview],
        Prefetch("agreements", Agreement.objects.select_related("responsible")),
        Prefetch("contacts", Contact.objects.select_related("person")),
    )
    (card,) = cards_of([interview], now=request.now)
    agreements = list(interview.agreements.all())
    reminders = list(interview.reminders.all())
    if any(each.next_channel for each in reminders):
        note_opened(interview, now=request.now)
    proposals = proposals_about(request, interview)
    context = {
        "interview": interview,
        "card": card,
        "line": own_line_of(card.current),
        "forecast": _forecast(request, interview),
        "rights": _rights(request, interview),
        "happened": happened_links(card),
        "stages": queries.stages_of(interview),
        "agreement": agreements[-1] if agreements else None,
        "people": interview.participations.select_related("interlocutor"),
        "skill_gaps": queries.skill_gaps_of(interview),
        "missed": missed_in(interview, reminders),
        "asked": [each for each in proposals if each.is_asked],
        "proposals": [each for each in proposals if not each.is_asked],
        "mails": mails_about(request, interview),
        "notes": coaching_access.shared_notes_of(interview),
        **_history(request, interview, agreements, reminders),
    }
    return render(request, "dashboard/interviews/detail.html", context)


def _history(
    request: CandidateRequest,
    interview: Interview,
    agreements: list[Agreement],
    reminders: list[Reminder],
) -> dict[str, object]:
    """The log, narrowed to who acted; the choice is offered if both did."""
    excerpts = excerpts_of(interview)
    log = history_of(interview, agreements, reminders, excerpts=excerpts, now=request.now)
    asked = request.GET.get("by")
    by = next((each for each in By if each.value == asked), None)
    has_both = {entry.by for entry in log} >= set(By)
    return {
        "log": [entry for entry in log if by in (None, entry.by)],
        "by": by,
        "by_labels": BY_LABELS.items() if has_both or by else (),
    }


def _rights(request: CandidateRequest, interview: Interview) -> list[tuple[Right, date | None]]:
    """Laws and customs of the candidate's country, with the day by which the employer must
    answer."""
    if not _is_open_wait(request, interview):
        return []
    ended_on = interview.ends_at.astimezone(request.candidate.zone).date()
    place = (request.candidate.country, request.candidate.subdivision)
    found = rights_for(*place, on=request.now.date())
    return [(right, right.due_on(ended_on)) for right in found]


def _is_open_wait(request: CandidateRequest, interview: Interview) -> bool:
    is_over = interview.is_answered or interview.is_cancelled
    return not is_over and interview.ends_at <= request.now


def _forecast(request: CandidateRequest, interview: Interview) -> ShownForecast | None:
    """Computed only if something is awaited."""
    if not _is_open_wait(request, interview):
        return None
    found = read_statistics(interview.candidate, now=request.now)
    return shown_forecast(interview, found, now=request.now)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interview_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview, mail = access.get_interview(request.user, pk), mail_in(request)
    before = copy(interview)
    initial = {"starts_at": mail.starts[0]} if mail and mail.starts else {}
    form = InterviewChangeForm(posted(request), instance=interview, initial=initial)
    people = attendee_formset(posted(request), candidate=request.candidate, interview=interview)

    @transaction.atomic
    def write() -> None:
        interviews.change_interview(
            interview=interview, people=people.attendees(interview.vacancy), now=request.now
        )
        answer_with(mail, interview, MailProposal.Kind.MOVED)

    if people.is_valid() and saved(form, write):
        undone = undo_of_move(before, starts_at=interview.starts_at)
        offer_undo(request, mail, undone, said=_("Interview saved."))
        return redirect("dashboard:interview-detail", pk)
    context = {"interview": interview, "people": people, "mail": mail}
    return page(request, "dashboard/interviews/update.html", context, form=form, also=people)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interview_cancel(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    version = {name: request.GET.get(name) for name in VERSION_FIELDS}
    form = InterviewCancelForm(posted(request), initial=version)

    def write() -> None:
        interviews.cancel_interview(interview=interview, now=request.now, version=form.version)

    if saved(form, write):
        messages.success(request, _("Interview cancelled."))
        return redirect("dashboard:interview-detail", pk)
    context = {"interview": interview}
    return page(request, "dashboard/interviews/cancel.html", context, form=form)


@require_POST
@candidate_page
def interview_reinstate(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    interviews.reinstate_interview(interview=interview, now=request.now)
    messages.success(request, _("Interview restored."))
    return redirect("dashboard:interview-detail", pk)


@require_POST
@candidate_page
def nothing_agreed(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    try:
        interviews.note_nothing_agreed(
            interview=interview,
            now=request.now,
            noted_at=noted_at(request.POST.get("noted_ago", ""), now=request.now),
        )
        undone = Undo("nothing_agreed", interview.pk)
        undo.offer(request, undone, said=_("Recorded: nothing was agreed."))
        url = page_after(access.get_interview(request.user, pk), now=request.now)
        return recorded(request, back(request, url))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return back(request, "dashboard:interview-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def nothing_agreed_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.nothing_agreed_at is None:
        raise Http404
    return confirm_delete(
        request,
        interview=interview,
        question=_("Undo “Nothing was agreed”?"),
        effect=_("We’ll ask again what was agreed."),
        button=_("Undo"),
        done=_("Undone."),
        delete=lambda: interviews.take_back_nothing_agreed(interview=interview, now=request.now),
    )
