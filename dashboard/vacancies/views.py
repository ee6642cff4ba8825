"""A position: adding one, its page, changing, closing, reopening and deleting it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.sanitize import readable
from dashboard.cards import cards_of
from dashboard.forms.upload import UploadForm
from dashboard.interviews.interview_list import ListedInterview
from dashboard.mail_proposals.shown import mails_about
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved, written
from dashboard.prefill import redirect_to
from dashboard.vacancies.attachments import UPLOAD
from dashboard.vacancies.forms import CloseForm, PositionForm, VacancyForm
from dashboard.vacancies.position_rows import standing, telling_of
from insights.applications import usual_days
from interviews import access, positions, queries
from interviews.models import Attachment, Company, Interview, Vacancy
from interviews.services import companies, vacancies
from interviews.services.withdrawals import withdraw_from

# What a link can fill in, besides the company: a shared page, a bookmarklet, a recommendation.
FILLED_IN = (
    *("title", "url", "source", "place", "salary", "applied_on", "tags", "notes", "advert_text"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def position_create(request: CandidateRequest) -> HttpResponse:
    given = {name: readable(request.GET[name]) for name in FILLED_IN if name in request.GET}
    initial = given | {"company_name": readable(request.GET.get("company", ""))}
    form = PositionForm(posted(request), candidate=request.candidate, initial=initial)

    def write() -> Vacancy:
        return vacancies.create_vacancy(vacancy=form.build(), tags=form.tag_names, now=request.now)

    made = written(form, write)
    if made is not None and "with_interview" in request.POST:
        return redirect_to("interview-create", position=made.pk)
    if made is not None:
        messages.success(request, _("Position saved."))
        return redirect("dashboard:position-detail", made.pk)
    context = {"companies": queries.company_names_of(request.candidate)}
    return page(request, "dashboard/vacancies/new.html", context, form=form)


@require_safe
@candidate_page
def position_detail(request: CandidateRequest, pk: UUID) -> HttpResponse:
    return render(request, "dashboard/vacancies/detail.html", detail_context(request, pk))


def detail_context(request: CandidateRequest, pk: UUID) -> dict[str, Any]:
    """Eight queries at most, those of the sign-in included."""
    vacancy = access.get_vacancy(
        request.user, pk, annotations={"tag_rows": positions.tags_subquery()}
    )
    rows = list(queries.interviews_of(request.candidate).filter(vacancy=vacancy))
    rows.sort(key=lambda row: (row.starts_at, row.pk))
    counted = [row for row in rows if not row.is_cancelled]
    cards = cards_of(rows, now=request.now)
    telling = telling_of(counted) if counted else None
    card = next((each for each in cards if each.interview is telling), None)
    is_application = vacancy.state == Vacancy.State.APPLIED and not rows
    return {
        "vacancy": vacancy,
        "tags": positions.tags_of(vacancy),
        "mails": mails_about(request, vacancy),
        "card": card,
        "standing": standing(vacancy, now=request.now),
        "rows": [ListedInterview(each) for each in cards],
        "is_application": is_application,
        "usual": usual_days(request.candidate) if is_application else None,
        "attachments": Attachment.objects.filter(vacancy=vacancy).defer("content"),
        "form": UploadForm(**UPLOAD),
        "is_saved": vacancy.state == Vacancy.State.SAVED,
        "is_closed": vacancy.state == Vacancy.State.CLOSED,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def vacancy_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    vacancy = access.get_vacancy(
        request.user, pk, annotations={"tag_rows": positions.tags_subquery()}
    )
    counted = Interview.objects.not_cancelled().filter(vacancy=vacancy)
    tags = ", ".join(name for _pk, name in positions.tags_of(vacancy))
    form = VacancyForm(
        posted(request),
        instance=vacancy,
        initial={"tags": tags},
        has_interviews=counted.exists(),
    )

    @transaction.atomic
    def write() -> None:
        name = form.cleaned_data["agency_name"]
        vacancy.agency = (
            companies.find_or_create_company(
                candidate=request.candidate, name=name, kind=Company.Kind.AGENCY
            )
            if name
            else None
        )
        vacancies.change_vacancy(vacancy=vacancy, tags=form.tag_names, now=request.now)

    if saved(form, write):
        messages.success(request, _("Position saved."))
        return redirect("dashboard:position-detail", pk)
    names = queries.company_names_of(request.candidate)
    context = {"vacancy": vacancy, "companies": names}
    return page(request, "dashboard/vacancies/form.html", context, form=form)


@require_POST
@candidate_page
def position_applied(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """One tap: applied today."""
    vacancy = access.get_vacancy(request.user, pk)
    if vacancy.applied_on is None:
        vacancy.applied_on = request.now.date()
        vacancies.change_vacancy(vacancy=vacancy, now=request.now)
        messages.success(request, _("Recorded: you applied today."))
    return redirect("dashboard:position-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def position_close(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """Where an answer is awaited, the page leads to what closes that wait."""
    vacancy = access.get_vacancy(request.user, pk)
    open_rows = list(queries.interviews_of(request.candidate).undecided().filter(vacancy=vacancy))
    form = CloseForm(posted(request), initial={"closed_on": request.now.date()})

    def write() -> None:
        vacancies.close_position(
            vacancy=vacancy,
            reason=form.cleaned_data["closing_reason"],
            closed_on=form.cleaned_data["closed_on"],
            now=request.now,
        )

    if open_rows and request.POST.get("act") == "withdraw":
        withdraw_from(candidate=request.candidate, vacancies=[vacancy], now=request.now)
        messages.success(request, _("You’ve withdrawn your application."))
        return redirect("dashboard:position-detail", pk)
    if saved(form, write):
        messages.success(request, _("Position closed."))
        return redirect("dashboard:position-detail", pk)
    context = {"vacancy": vacancy, "open": open_rows}
    return page(request, "dashboard/vacancies/close.html", context, form=form)


@require_POST
@candidate_page
def position_reopen(request: CandidateRequest, pk: UUID) -> HttpResponse:
    vacancies.reopen_position(vacancy=access.get_vacancy(request.user, pk))
    messages.success(request, _("Position reopened."))
    return redirect("dashboard:position-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def position_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    vacancy = access.get_vacancy(request.user, pk)
    if request.method != "POST":
        return render(request, "dashboard/vacancies/delete.html", {"vacancy": vacancy})
    try:
        vacancies.delete_vacancy(vacancy=vacancy)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("dashboard:position-detail", pk)
    messages.success(request, _("Position deleted."))
    return redirect("dashboard:position-list")
