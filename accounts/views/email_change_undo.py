"""Restore an email address by the link in the notice of its change."""

from allauth.account.adapter import get_adapter
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rate_limits
from accounts.allauth_internals import password_reset_by_code
from accounts.email_change_undo import find_change
from accounts.link_cookies import LinkCookie
from accounts.models import EmailChange, User
from accounts.services import undo_email_change

COOKIE = LinkCookie("way-back", "accounts.way_back.cookie")
GONE = 410


@require_safe
@never_cache
def email_change_undo_open(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect from the mailed URL to a clean one. The answer is the same for every token."""
    if not rate_limits.allow(request, "signed_link"):
        return rate_limits.refusal(request)
    if find_change(token, now=timezone.now()) is None:
        return _over(request)
    clean = resolve_url("accounts:email-change-undo")
    response = redirect(clean)
    COOKIE.put(response, token, path=clean)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def email_change_undo(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    change = find_change(COOKIE.token(request), now=now)
    if change is None:
        return _over(request)
    if request.method != "POST":
        return render(request, "account/email_change_undo.html", {"change": change})
    try:
        user = undo_email_change(change=change, now=now)
    except ValidationError as refusal:
        return _over(request, said=refusal.messages[0])
    _tell_the_other(change, user)
    logout(request)
    return _ask_for_a_password(request, user)


def _over(request: HttpRequest, said: str = "") -> HttpResponse:
    return render(request, "account/email_change_undo_over.html", {"said": said}, status=GONE)


def _tell_the_other(change: EmailChange, user: User) -> None:
    """Mail the other address: the owner may have made the change, and somebody else may read the
    old mailbox."""
    get_adapter().send_notification_mail("account/email/email_put_back", user, email=change.new)


def _ask_for_a_password(request: HttpRequest, user: User) -> HttpResponse:
    """Continue with the password reset: the link came to the mailbox that would get its code."""
    reset = password_reset_by_code.PasswordResetVerificationProcess
    state = reset.initial_state(user, user.email)
    process = reset(request, state | {"code_confirmed": True}, user)
    process.persist()
    return redirect("account_complete_password_reset")
