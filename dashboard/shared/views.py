"""What a phone's share sheet or the bookmarklet brings in. It only fills in forms, which the
candidate then sends: nothing here writes a row, and nothing is fetched."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.device_keys import owner_key
from accounts.models import User
from dashboard.interlocutors.business_cards import UPLOAD as CONTACTS
from dashboard.interviews.invitation import UPLOAD as INVITATION
from dashboard.page import UNPROCESSABLE, CandidateRequest, candidate_page, page
from dashboard.shared.filled import form_address, values_of
from dashboard.shared.forms import SharedForm
from dashboard.vacancies.forms import PositionForm
from interviews import access, queries

TEMPLATE = "dashboard/shared/shared.html"


# The share sheet's POST knows no token. The service worker takes it on the device; what reaches the
# server leads to a form to look at.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def shared(request: HttpRequest) -> HttpResponse:
    """Open to all, so that what was shared waits on the device for the sign-in."""
    if request.method == "POST":
        return _without_worker(request)
    user = request.user
    if isinstance(user, User) and access.find_candidate(user) is None:
        return redirect("dashboard:candidate-create")
    return render(request, TEMPLATE, _context(request) | {"is_lost": "lost" in request.GET})


def _without_worker(request: HttpRequest) -> HttpResponse:
    """A browser that has removed the worker sends the shared thing here. A file cannot be kept
    without writing it somewhere, so it is asked for again."""
    sheet = {name: request.POST.get(name, "") for name in ("title", "text", "url")}
    form = SharedForm(sheet)
    address = f"{reverse('dashboard:shared')}?lost=1"
    if not request.FILES and form.is_valid():
        address = form_address(values_of(form.ad))
    return HttpResponseRedirect(address)


@require_POST
@candidate_page
def shared_position(request: CandidateRequest) -> HttpResponse:
    """The form of a new position, filled in with what the page `shared` took from the device. An
    ad's text is too long for an address."""
    form = SharedForm(request.POST)
    if form.is_valid():
        return _new_position(request, values_of(form.ad))
    said = [str(sentence) for each in form.errors.values() for sentence in each]
    context = _context(request) | {"errors": list(dict.fromkeys(said)), "form": form}
    return render(request, TEMPLATE, context, status=UNPROCESSABLE)


def _new_position(request: CandidateRequest, values: dict[str, str]) -> HttpResponse:
    """As `position_create` shows it."""
    candidate, company = request.candidate, values.pop("company", "")
    known = queries.names_alike(candidate, [company]).get(company, company)
    form = PositionForm(candidate=candidate, initial=values | {"company_name": known})
    context = {"companies": queries.company_names_of(candidate)}
    return page(request, "dashboard/vacancies/new.html", context, form=form)


def _context(request: HttpRequest) -> dict[str, Any]:
    user = request.user
    owner = owner_key(user) if isinstance(user, User) else ""
    return {"owner": owner, "invitation": INVITATION, "contacts": CONTACTS}
