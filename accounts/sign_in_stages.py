"""The stage of a sign-in that waits for the second factor."""

from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

PASSWORD = "password"


class SecondFactor(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    """Restart the sign-in if the password has changed since: a change ends sessions, but this
    sign-in is not a session yet."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        response, goes_on = super().handle()
        if response is not None:
            self.state[PASSWORD] = self.login.user.get_session_auth_hash()
        return response, goes_on

    def exit(self) -> HttpResponse:
        answer: HttpResponse
        if self.state.get(PASSWORD) == self.login.user.get_session_auth_hash():
            answer = super().exit()
        else:
            messages.info(self.request, _("Your password has changed. Sign in again."))
            answer = self.abort()
        return answer
