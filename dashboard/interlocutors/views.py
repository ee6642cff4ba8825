"""People met on the way, across interviews."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dashboard.interlocutors.forms import InterlocutorForm
from dashboard.interviews.history import contact_words
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from interviews import access, queries
from interviews.models import Interlocutor, Interview
from interviews.services import companies, interlocutors

PAGE_LENGTH = 25


@require_safe
@candidate_page
def interlocutor_list(request: CandidateRequest) -> HttpResponse:
    words = request.GET.get("q", "").split()
    people = queries.people_of(request.candidate, words=words)
    shown = Paginator(people, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"page": shown, "q": " ".join(words)}
    return render(request, "dashboard/interlocutors/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interlocutor_create(request: CandidateRequest) -> HttpResponse:
    person = Interlocutor(candidate=request.candidate)
    return _edit(request, person, is_new=True)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interlocutor_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    return _edit(request, access.get_interlocutor(request.user, pk), is_new=False)


def _edit(request: CandidateRequest, person: Interlocutor, *, is_new: bool) -> HttpResponse:
    form = InterlocutorForm(posted(request), instance=person)

    @transaction.atomic
    def write() -> None:
        name = form.cleaned_data["company_name"]
        person.company = (
            companies.find_or_create_company(candidate=request.candidate, name=name)
            if name
            else None
        )
        interlocutors.save_interlocutor(interlocutor=person)

    if saved(form, write):
        return redirect("dashboard:interlocutor-detail", person.pk)
    names = queries.company_names_of(request.candidate)
    context = {"person": person, "is_new": is_new, "companies": names}
    return page(request, "dashboard/interlocutors/form.html", context, form=form)


@require_safe
@candidate_page
def interlocutor_detail(request: CandidateRequest, pk: UUID) -> HttpResponse:
    person = access.get_interlocutor(request.user, pk)
    shown = Paginator(_met(person), PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "dashboard/interlocutors/detail.html", {"person": person, "page": shown})


@dataclass(frozen=True, slots=True)
class Met:
    """One interview, call or letter with a person."""

    at: datetime
    interview: Interview
    said: str
    role: str = ""


def _met(person: Interlocutor) -> list[Met]:
    """All of them, the newest first."""
    rows = person.participations.select_related("interview__vacancy__company")
    interviews = [
        Met(
            row.interview.starts_at,
            row.interview,
            str(row.interview.vacancy),
            row.get_role_display(),
        )
        for row in rows
    ]
    contacts = person.contacts.select_related("interview__vacancy__company")
    contacts_shown = [Met(row.at, row.interview, contact_words(row)) for row in contacts]
    return sorted([*interviews, *contacts_shown], key=lambda met: met.at, reverse=True)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interlocutor_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    person = access.get_interlocutor(request.user, pk)
    if request.method != "POST":
        return render(request, "dashboard/interlocutors/delete.html", {"person": person})
    interlocutors.delete_interlocutor(interlocutor=person, now=request.now)
    messages.success(request, _("Contact deleted."))
    return redirect("dashboard:interlocutor-list")
