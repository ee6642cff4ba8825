"""One click pauses reminder mails (RFC 8058), and nothing else; Today shows it and can undo it.

Mail programs post to the mailed URL. People open it, are redirected to a clean URL as by every mail
link, and confirm there.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import rate_limits
from accounts.link_cookies import LinkCookie
from interviews import access
from interviews.models import Candidate
from interviews.services import candidates
from reminders import signed_links

COOKIE = LinkCookie("unsubscribe", "hearback.unsubscribe.cookie")
GONE = 410


# Mail programs post here without a session and without a CSRF token. The signed token in the URL is
# the proof, and can only pause mails. These posts are not rate-limited: those of many candidates
# come from the few addresses of their mail provider.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_open(request: HttpRequest, token: str) -> HttpResponse:
    is_posted = request.method == "POST"
    if not is_posted and not rate_limits.allow(request, "signed_link"):
        return rate_limits.refusal(request)
    candidate = access.get_linked_candidate(signed_links.read_unsubscribe(token))
    if signed_links.went_elsewhere(token, candidate.user, salt=signed_links.UNSUBSCRIBE_SALT):
        return _over(request)
    if is_posted:
        return _stop(request, candidate)
    clean = resolve_url("dashboard:unsubscribe")
    response = redirect(clean)
    COOKIE.put(response, token, path=clean)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest) -> HttpResponse:
    token = COOKIE.token(request)
    key = signed_links.read_unsubscribe(token)
    if key is None:
        return _over(request)
    candidate = access.get_linked_candidate(key)
    if signed_links.went_elsewhere(token, candidate.user, salt=signed_links.UNSUBSCRIBE_SALT):
        return _over(request)
    if request.method == "POST":
        return _stop(request, candidate)
    return render(request, "dashboard/settings/unsubscribe.html")


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/settings/unsubscribe_over.html", status=GONE)


def _stop(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    candidates.pause_reminders(candidate=candidate, now=timezone.now())
    return render(request, "dashboard/settings/unsubscribe.html", {"is_stopped": True})
