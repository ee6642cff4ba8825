"""How it ended, and what follows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dashboard.agreements.forms import parse_day
from dashboard.buttons import undo
from dashboard.confirm import confirm_delete
from dashboard.mail_proposals.prefill import answer_with_result, mail_in, offer_undo
from dashboard.mail_proposals.shown import ShownMail
from dashboard.page import CandidateRequest, candidate_page, page, posted, written
from dashboard.prefill import redirect_to, to_cancelled
from dashboard.results.forms import ResultForm
from interviews import access, queries
from interviews.actions import perform
from interviews.models import Result
from interviews.services import results
from interviews.text.letters import LetterKind

REJECTIONS = (Result.Kind.REFUSAL, Result.Kind.ASSUMED_REFUSAL)
# The letter that a result calls for; after their own silence nobody needs one.
LETTERS = {
    Result.Kind.REFUSAL: LetterKind.AFTER_REFUSAL,
    Result.Kind.ASSUMED_REFUSAL: LetterKind.AFTER_REFUSAL,
    Result.Kind.WITHDRAWN: LetterKind.LETTING_GO,
}


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def result(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    mail = mail_in(request)
    form = ResultForm(
        posted(request),
        interview=interview,
        now=request.now,
        initial=_initial(request),
    )
    if posted(request) is not None and form.is_next_stage:
        told = {"mail": mail.proposal.pk} if mail else {}
        return redirect_to("interview-create", continues=pk, **told)

    @transaction.atomic
    def write() -> Result:
        lacking = form.cleaned_data["lacking"]
        made = results.record_result(result=form.build(), competences=lacking, now=request.now)
        answer_with_result(mail, made)
        return made

    if made := written(form, write):
        undone = perform.undo_of_result(made, snoozed_until=interview.snoozed_until)
        _say_recorded(request, undone, mail=mail, earlier=form.earlier)
        is_offer = form.cleaned_data["kind"] == Result.Kind.OFFER
        return redirect("dashboard:offer" if is_offer else "dashboard:result-next", pk)
    context = {"interview": interview, "earlier": form.earlier, "mail": mail}
    return page(request, "dashboard/results/form.html", context, form=form)


def _say_recorded(
    request: CandidateRequest,
    undone: perform.Undo,
    *,
    mail: ShownMail | None,
    earlier: Result | None,
) -> None:
    """With Undo, unless an earlier result was replaced, which would be lost."""
    said = _("Result recorded.")
    if earlier is not None:
        messages.success(request, said)
    elif mail is not None:
        offer_undo(request, mail, undone, said=said)
    else:
        undo.offer(request, undone, said=said)


def _initial(request: CandidateRequest) -> dict[str, Any]:
    """Initial values from the URL: the kind, and the channel and time of a call; of a mail also the
    day by which it asks for an answer."""
    initial: dict[str, Any] = {name: request.GET.get(name) for name in ("kind", "via")}
    try:
        moment = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        moment = None
    initial["offer_answer_by_on"] = parse_day(request.GET.get("by", ""))
    return initial | {"known_at": moment if moment and timezone.is_aware(moment) else None}


@require_safe
@candidate_page
def result_next(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """What may follow a result: a letter, a recommended position, something to learn."""
    interview = access.get_interview(request.user, pk)
    found = Result.of(interview)
    if found is None:  # it was undone
        return redirect("dashboard:interview-detail", pk)
    if found.kind == Result.Kind.OFFER:
        return redirect("dashboard:offer", pk)
    if found.next_interview_id is not None:
        return redirect("dashboard:questions", found.next_interview_id)
    missing = {each.name: each for each in found.competences.all()}
    skill_gaps = queries.skill_gap_counts(request.candidate, also=missing)[: len(missing)]
    is_asked = found.lessons == Result.Lessons.MISSING
    context = {
        "interview": interview,
        "result": found,
        "occasion": LETTERS.get(Result.Kind(found.kind)),
        "may_learn": found.kind in REJECTIONS and is_asked,
        "skill_gaps": skill_gaps,
        "to_plan": missing[skill_gaps[0][0]] if skill_gaps else None,
        "addressee": access.find_last_interlocutor(interview),
        "recommended": recommended_url(found),
    }
    return render(request, "dashboard/results/next.html", context)


def recommended_url(result: Result) -> str:
    """To a new interview for the recommended position: "Data steward, Bolt" names position and
    company."""
    if not result.recommended_to:
        return ""
    title, comma, company = result.recommended_to.rpartition(", ")
    source = _("referral from %(company)s") % {"company": result.interview.vacancy.company}
    query = {"title": title, "company": company} if comma else {"title": result.recommended_to}
    return f"{reverse('dashboard:interview-create')}?{urlencode(query | {'source': source})}"


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def result_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    stored = access.get_result(request.user, pk)
    return confirm_delete(
        request,
        interview=stored.interview,
        question=_("Delete this result?"),
        effect=_("The wait reopens, along with any other stages this result closed."),
        button=_("Delete result"),
        done=_("Result deleted."),
        delete=lambda: results.delete_result(result=stored, now=request.now),
    )
