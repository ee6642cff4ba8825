"""People met on the way, across interviews."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.safe_redirect import is_own_path
from dashboard.interlocutors.forms import InterlocutorForm
from dashboard.interlocutors.talks import interviews_with, lines_of, talks_with
from dashboard.interviews.interview_list import table_of
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from interviews import access, queries
from interviews.models import Interlocutor
from interviews.services import companies, interlocutors

PAGE_LENGTH = 25
WAITS_SHOWN = 10


@require_safe
@candidate_page
def interlocutor_list(request: CandidateRequest) -> HttpResponse:
    words = request.GET.get("q", "").split()
    people = queries.people_of(request.candidate, words=words)
    shown = Paginator(people, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "lines": lines_of(list(shown.object_list), now=request.now),
        "q": " ".join(words),
    }
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
        asked = request.GET.get("next", "")  # of a page that asks for one detail
        return redirect(asked if is_own_path(asked) else person_url(person))
    names = queries.company_names_of(request.candidate)
    context = {"person": person, "is_new": is_new, "companies": names}
    return page(request, "dashboard/interlocutors/form.html", context, form=form)


def person_url(person: Interlocutor) -> str:
    return resolve_url("dashboard:interlocutor-detail", person.pk)


@require_safe
@candidate_page
def interlocutor_detail(request: CandidateRequest, pk: UUID) -> HttpResponse:
    person = access.get_interlocutor(request.user, pk)
    shown = Paginator(talks_with(person), PAGE_LENGTH).get_page(request.GET.get("page"))
    waits = interviews_with(person).undone().order_by("step_due_at", "pk")
    rows = list(waits[: WAITS_SHOWN + 1])
    table = table_of(rows[:WAITS_SHOWN], now=request.now)
    has_more = len(rows) > WAITS_SHOWN
    context = {"person": person, "page": shown, "has_more": has_more, **table}
    return render(request, "dashboard/interlocutors/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interlocutor_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    person = access.get_interlocutor(request.user, pk)
    if request.method != "POST":
        return render(request, "dashboard/interlocutors/delete.html", {"person": person})
    interlocutors.delete_interlocutor(interlocutor=person, now=request.now)
    messages.success(request, _("Contact deleted."))
    return redirect("dashboard:interlocutor-list")
