"""The calendar's secret address: programs fetch it without a sign-in; the settings create, show and
delete it.

It works after every session has ended, so creating and showing it requires a recent confirmation,
and leaves an entry in the audit log and a notice by mail.
"""

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.reauthentication import first_a_password, is_confirmed
from dashboard.page import CandidateRequest, candidate_page
from integrations import feed_address
from integrations.calendar_feed import PublishedEvent, address, subscription, told_by
from interviews import access
from interviews.models import CalendarFeed


@csrf_exempt  # so that PROPFIND and REPORT get the allowed methods; nothing here changes a row
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open to everybody with the address. Proxies must not store it; the program may, and
    revalidates it each time."""
    feed = access.get_calendar_feed(token)
    try:
        told = told_by(feed, now=timezone.now().astimezone(feed.candidate.zone))
    except CalendarFeed.DoesNotExist as error:  # revoked while it was fetched
        raise Http404 from error
    answer = get_conditional_response(request, etag=told.etag) or _calendar(told)
    answer["ETag"] = told.etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _calendar(told: PublishedEvent) -> HttpResponse:
    response = HttpResponse(told.body(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="hearback.ics"'
    return response


@require_safe
@candidate_page
def calendar(request: CandidateRequest) -> HttpResponse:
    has_calendar = access.find_calendar_feed(request.candidate) is not None
    return render(request, "dashboard/settings/calendar.html", {"has_calendar": has_calendar})


@require_safe
@candidate_page
def calendar_link(request: CandidateRequest) -> HttpResponse:
    """Show the address, to copy it."""
    feed = access.find_calendar_feed(request.candidate)
    if feed is None:
        return redirect("dashboard:calendar")
    if elsewhere := _first_who(request):
        return elsewhere
    if feed_address.note_shown(feed=feed, now=request.now):
        _tell(request)
    context = {"address": address(feed), "subscription": subscription(feed)}
    return render(request, "dashboard/settings/calendar_link.html", context)


@require_POST
@candidate_page
def calendar_create(request: CandidateRequest) -> HttpResponse:
    if access.find_calendar_feed(request.candidate) is not None:
        return redirect("dashboard:calendar-link")
    if elsewhere := _first_who(request):
        return elsewhere
    feed_address.create_feed(candidate=request.candidate, now=request.now)
    _note_made(request)
    messages.success(request, _("Calendar link created. Add it to your calendar app."))
    return redirect("dashboard:calendar-link")


@require_POST
@candidate_page
def calendar_renew(request: CandidateRequest) -> HttpResponse:
    if elsewhere := _first_who(request):
        return elsewhere
    if feed_address.renew_feed(candidate=request.candidate, now=request.now):
        _note_made(request)
        messages.success(request, _("New calendar link created. The old one no longer works."))
    return redirect("dashboard:calendar-link")


def _first_who(request: CandidateRequest) -> HttpResponse | None:
    if elsewhere := first_a_password(request):
        return elsewhere
    if not is_confirmed(request):
        raise ReauthenticationRequired
    return None


def _note_made(request: CandidateRequest) -> None:
    feed_address.note_made(candidate=request.candidate, actor=request.user, now=request.now)
    _tell(request)


def _tell(request: CandidateRequest) -> None:
    get_adapter().send_notification_mail("account/email/calendar_address", request.user)


@require_POST
@candidate_page
def calendar_delete(request: CandidateRequest) -> HttpResponse:
    feed_address.delete_feed(candidate=request.candidate)
    messages.success(request, _("Calendar link deleted. It no longer works."))
    return redirect("dashboard:calendar")
