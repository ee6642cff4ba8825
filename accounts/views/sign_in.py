"""Signing in and up, where allauth's pages know too little or tell too much."""

from typing import Any

from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import send_unknown_account_mail
from django.http import HttpResponse

from accounts import passkeys


class SignIn(views.LoginView):  # type: ignore[misc]  # allauth ships no types
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"may_use_passkeys": passkeys.may_use(self.request)}


class ConfirmSignInCode(views.ConfirmLoginCodeView):  # type: ignore[misc]
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Allauth mails once where there is no account, and a code each time where there is."""
        answer: HttpResponse = super()._resend_form_valid(form)
        if self._process.user is None:
            send_unknown_account_mail(self.request, self._process.state["email"])
        return answer


class ConfirmEmail(views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """As above; here somebody signed up with an address that has an account."""
        answer: HttpResponse = super()._resend_form_valid(form)
        if self._process.user is None:
            get_adapter().send_account_already_exists_mail(self._process.state["email"])
        return answer
