"""Authenticate users, and fetch the signed-in user with what nearly every page needs."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import F, FilteredRelation, Q, QuerySet

from accounts.addresses import canonical_address
from accounts.models import User


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """Run one query and one hash whether the account exists or not. Allauth hashes if nothing
        was compared."""
        user = User.objects.filter(email=canonical_address(email)).first()
        found: User | None = self._check_password(user, password)
        return found

    def get_user(self, user_id: Any) -> User | None:
        user = _with_what_is_asked_next().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


@cache
def _with_what_is_asked_next() -> QuerySet[User]:
    """Fetch in one query instead of six: the user's job search, a deletion request, the mail
    server's refusal of their address, whether they have a coach, and whether a forwarded mail
    waits for an answer. Built once, for nearly every
    request uses it."""
    known = User.objects.select_related("candidate", "deletion_request")
    # mypy takes the attributes that User declares for columns.
    return known.annotate(  # type: ignore[no-redef]
        # At most one row: allauth's constraint allows one primary address a user.
        mailed_at=FilteredRelation(
            "emailaddress", condition=Q(emailaddress__primary=True, emailaddress__verified=True)
        ),
        refused_at=F("mailed_at__refusal__refused_at"),
        refused_with=F("mailed_at__refusal__reply"),
        # There may be several; the first one is enough.
        coached=FilteredRelation(
            "candidate__coachings",
            condition=Q(
                candidate__coachings__accepted_at__isnull=False,
                candidate__coachings__ended_at__isnull=True,
            ),
        ),
        coached_at=F("coached__accepted_at"),
        # Likewise.
        mailed_in=FilteredRelation(
            "candidate__mail_proposals", condition=Q(candidate__mail_proposals__status="open")
        ),
        mailed_in_at=F("mailed_in__created_at"),
    )
