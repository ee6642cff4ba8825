"""List the sessions of the user, and end them."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import get_session, sessions_of
from accounts.device_keys import device_name
from accounts.keys import opaque_key
from accounts.models import User
from accounts.services import end_sessions
from accounts.time_zones import zone_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@reauthentication_required(allow_get=True, app="allauth.account")  # type: ignore[untyped-decorator]
def sessions(request: HttpRequest) -> HttpResponse:
    """A POST ends the named session, or all but the current one. Signing out ends the current
    one."""
    assert isinstance(request.user, User)
    if request.method == "POST":
        chosen = (
            [get_session(request.user, request.POST["session"])]
            if "session" in request.POST
            else sessions_of(request.user)
        )
        others = [row for row in chosen if row.session_key != request.session.session_key]
        end_sessions(others, now=timezone.now())
        messages.success(request, _("Device signed out."))
        return redirect("usersessions_list")
    rows = [
        {
            "key": opaque_key(row),
            "device": device_name(row.user_agent),
            "ip": row.ip,
            "began_at": row.created_at,
            "seen_at": row.last_seen_at,
            "is_this": row.session_key == request.session.session_key,
        }
        for row in sessions_of(request.user)
    ]
    context = {"sessions": rows, "has_others": any(not row["is_this"] for row in rows)}
    with timezone.override(zone_of(request.user)):
        return render(request, "usersessions/usersession_list.html", context)
