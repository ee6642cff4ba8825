"""Sign in with the configured OpenID Connect provider: the redirect, the callback, and what
follows."""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from accounts import rate_limits
from accounts.access import get_identity
from accounts.adapters import TOO_MANY
from accounts.allauth_internals import connect
from accounts.forms.sign_up import SignupForm
from accounts.models import User
from accounts.openid_connect.identities import did_not_work, pending_identity, send_code
from accounts.provider import get_provider, provider_app, provider_name

UNPROCESSABLE = 422
View = Callable[..., HttpResponse]


def with_provider(view: View) -> View:
    """Answer 404 if no provider is configured."""

    @wraps(view)
    def serve(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if provider_app() is None:
            raise Http404
        return view(request, **kwargs)

    return serve


def asking(view: View) -> View:
    """Query the provider within the rate limit, and handle outages and malformed responses."""

    @wraps(view)
    def serve(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if not rate_limits.allow(request, "provider"):
            return rate_limits.refusal(request)
        try:
            return view(request, **kwargs)
        except (OAuth2Error, RequestException):
            return did_not_work(request)

    return serve


@with_provider
@require_POST
@never_cache
@asking
def begin(request: HttpRequest) -> HttpResponse:
    return _leave(request, AuthProcess.LOGIN)


@with_provider
@require_POST
@never_cache
@login_required
@reauthentication_required(app="allauth.socialaccount")  # type: ignore[untyped-decorator]
@asking
def join(request: HttpRequest) -> HttpResponse:
    return _leave(request, AuthProcess.CONNECT)


def _leave(request: HttpRequest, process: str) -> HttpResponse:
    """Leave by a page instead of a redirect: `form-action` also applies to redirects after a form,
    and a provider may redirect further."""
    there = get_provider(request).redirect(request, process, get_next_redirect_url(request))
    context = {"url": there["Location"], "provider_name": provider_name()}
    return render(request, "account/provider_leave.html", context)


@with_provider
@require_safe
@never_cache
@asking
def callback(request: HttpRequest) -> HttpResponse:
    adapter = get_provider(request).get_oauth2_adapter(request)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(adapter)(request)
    return answer


@with_provider
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def address(request: HttpRequest) -> HttpResponse:
    identity = pending_identity(request)
    if identity is None:
        return redirect("account_login")
    form = SignupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if rate_limits.may_mail_code(request, identity.email, purpose="sign in"):
            return send_code(request, identity)
        form.add_error(None, TOO_MANY)
    context = {"form": form, "identity": identity, "provider_name": provider_name()}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "account/provider_address.html", context, status=status)


@with_provider
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@reauthentication_required(app="allauth.socialaccount")  # type: ignore[untyped-decorator]
def remove(request: HttpRequest, key: str) -> HttpResponse:
    assert isinstance(request.user, User)
    identity = get_identity(request.user, key)
    if request.method == "POST":
        connect.disconnect(request, identity)
        return redirect("mfa_index")
    context = {"provider_name": provider_name()}
    return render(request, "account/provider_remove.html", context)
