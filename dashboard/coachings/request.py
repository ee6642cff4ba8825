"""A coach asks to coach somebody. It is answered under Settings or by the mail's link: declining
needs no sign-in; accepting needs a signed-in candidate, who chooses what to share."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rate_limits
from accounts.link_cookies import LinkCookie, is_of_page
from coaching import access as coaching_access
from coaching import coachings, mails, requests
from coaching import text as coaching_text
from dashboard.coachings.forms import TermsForm
from dashboard.page import (
    UNPROCESSABLE,
    CandidateRequest,
    candidate_page,
    in_zone,
    page,
    posted,
    saved,
)
from interviews import access
from interviews.models import Candidate, CoachingRequest

COOKIE = LinkCookie("coaching-request", "hearback.coaching.request.cookie")
GONE = 410
Answer = CoachingRequest.Answer
DECLINING = (Answer.DECLINED, Answer.NOBODY)


@require_safe
@never_cache
def coaching_request_open(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect from the mailed URL to a clean one."""
    if not rate_limits.allow(request, "signed_link"):
        return rate_limits.refusal(request)
    clean = resolve_url("dashboard:coaching-request")
    response = redirect(clean)
    COOKIE.put(response, token, path=clean)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@in_zone
def coaching_request(request: HttpRequest) -> HttpResponse:
    asked = coaching_access.find_request(mails.read_request(COOKIE.token(request)))
    if asked is None:
        return _over(request)
    if request.method == "POST" and not is_of_page(request, asked.pk):
        return _shown_again(request, asked)
    if request.method == "POST" and request.POST.get("answer") in DECLINING:
        if not _declined(asked, request.POST["answer"]):
            return _over(request)
        return render(request, "dashboard/coachings/declined.html", {"asked": asked})
    return _terms(request, asked, access.find_candidate(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def coaching_request_answer(request: CandidateRequest, pk: UUID) -> HttpResponse:
    asked = coaching_access.get_request(request.user, pk)
    if request.method == "POST" and request.POST.get("answer") in DECLINING:
        if _declined(asked, request.POST["answer"]):
            messages.success(
                request,
                _("Request declined. %(name)s can’t see anything of yours.")
                % {"name": asked.coach},
            )
        return redirect("dashboard:coaching-list")
    return _terms(request, asked, request.candidate)


def _declined(asked: CoachingRequest, answer: str) -> bool:
    """Return False if it was answered at the same moment."""
    try:
        requests.decline_request(
            request=asked, for_good=answer == Answer.NOBODY, now=timezone.now()
        )
    except ValidationError:
        return False
    return True


def _terms(
    request: HttpRequest, asked: CoachingRequest, candidate: Candidate | None
) -> HttpResponse:
    """Show who asks and, to a candidate, what to share."""
    context = _context(asked)
    if candidate is None:
        return render(request, "dashboard/coachings/request.html", context)
    if not coachings.is_for(asked, candidate.user):
        return _of_another(request, context)
    form = TermsForm(posted(request), candidate=candidate)

    def write() -> None:
        requests.accept_request(
            request=asked, candidate=candidate, terms=form.terms(), now=timezone.now()
        )

    if saved(form, write):
        messages.success(
            request, _("Request accepted. %(name)s is now your coach.") % {"name": asked.coach}
        )
        return redirect("dashboard:coaching-list")
    return page(request, "dashboard/coachings/request.html", context, form=form)


def _of_another(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The link was forwarded, or the user's address has changed: it can only be declined."""
    status = UNPROCESSABLE if request.method == "POST" else 200
    context |= {"is_of_another": True}
    return render(request, "dashboard/coachings/request.html", context, status=status)


def _shown_again(request: HttpRequest, asked: CoachingRequest) -> HttpResponse:
    """Another link was opened since the page was shown: show that request, with nothing chosen."""
    context = _context(asked) | {"wrong": coaching_text.opened_since()}
    candidate = access.find_candidate(request.user)
    if candidate is not None and coachings.is_for(asked, candidate.user):
        context["form"] = TermsForm(candidate=candidate)
    elif candidate is not None:
        context["is_of_another"] = True
    return render(request, "dashboard/coachings/request.html", context, status=UNPROCESSABLE)


def _context(asked: CoachingRequest) -> dict[str, Any]:
    return {"asked": asked, "shown_key": asked.pk, "organisation": _organisation(asked)}


def _organisation(asked: CoachingRequest) -> str:
    coach = getattr(asked.coach, "coach", None)
    return str(coach.organisation or "") if coach is not None else ""


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/coachings/over.html", status=GONE)
