"""One click stops reminder mail (RFC 8058), and nothing else; Today says so and undoes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from interviews import access
from interviews.reminders import links
from interviews.services import candidates


# A mail program posts here by itself: it has neither a session nor a CSRF token. The signed
# token in the address is the proof, and all it can do is stop mail.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    candidate = access.get_linked_candidate(links.read_unsubscribe(token))
    is_stopped = request.method == "POST"
    if is_stopped:
        candidates.pause_reminders(candidate=candidate, now=timezone.now())
    return render(request, "interviews/unsubscribe.html", {"is_stopped": is_stopped})
