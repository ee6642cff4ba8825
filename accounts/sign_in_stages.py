"""A sign-in that waits for its second factor."""

from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

PASSWORD = "password"


class SecondFactor(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    """Whoever came so far by a password that is another by now has come in vain: a new password
    ends sessions, and such a sign-in is none yet."""

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
