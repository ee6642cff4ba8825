"""A candidate invites somebody as a coach. The mail's link shows the invitation and allows
declining it without a sign-in; only a user who has verified the invited address can accept it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rate_limits
from accounts.link_cookies import LinkCookie, is_of_page
from accounts.models import User
from coaching import access, coachings, mails
from coaching import text as coaching_text
from dashboard.page import UNPROCESSABLE
from interviews.models import Coaching

COOKIE = LinkCookie("coaching-invitation", "hearback.coaching.invitation.cookie")
GONE = 410


@require_safe
@never_cache
def coaching_invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect from the mailed URL to a clean one."""
    if not rate_limits.allow(request, "signed_link"):
        return rate_limits.refusal(request)
    clean = resolve_url("dashboard:coaching-invitation")
    response = redirect(clean)
    COOKIE.put(response, token, path=clean)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def coaching_invitation(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    key = mails.read_invitation(COOKIE.token(request))
    coaching = access.find_invitation(key, now=now)
    if coaching is None:
        return _over(request)
    if request.method == "POST" and not is_of_page(request, coaching.pk):
        wrong = coaching_text.opened_since()
        return _shown(request, coaching, now=now, status=UNPROCESSABLE, wrong=wrong)
    return _answered(request, coaching, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def coaching_invitation_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For a user who is signed in with the invited address, without the mail."""
    user, now = request.user, timezone.now()
    assert isinstance(user, User)
    return _answered(request, access.get_invitation(user, pk, now=now), now=now)


def _answered(request: HttpRequest, coaching: Coaching, *, now: datetime) -> HttpResponse:
    answer = request.POST.get("answer") if request.method == "POST" else None
    if answer == "accepted":
        return _accept(request, coaching, now=now)
    if answer == "declined":
        return _decline(request, coaching, now=now)
    status = 200 if request.method != "POST" else UNPROCESSABLE
    return _shown(request, coaching, now=now, status=status)


def _accept(request: HttpRequest, coaching: Coaching, *, now: datetime) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        return redirect_to_login(request.path)
    try:
        coachings.accept_invitation(coaching=coaching, coach=user, now=now)
    except ValidationError as error:
        return _shown(request, coaching, now=now, status=UNPROCESSABLE, wrong=error.messages[0])
    messages.success(
        request,
        _("Invitation accepted. You’re now coaching %(name)s.") % {"name": coaching.candidate.user},
    )
    return redirect("admin:index")


def _decline(request: HttpRequest, coaching: Coaching, *, now: datetime) -> HttpResponse:
    try:
        coachings.decline_invitation(coaching=coaching, now=now)
    except ValidationError:
        return _over(request)
    return render(request, "dashboard/coachings/declined.html", {"coaching": coaching})


def _shown(
    request: HttpRequest, coaching: Coaching, *, now: datetime, status: int, wrong: str = ""
) -> HttpResponse:
    user = request.user
    count = None if coaching.covers_all else coaching.chosen.count()
    shared = coaching_text.shared(
        str(coaching.get_shares_display()),
        count,
        coaching.last_day,
        now=now.astimezone(coaching.candidate.zone),
    )
    context = {
        "coaching": coaching,
        "owner": coaching.candidate.user,
        "shared": capfirst(shared),
        "wrong": wrong,
        "is_for_reader": isinstance(user, User) and coachings.is_for(coaching, user),
        "needs_factor": settings.STAFF_SECOND_FACTOR,
    }
    return render(request, "dashboard/coachings/invitation.html", context, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/coachings/over.html", status=GONE)
