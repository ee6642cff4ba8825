"""An interview's page for the coach: as the candidate sees it, read-only except for what a coach
adds."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching import notes as coach_notes
from coaching import proposals
from coaching.permissions import CoachScope
from dashboard.interviews.history import history_of
from dashboard.page import saved
from interviews import queries
from interviews.current_step import CurrentStep
from interviews.models import Agreement, CoachNote, Contact, Interview, Proposal, Result
from interviews.next_step import refresh_stale
from interviews.text.from_interview import addressee_of, letter_of, occasion_now
from interviews.text.letters import Letter
from interviews.wait_line.from_interview import bare_line_of, own_line_of
from personal_data.audit_text import one_of
from staff.coach import composer
from staff.coach.admin import record_look, sharing_of
from staff.coach.candidate_page import refused_on_candidate, row_of
from staff.coach.overview import refused as refused_on_overview
from staff.coach.page import key_of, show, time_of

TEMPLATE = "admin/coach/interview.html"
REMOVE_TEMPLATE = "admin/coach/remove_note.html"
NAME = "admin:interviews_interview_change"


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
    return _write(request, sharing_of(request).get_interview(key_of(object_id)), composer.NOTE)


def comment_create(request: HttpRequest, object_id: str) -> HttpResponse:
    """Comment on a letter's draft, which only coaches with full access see."""
    interview = sharing_of(request).get_whole_interview(key_of(object_id))
    return _write(request, interview, composer.COMMENT)


def proposal_create(request: HttpRequest, object_id: str) -> HttpResponse:
    return _write(request, sharing_of(request).get_interview(key_of(object_id)), composer.SUGGEST)


def _write(request: HttpRequest, interview: Interview, kind: composer.Kind) -> HttpResponse:
    if request.method != "POST":
        return redirect(NAME, interview.pk)
    coaching = sharing_of(request).get_coaching(interview.candidate)
    with time_of(request, interview.candidate) as now:
        form = kind.make(request.POST, coaching=coaching, interview=interview, now=now)
        if saved(form, lambda: composer.write(request, form, now=now)):
            messages.success(request, composer.done(kind, form, interview.candidate))
            return redirect(composer.way_back(request, interview, kind))
    back = request.POST.get("back")
    if back is not None:
        in_row = refused_on_candidate if back == composer.TO_CANDIDATE else refused_on_overview
        shown = in_row(request, interview, kind, form)
        if shown is not None:
            return shown
    composer.as_asked(request, reverse(NAME, args=[interview.pk]), QueryDict())
    return _page(request, interview, refused=(kind, form))


def note_remove(request: HttpRequest, object_id: str) -> HttpResponse:
    note = sharing_of(request).get_note(key_of(object_id))
    candidate = note.coaching.candidate
    back = _way_back_from(note, request.GET.get("back", ""))
    if request.method != "POST":
        with time_of(request, candidate):
            context = {"note": note, "candidate": candidate, "back": back}
            title = _("Delete this comment?") if note.is_comment else _("Delete this note?")
            return show(request, REMOVE_TEMPLATE, context, title=title)
    coach_notes.delete_note(note=note)
    messages.success(request, _("Comment deleted.") if note.is_comment else _("Note deleted."))
    return redirect(back)


def _way_back_from(note: CoachNote, back: str) -> str:
    """To the list of notes, or to the page that it is about."""
    if back.startswith(composer.TO_LIST):
        return composer.list_address(back, "coachnote")
    if note.interview_id is None:
        return reverse("admin:interviews_candidate_change", args=[note.coaching.candidate_id])
    return reverse(NAME, args=[note.interview_id])


def proposal_withdraw(request: HttpRequest, object_id: str) -> HttpResponse:
    sharing = sharing_of(request)
    proposal = sharing.get_proposal(key_of(object_id))
    if request.method == "POST":
        if proposals.withdraw_proposal(proposal=proposal, now=sharing.now):
            said = _(
                "Suggestion withdrawn. %(name)s no longer sees it. We don’t send an email about "
                "this."
            )
            messages.success(request, said % {"name": proposal.coaching.candidate})
        else:
            messages.error(request, _why_it_stays(proposal))
    return redirect(composer.way_back(request, proposal.interview))


def _why_it_stays(proposal: Proposal) -> str:
    """Why it can't be withdrawn, by what is stored now."""
    proposal.refresh_from_db(fields=["answer", "withdrawn_at"])
    if proposal.withdrawn_at is not None:
        return _("This suggestion is already withdrawn.")
    if proposal.answer:
        return _("The candidate already answered, so you can’t withdraw it.")
    return _("This suggestion is from a coaching that has ended. The candidate no longer sees it.")


def _page(
    request: HttpRequest,
    interview: Interview,
    *,
    refused: tuple[composer.Kind, composer.Form] | None = None,
) -> HttpResponse:
    sharing = sharing_of(request)
    with time_of(request, interview.candidate) as now:
        refresh_stale([interview], now=now)
        prefetch_related_objects(
            [interview],
            Prefetch("agreements", Agreement.objects.select_related("responsible")),
            Prefetch("contacts", Contact.objects.select_related("person")),
        )
        current = sharing.current_step(interview, now=now)
        whole = _whole(current) if sharing.may_read(interview) else {}
        own = _own(sharing, interview)
        shown = _composer(request, interview, has_letter=bool(whole.get("letter")), refused=refused)
        if refused is None and "say" not in request.GET:
            shown = replace(shown, is_folded=bool(own["is_asked"]))
        context = {
            "interview": interview,
            "candidate": interview.candidate,
            "coaching": sharing.get_coaching(interview.candidate),
            "is_whole": sharing.may_read(interview),
            "row": row_of(sharing, current),
            "line": bare_line_of(current),
            **whole,
            **own,
            "composer": shown,
            "form": shown.form,
        }
        record_look(request, interview.candidate, one_of("interviews.interview", interview.pk))
        return show(request, TEMPLATE, context, title=str(interview.vacancy))


def _composer(
    request: HttpRequest,
    interview: Interview,
    *,
    has_letter: bool,
    refused: tuple[composer.Kind, composer.Form] | None,
) -> composer.Composer:
    """With the form that was refused, or the tab asked for. A refused comment is shown even if the
    draft has disappeared meanwhile."""
    is_comment = refused is not None and refused[0] is composer.COMMENT
    last = (composer.COMMENT,) if has_letter or is_comment else ()
    tabs = (*composer.IN_ROW, *last)
    if refused is not None:
        kind, form = refused
        return composer.Composer(interview, kind, form, tabs)
    say = request.GET.get("say", "")
    return composer.composer_of(sharing_of(request), interview, tabs, say=say)


def _skill_gaps_in(interview: Interview) -> list[str]:
    result = Result.of(interview)
    return [] if result is None else list(result.competences.values_list("name", flat=True))


def _whole(current: CurrentStep) -> dict[str, object]:
    """The content of the candidate's own page, without its actions."""
    interview = current.interview
    agreements = list(interview.agreements.all())
    letter = _letter(current)
    return {
        "line": own_line_of(current, is_for_coach=True),
        "agreement": agreements[-1] if agreements else None,
        "people": interview.participations.select_related("interlocutor"),
        "skill_gaps": _skill_gaps_in(interview),
        "log": history_of(interview, agreements, list(interview.reminders.all()), now=current.now),
        "letter": letter,
    }


def _letter(current: CurrentStep) -> Letter | None:
    """The draft that the candidate's letter page shows now."""
    interview = current.interview
    if interview.is_cancelled or interview.starts_at > current.now:
        return None
    own = queries.own_letters_of(interview.candidate)
    return letter_of(current, occasion_now(current), to=addressee_of(interview), own=own)


def _own(sharing: CoachScope, interview: Interview) -> dict[str, object]:
    notes = list(sharing.notes().filter(interview=interview))
    suggested = list(sharing.proposals().filter(interview=interview))
    return {
        "notes": [note for note in notes if note.about != note.About.LETTER],
        "comments": [note for note in notes if note.about == note.About.LETTER],
        "proposals": suggested,
        "is_asked": any(each.is_standing and not each.answer for each in suggested),
    }
