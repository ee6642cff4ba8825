"""Who may sign in, and who is signed in, with what nearly every page asks of them next."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import F, FilteredRelation, Q, QuerySet

from accounts.addresses import canonical_address
from accounts.models import User


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """One query and one hash, whether there is such an account or not; allauth hashes where
        nothing was compared."""
        user = User.objects.filter(email=canonical_address(email)).first()
        found: User | None = self._check_password(user, password)
        return found

    def get_user(self, user_id: Any) -> User | None:
        user = _with_what_is_asked_next().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


@cache
def _with_what_is_asked_next() -> QuerySet[User]:
    """With the job search of the user and the wish to leave, if there are any, with what a mail
    server said when it refused their address, and with whether somebody coaches them: one query
    instead of five. Built once, for nearly every request asks it."""
    known = User.objects.select_related("candidate", "deletion_request")
    # The checker takes what User declares of these two for columns.
    return known.annotate(  # type: ignore[no-redef]
        # At most one: allauth's constraint holds a user to one primary address.
        mailed_at=FilteredRelation(
            "emailaddress", condition=Q(emailaddress__primary=True, emailaddress__verified=True)
        ),
        refused_at=F("mailed_at__refusal__refused_at"),
        refused_with=F("mailed_at__refusal__reply"),
        # There may be several: the first row alone is fetched, and any of them tells.
        coached=FilteredRelation(
            "candidate__coachings",
            condition=Q(
                candidate__coachings__accepted_at__isnull=False,
                candidate__coachings__ended_at__isnull=True,
            ),
        ),
        coached_at=F("coached__accepted_at"),
    )
