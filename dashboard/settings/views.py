"""The candidate's own settings, and becoming a candidate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.services import rename_user
from coaching import access as coaching_access
from dashboard.page import CandidateRequest, back, candidate_page, page, posted, saved
from dashboard.settings.forms import CandidateForm, SettingsForm, ZoneForm
from interviews import access
from interviews.services import candidates


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def candidate_create(request: HttpRequest) -> HttpResponse:
    """Coaches and operators may look for a job too; nobody becomes a candidate without asking."""
    user = request.user
    assert isinstance(user, User)
    if access.find_candidate(user) is not None:
        return redirect("dashboard:today")
    form = CandidateForm(posted(request))
    if saved(
        form,
        lambda: candidates.create_candidate(user=user, timezone=form.cleaned_data["timezone"]),
    ):
        return redirect("dashboard:today")
    context = {"invitations": coaching_access.invitations_to(user, now=timezone.now())}
    return page(request, "dashboard/settings/welcome.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def candidate_update(request: CandidateRequest) -> HttpResponse:
    initial = {"country": request.GET["country"]} if "country" in request.GET else None
    form = SettingsForm(posted(request), instance=request.candidate, initial=initial)

    @transaction.atomic
    def write() -> None:
        rename_user(user=request.candidate.user, name=form.cleaned_data["name"])
        candidates.change_settings(candidate=form.instance, now=request.now)

    if saved(form, write):
        messages.success(request, _("Settings saved."))
        return redirect("dashboard:candidate-update")
    context = {
        "has_calendar": access.find_calendar_feed(request.candidate) is not None,
        "refusal": access.find_refusal(request.user),
        "invitations": coaching_access.invitations_to(request.user, now=request.now),
    }
    return page(request, "dashboard/settings/settings.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def candidate_zone(request: CandidateRequest) -> HttpResponse:
    form = ZoneForm(posted(request), instance=request.candidate)
    if saved(form, lambda: candidates.change_settings(candidate=form.instance, now=request.now)):
        messages.success(request, _("Settings saved."))
        return redirect("dashboard:candidate-update")
    return page(request, "dashboard/settings/time_zone.html", {}, form=form)


@require_POST
@candidate_page
def reminders_pause(request: CandidateRequest) -> HttpResponse:
    candidates.pause_reminders(candidate=request.candidate, now=request.now)
    messages.success(request, _("Reminders paused."))
    return back(request, "dashboard:candidate-update")


@require_POST
@candidate_page
def reminders_resume(request: CandidateRequest) -> HttpResponse:
    candidates.resume_reminders(candidate=request.candidate)
    messages.success(request, _("Reminders resumed."))
    return back(request, "dashboard:today")
