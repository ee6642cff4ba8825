"""The sections of the candidate's settings, and becoming a candidate."""

from collections.abc import Callable
from copy import copy
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rate_limits
from accounts.models import User
from accounts.services import rename_user
from coaching import access as coaching_access
from dashboard.page import CandidateRequest, back, candidate_page, page, posted, saved
from dashboard.settings.forms import CandidateForm, HoursForm, RemindersForm, YouForm
from dashboard.settings.sections import sections_with_states
from interviews import access
from interviews.imagined import follow_up_at
from interviews.models import Candidate
from interviews.services import candidates
from reminders.example import send_example

FRIDAY = 4
WEEK = 7


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


def _saved(request: CandidateRequest, form: BaseForm, write: Callable[[], object]) -> bool:
    is_saved = saved(form, write)
    if is_saved:
        messages.success(request, _("Settings saved."))
    return is_saved


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def settings(request: CandidateRequest) -> HttpResponse:
    """All sections; on a wide screen the first one is open beside them."""
    context = {
        "is_index": True,
        "sections": sections_with_states(request),
        "invitations": coaching_access.invitations_to(request.user, now=request.now),
    }
    return _you(request, "dashboard:settings", context)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def settings_you(request: CandidateRequest) -> HttpResponse:
    return _you(request, "dashboard:settings-you", {})


def _you(request: CandidateRequest, url_name: str, context: dict[str, object]) -> HttpResponse:
    form = YouForm(posted(request), instance=request.candidate)

    @transaction.atomic
    def write() -> None:
        rename_user(user=request.candidate.user, name=form.cleaned_data["name"])
        candidates.change_settings(candidate=form.instance, now=request.now)

    if _saved(request, form, write):
        return redirect(url_name)
    return page(request, "dashboard/settings/you.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def settings_hours(request: CandidateRequest) -> HttpResponse:
    initial = {"country": request.GET["country"]} if "country" in request.GET else None
    form = HoursForm(posted(request), instance=request.candidate, initial=initial, now=request.now)
    shown = _as_typed(request)
    if _saved(
        request, form, lambda: candidates.change_settings(candidate=form.instance, now=request.now)
    ):
        return redirect("dashboard:settings-hours")
    context = {"example": _example(shown, now=request.now.astimezone(shown.zone))}
    return page(request, "dashboard/settings/hours.html", context, form=form)


def _as_typed(request: CandidateRequest) -> Candidate:
    """The candidate with the settings in the query, which are not saved yet, if they are valid."""
    typed = HoursForm(request.GET, instance=copy(request.candidate), now=request.now)
    return typed.instance if typed.is_valid() else copy(request.candidate)


def _example(candidate: Candidate, *, now: datetime) -> dict[str, date | datetime]:
    """When to follow up with a promise for the next Friday, and with no date given today."""
    today = now.date()
    friday = today + timedelta(days=(FRIDAY - today.weekday() - 1) % WEEK + 1)
    return {
        "now": now,
        "promised_on": friday,
        "promise_ends_at": follow_up_at(candidate, friday, now=now),
        "window_ends_at": follow_up_at(candidate, None, now=now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def settings_reminders(request: CandidateRequest) -> HttpResponse:
    form = RemindersForm(posted(request), instance=request.candidate)

    @transaction.atomic
    def write() -> None:
        candidates.change_settings(candidate=form.instance, now=request.now)
        if form.cleaned_data["wants_reminders"]:
            candidates.resume_reminders(candidate=request.candidate)
        else:
            candidates.pause_reminders(candidate=request.candidate, now=request.now)

    if _saved(request, form, write):
        return redirect("dashboard:settings-reminders")
    context = {"refusal": access.find_refusal(request.user)}
    return page(request, "dashboard/settings/reminders.html", context, form=form)


@require_safe
@candidate_page
def settings_data(request: CandidateRequest) -> HttpResponse:
    return render(request, "dashboard/settings/data.html")


@require_safe
@candidate_page
def settings_display(request: CandidateRequest) -> HttpResponse:
    return render(request, "dashboard/settings/display.html")


@require_safe
@candidate_page
def more(request: CandidateRequest) -> HttpResponse:
    """What does not fit into the bar of a phone."""
    return render(request, "dashboard/settings/more.html")


@require_POST
@candidate_page
def reminders_example(request: CandidateRequest) -> HttpResponse:
    if not rate_limits.allow(request, "reminder_example", key=str(request.user.pk)):
        return rate_limits.refusal(request)
    values = {"address": request.user.email}
    try:
        send_example(candidate=request.candidate)
    except OSError:  # of SMTP, too
        said = _("We couldn’t send an example to %(address)s. Try again in a few minutes.")
        messages.error(request, said % values)
    else:
        messages.success(request, _("Example sent to %(address)s.") % values)
    return back(request, "dashboard:settings-reminders")


@require_POST
@candidate_page
def reminders_resume(request: CandidateRequest) -> HttpResponse:
    candidates.resume_reminders(candidate=request.candidate)
    messages.success(request, _("Reminders resumed."))
    return back(request, "dashboard:today")
