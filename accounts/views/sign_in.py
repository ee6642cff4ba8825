"""Signing in and up, where allauth's pages know too little, or do less for an address that has no
account (docs/decisions/same-answer.md)."""

from typing import Any

from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import send_unknown_account_mail
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts import passkeys
from accounts.decoy import look_for_nobody


class SignIn(views.LoginView):  # type: ignore[misc]  # allauth ships no types
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"may_use_passkeys": passkeys.may_use(self.request)}


class _OfAnyAddress:
    """A page that asks for the code, also where none was sent."""

    _process: Any = None
    # How often allauth fetches the user where there is one.
    user_queries: int

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(  # type: ignore[misc]
            request, *args, **kwargs
        )
        if self._is_of_nobody():
            look_for_nobody(times=self.user_queries)
        return answer

    def _is_of_nobody(self) -> bool:
        return self._process is not None and self._process.user is None


class ConfirmSignInCode(_OfAnyAddress, views.ConfirmLoginCodeView):  # type: ignore[misc]
    user_queries = 1

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Allauth mails once where there is no account, and a code each time where there is."""
        answer: HttpResponse = super()._resend_form_valid(form)
        if self._is_of_nobody():
            send_unknown_account_mail(self.request, self._process.state["email"])
        return answer


class ConfirmEmail(_OfAnyAddress, views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    user_queries = 2

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """As above; here somebody signed up with an address that has an account."""
        answer: HttpResponse = super()._resend_form_valid(form)
        if self._is_of_nobody():
            look_for_nobody()  # allauth fetches the address too
            get_adapter().send_account_already_exists_mail(self._process.state["email"])
        return answer


class ConfirmResetCode(views.ConfirmPasswordResetCodeView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        if self._process.user is None:
            look_for_nobody()
        return answer
