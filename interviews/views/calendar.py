"""The calendar's secret address: fetched by programs without a sign-in, made and taken back in
the settings."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.exchange.feed import Told, told_by
from interviews.models import CalendarFeed
from interviews.services import calendar_feeds
from interviews.views.base import CandidateRequest, candidate_page


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Whoever has the address may read. Nothing on the way keeps a copy; the program itself may,
    and asks each time whether it is still true."""
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


def _calendar(told: Told) -> HttpResponse:
    response = HttpResponse(told.body(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="hearback.ics"'
    return response


@require_POST
@candidate_page
def calendar_create(request: CandidateRequest) -> HttpResponse:
    calendar_feeds.create_feed(candidate=request.candidate, now=request.now)
    messages.success(request, _("Your calendar has an address now."))
    return redirect("interviews:candidate-update")


@require_POST
@candidate_page
def calendar_renew(request: CandidateRequest) -> HttpResponse:
    calendar_feeds.renew_feed(candidate=request.candidate, now=request.now)
    messages.success(request, _("Your calendar has a new address; the old one has ended."))
    return redirect("interviews:candidate-update")


@require_POST
@candidate_page
def calendar_delete(request: CandidateRequest) -> HttpResponse:
    calendar_feeds.delete_feed(candidate=request.candidate)
    messages.success(request, _("The address of your calendar has ended."))
    return redirect("interviews:candidate-update")
