"""Sign-in and sign-up, where allauth's pages lack something or do less work for an address without
an account (docs/decisions/same-answer.md)."""

from typing import Any

from allauth.account import views
from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import passkeys
from accounts.addresses import canonical_address
from accounts.allauth_internals import password_reset_by_code, signup
from accounts.equal_timing import query_nobody
from accounts.models import User
from accounts.openid_connect.identities import note_proved
from accounts.provider import provider_name
from accounts.services import void_unproved_password


class _AllWays:
    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {
            "may_use_passkeys": passkeys.may_use(self.request),
            "provider_name": provider_name(),
        }


class SignIn(_AllWays, views.LoginView):  # type: ignore[misc]  # allauth ships no types
    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form: Form = super().get_form(form_class)
        if passkeys.may_use(self.request):
            form.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        return form


class SignUp(_AllWays, views.SignupView):  # type: ignore[misc]
    pass


class _OfAnyAddress:
    """Show the code's page also if no code was sent."""

    _process: Any = None
    # How often allauth fetches the user if there is one.
    user_queries: int

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(  # type: ignore[misc]
            request, *args, **kwargs
        )
        if self._is_of_nobody():
            query_nobody(times=self.user_queries)
        return answer

    def _is_of_nobody(self) -> bool:
        return self._process is not None and self._process.user is None


def _code_of(process: Any) -> str:
    """Return no valid code if it was mailed to an address that the account no longer has."""
    user = process.user
    return str(process.code) if user is None or _is_at(user, process) else ""


def _is_at(user: User, process: Any) -> bool:
    return bool(user.email == canonical_address(process.state["email"]))


def _void_unproved_password(process: Any) -> bool:
    return void_unproved_password(
        user=process.user, email=process.state["email"], now=timezone.now()
    )


class ConfirmSignInCode(_OfAnyAddress, views.ConfirmLoginCodeView):  # type: ignore[misc]
    user_queries = 1

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs | {"code": _code_of(self._process)} if "code" in kwargs else kwargs

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        """Verify the address too: the code may be the first mail that its reader gets."""
        note_proved(self.request, self._process)
        if _void_unproved_password(self._process):
            said = _(
                "The sign-up password may not be yours, so we cancelled it. Choose a new password."
            )
            messages.info(self.request, said)
        answer: HttpResponse = super()._verify_form_valid(form)
        return answer

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Allauth sends one mail without an account, and a code each time with one."""
        answer: HttpResponse = super()._resend_form_valid(form)
        if self._is_of_nobody():
            signup.send_unknown_account_mail(self.request, self._process.state["email"])
        return answer


class ConfirmEmail(_OfAnyAddress, views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    user_queries = 2

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """As above, for a sign-up with an address that has an account."""
        answer: HttpResponse = super()._resend_form_valid(form)
        if self._is_of_nobody():
            query_nobody()  # allauth fetches the address too
            get_adapter().send_account_already_exists_mail(self._process.state["email"])
        return answer


class ConfirmResetCode(views.ConfirmPasswordResetCodeView):  # type: ignore[misc]
    def get_form_kwargs(self) -> dict[str, Any]:
        if self._process.user is None:
            query_nobody()
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs | {"code": _code_of(self._process)}

    def form_valid(self, form: Any) -> HttpResponse:
        """As above: the user may leave before choosing a new password."""
        _void_unproved_password(self._process)
        answer: HttpResponse = super().form_valid(form)
        return answer


class ChooseNewPassword(views.CompletePasswordResetView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Check that the code went to the account's present address; otherwise allauth asks
        again."""
        process = password_reset_by_code.PasswordResetVerificationProcess.resume(request)
        if process is not None and process.user is not None and not _is_at(process.user, process):
            process.abort()
        answer: HttpResponseBase = super().dispatch(request, **kwargs)
        return answer
