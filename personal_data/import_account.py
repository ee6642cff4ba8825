"""The account into which an operator imports an export."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import audit_log
from accounts.addresses import canonical_address
from accounts.models import User
from integrations.content_lines_read import UnreadableError
from interviews.models import Candidate
from interviews.services import candidates
from personal_data import values
from personal_data.contents import Contents, refused, said
from personal_data.schema import ACCOUNT


def open_account(contents: Contents, *, email: str) -> Candidate:
    """Return the candidate of the account with this address, or the file's; create a missing one,
    with the file's keys if they are free."""
    address = canonical_address(email or contents.email)
    user = User.objects.filter(email=address).first() or _new_user(contents, address)
    found = Candidate.objects.filter(user=user).first()
    if found is not None:
        return found
    return _new_candidate(user, contents)


def _new_user(contents: Contents, address: str) -> User:
    """Without a password: the owner signs in by a code, or sets one by “Forgot your password”."""
    made = {column: _read(contents, column) for column in ("id", "date_joined")}
    made = {column: value for column, value in made.items() if value is not None}
    key = made.get("id")
    if key and (User.objects.filter(pk=key).exists() or audit_log.is_gone(key)):
        del made["id"]
    if EmailAddress.objects.filter(email=address).exists():
        raise UnreadableError(_("This address already belongs to another account."))
    try:
        user = User.objects.create_user(address, name=contents.name, **made)
    except ValidationError as error:
        raise refused(ACCOUNT, 1, said(error)) from error
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _read(contents: Contents, column: str) -> Any:
    """Return None if the file has no value."""
    field = ACCOUNT.field(column)
    if field is None or column not in contents.account:
        return None
    try:
        return values.read(field, contents.account[column])
    except ValidationError as error:
        raise refused(ACCOUNT, 1, f"{column}: {error.messages[0]}") from error


def _new_candidate(user: User, contents: Contents) -> Candidate:
    assert contents.settings is not None
    key = contents.settings.pk
    if Candidate.objects.filter(pk=key).exists():
        return candidates.create_candidate(user=user, timezone=contents.settings.timezone)
    made = Candidate(pk=key, user=user, timezone=contents.settings.timezone)
    made.save(force_insert=True)
    return made
