"""Who is signed in, with what nearly every page asks of them next."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    def get_user(self, user_id: Any) -> User | None:
        """With the job search of the user, if there is one: one query instead of two."""
        user = User.objects.select_related("candidate").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
