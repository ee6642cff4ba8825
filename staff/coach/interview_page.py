"""An interview's page for the coach: as the candidate sees it, read-only except for what a coach
adds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import rate_limits
from coaching import notes as coach_notes
from coaching import proposals
from coaching.permissions import CoachScope
from dashboard.contacts.letter import OCCASIONS
from dashboard.interviews.history import history_of
from dashboard.page import written
from interviews import queries
from interviews.current_step import CurrentStep
from interviews.models import Agreement, Contact, Interview, Result
from interviews.next_step import refresh_stale
from interviews.text.from_interview import addressee_of, letter_of, occasion_now
from interviews.text.letters import Letter
from interviews.wait_line.from_interview import bare_line_of, own_line_of
from personal_data.audit_text import one_of
from staff.coach.admin import coach_of, record_look, sharing_of
from staff.coach.candidate_page import row_of
from staff.coach.forms import CommentForm, NoteForm, ProposalForm
from staff.coach.page import key_of, show, time_of

TEMPLATE = "admin/coach/interview.html"
REMOVE_TEMPLATE = "admin/coach/remove_note.html"
NAME = "admin:interviews_interview_change"
# What the composer writes, by the value in its links: the name of the form.
SAYS = {"suggest": "proposal_form", "note": "note_form", "comment": "comment_form"}


def is_meant(request: HttpRequest, object_id: str) -> bool:
    """Always for a coach; for an operator, only if it is shared with them as a coach."""
    if not request.user.is_superuser:
        return True
    sharing = sharing_of(request)
    try:
        key = UUID(object_id)
    except ValueError:
        return False
    return bool(sharing.coachings) and sharing.interviews().filter(pk=key).exists()


def interview_detail(request: HttpRequest, object_id: str) -> HttpResponse:
    interview = sharing_of(request).get_interview(key_of(object_id))
    if request.method not in ("GET", "HEAD"):
        raise Http404  # read-only
    return _page(request, interview)


def note_create(request: HttpRequest, object_id: str) -> HttpResponse:
    sharing = sharing_of(request)
    interview = sharing.get_interview(key_of(object_id))
    coaching = sharing.get_coaching(interview.candidate)

    def write(form: NoteForm, now: datetime) -> object:
        return coach_notes.write_note(note=form.build(), now=now)

    return _add(request, interview, "note_form", NoteForm, write, _("Note saved."), coaching)


def comment_create(request: HttpRequest, object_id: str) -> HttpResponse:
    """Comment on a letter's draft, which only coaches with full access see."""
    sharing = sharing_of(request)
    interview = sharing.get_whole_interview(key_of(object_id))
    coaching = sharing.get_coaching(interview.candidate)

    def write(form: CommentForm, now: datetime) -> object:
        return coach_notes.write_note(note=form.build(), now=now)

    said = _("Comment saved. The candidate sees it next to the draft.")
    return _add(request, interview, "comment_form", CommentForm, write, said, coaching)


def proposal_create(request: HttpRequest, object_id: str) -> HttpResponse:
    sharing = sharing_of(request)
    interview = sharing.get_interview(key_of(object_id))
    coaching = sharing.get_coaching(interview.candidate)

    def write(form: ProposalForm, now: datetime) -> object:
        with rate_limits.spending(request, "proposal", str(coach_of(request).pk)) as is_within:
            if not is_within:
                raise ValidationError(
                    _("You’ve reached today’s limit for suggestions. Try again tomorrow.")
                )
            return proposals.propose(proposal=form.build(), now=now)

    said = _("Suggestion sent. The candidate can accept or decline it.")
    return _add(request, interview, "proposal_form", ProposalForm, write, said, coaching)


def _add(
    request: HttpRequest,
    interview: Interview,
    name: str,
    form_class: Callable[..., Any],
    write: Callable[[Any, datetime], object],
    said: str,
    coaching: object,
) -> HttpResponse:
    if request.method != "POST":
        return redirect(NAME, interview.pk)
    with time_of(request, interview.candidate) as now:
        form = form_class(request.POST, coaching=coaching, interview=interview)
        if written(form, lambda: write(form, now)):
            messages.success(request, said)
            return redirect(NAME, interview.pk)
    return _page(request, interview, **{name: form})


def note_remove(request: HttpRequest, object_id: str) -> HttpResponse:
    note = sharing_of(request).get_note(key_of(object_id))
    candidate = note.coaching.candidate
    if request.method != "POST":
        with time_of(request, candidate):
            context = {"note": note, "candidate": candidate}
            return show(request, REMOVE_TEMPLATE, context, title=_("Delete this note?"))
    coach_notes.delete_note(note=note)
    messages.success(request, _("Note deleted."))
    if note.interview_id is None:
        return redirect("admin:interviews_candidate_change", note.coaching.candidate_id)
    return redirect(NAME, note.interview_id)


def proposal_withdraw(request: HttpRequest, object_id: str) -> HttpResponse:
    sharing = sharing_of(request)
    proposal = sharing.get_proposal(key_of(object_id))
    if request.method == "POST":
        if proposals.withdraw_proposal(proposal=proposal, now=sharing.now):
            messages.success(request, _("Suggestion withdrawn."))
        else:
            messages.error(request, _("The candidate already answered, so you can’t withdraw it."))
    return redirect(NAME, proposal.interview_id)


def _page(request: HttpRequest, interview: Interview, **forms: BaseForm) -> HttpResponse:
    sharing = sharing_of(request)
    coaching = sharing.get_coaching(interview.candidate)
    with time_of(request, interview.candidate) as now:
        refresh_stale([interview], now=now)
        prefetch_related_objects(
            [interview],
            Prefetch("agreements", Agreement.objects.select_related("responsible")),
            Prefetch("contacts", Contact.objects.select_related("person")),
        )
        current = CurrentStep.of(interview, now=now)
        of_this: dict[str, Any] = {"coaching": coaching, "interview": interview}
        context = {
            "interview": interview,
            "candidate": interview.candidate,
            "is_whole": sharing.may_read(interview),
            "row": row_of(sharing, current),
            "line": bare_line_of(current),
            **(_whole(current) if sharing.may_read(interview) else {}),
            **_own(sharing, interview),
            "note_form": NoteForm(**of_this),
            "proposal_form": ProposalForm(**of_this),
            "comment_form": CommentForm(**of_this),
            **forms,
        }
        context["say"] = _say(request, context)
        record_look(request, interview.candidate, one_of("interviews.interview", interview.pk))
        return show(request, TEMPLATE, context, title=str(interview.vacancy))


def _say(request: HttpRequest, context: Mapping[str, Any]) -> str:
    """The open tab of the composer: of the form that was refused, or the one asked for. A refused
    comment is shown even if the draft has disappeared meanwhile."""
    for say, name in SAYS.items():
        if context[name].is_bound:
            return say
    asked = request.GET.get("say", "")
    is_there = asked in SAYS and (asked != "comment" or context.get("letter"))
    return asked if is_there else "suggest"


def _skill_gaps_in(interview: Interview) -> list[str]:
    result = Result.of(interview)
    return [] if result is None else list(result.competences.values_list("name", flat=True))


def _whole(current: CurrentStep) -> dict[str, object]:
    """The content of the candidate's own page, without its actions."""
    interview = current.interview
    agreements = list(interview.agreements.all())
    occasion, letter = _letter(current)
    return {
        "line": own_line_of(current),
        "agreement": agreements[-1] if agreements else None,
        "people": interview.participations.select_related("interlocutor"),
        "skill_gaps": _skill_gaps_in(interview),
        "log": history_of(interview, agreements, list(interview.reminders.all()), now=current.now),
        "occasion": occasion,
        "letter": letter,
    }


def _letter(current: CurrentStep) -> tuple[object, Letter | None]:
    """The draft that the candidate's letter page shows now."""
    interview = current.interview
    if interview.is_cancelled or interview.starts_at > current.now:
        return None, None
    occasion = occasion_now(current)
    own = queries.own_letters_of(interview.candidate)
    letter = letter_of(current, occasion, to=addressee_of(interview), own=own)
    return OCCASIONS[occasion], letter


def _own(sharing: CoachScope, interview: Interview) -> dict[str, object]:
    notes = list(sharing.notes().filter(interview=interview))
    return {
        "notes": [note for note in notes if note.about != note.About.LETTER],
        "comments": [note for note in notes if note.about == note.About.LETTER],
        "proposals": list(sharing.proposals().filter(interview=interview)),
    }
