"""Changes to an account, and the log of failed attempts."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import encryption
from accounts.addresses import canonical_address
from accounts.audit_log import Kind, log_action
from accounts.encrypted_field import EncryptedTextField
from accounts.models import DeletionRequest, EmailChange, User

# Removed on undo: a thief may have added passkeys before changing the address.
THIEF_SINCE = timedelta(days=1)
# What allauth stores encrypted of an authenticator app and of recovery codes.
ENCRYPTED = ("secret", "seed")
TAKEN_NOW = gettext_lazy("This address now belongs to another account.")


def rename_user(*, user: User, name: str) -> None:
    user.name = name.strip()
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name"])


@transaction.atomic
def void_unproved_password(*, user: User, email: str, now: datetime) -> bool:
    """Invalidate a password that was set before the address was verified, and return whether there
    was one. The reader of the mailbox is the owner; until then anybody could have signed up with
    the address and know the password.

    Call it before confirming the address in another way than in the sign-up's own session.
    """
    if not EmailAddress.objects.filter(user=user, email=email, verified=False).exists():
        return False
    user.set_unusable_password()
    user.save(update_fields=["password", "device_key"])
    log_action(
        Kind.PASSWORD_CHANGED,
        subject=user,
        actor=None,
        now=now,
        detail=_("sign-up password cancelled"),
    )
    end_sessions(UserSession.objects.filter(user=user).select_related("user"), now=now)
    return True


def note_failed_sign_in(*, email: str, address: str, now: datetime, detail: str = "") -> None:
    """Log a failed sign-in for the account with this address. Without an account do the same work
    and roll it back, so that the response time reveals nothing."""
    user = User.objects.filter(email=canonical_address(email)).first()
    with transaction.atomic():
        log_action(
            Kind.SIGN_IN_FAILED,
            subject=user or User(),
            actor=None,
            now=now,
            detail=detail,
            address=address,
        )
        if user is None:
            transaction.set_rollback(True)


@transaction.atomic
def end_sessions(
    sessions: Iterable[UserSession], *, now: datetime, actor: User | None = None
) -> None:
    """End these sessions and drop what their devices keep. Logged as the owner's action by
    default."""
    ended = [*sessions]
    for pk in {row.user_id for row in ended}:
        User.objects.filter(pk=pk).update(device_key=uuid4())
    found = Session.objects.filter(pk__in=[row.session_key for row in ended])
    alive = set(found.values_list("pk", flat=True))
    found.delete()
    # A session whose key was renewed goes on under the new one.
    for row in (each for each in ended if each.session_key in alive):
        log_action(Kind.SESSION_ENDED, subject=row.user, actor=actor or row.user, now=now)
    UserSession.objects.filter(pk__in=[row.pk for row in ended]).delete()


@transaction.atomic
def note_email_change(*, user: User, old: str, new: str, now: datetime) -> EmailChange:
    log_action(Kind.EMAIL_CHANGED, subject=user, actor=user, now=now)
    return EmailChange.objects.create(user=user, old=old, new=new, at=now)


@transaction.atomic
def undo_email_change(*, change: EmailChange, now: datetime) -> User:
    """Restore the old address and shut out whoever changed it: end all sessions, invalidate the
    password, remove ways to sign in that were added since, cancel a deletion requested since, and
    close later changes (their notices went to the other address). Links and codes mailed to the
    other address are void from now on (mailboxes.py).

    Raise ValidationError if this was done before, or another account has the address now.
    """
    deletion = DeletionRequest.objects.select_for_update().filter(pk=change.user_id).first()
    user = User.objects.select_for_update().filter(pk=change.user_id).first()
    if user is None or not EmailChange.objects.open(now).filter(pk=change.pk).exists():
        raise ValidationError(_("You’ve already done this."))
    _make_room_at(change.old, user)
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=change.old, verified=True, primary=True)
    user.email = change.old
    user.set_unusable_password()
    user.save(update_fields=["email", "password", "device_key"])
    user.email_changes.filter(at__gt=change.at, undone_at=None).update(undone_at=now)
    change.undone_at = now
    # This also ends sharing that was started since (dashboard/receivers.py).
    change.save(update_fields=["undone_at"])
    since = change.at - THIEF_SINCE
    _remove_factors_since(user, since)
    SocialAccount.objects.filter(user=user, date_joined__gte=since).delete()
    if deletion is not None and deletion.asked_at >= since:
        _withdraw(deletion, now)
    end_sessions(UserSession.objects.filter(user=user).select_related("user"), now=now)
    log_action(
        Kind.EMAIL_CHANGED,
        subject=user,
        actor=None,
        now=now,
        detail=_("restored with the emailed link"),
    )
    return user


def _make_room_at(email: str, user: User) -> None:
    """Delete an unverified account at this address. Anybody can sign up with an address, but only
    its reader can verify it, so nobody has ever used such an account."""
    if EmailAddress.objects.filter(email=email, verified=True).exclude(user=user).exists():
        raise ValidationError(TAKEN_NOW)
    others = User.objects.select_for_update().exclude(pk=user.pk)
    other = others.filter(email=email).first()
    if other is None:
        return
    is_proved = EmailAddress.objects.filter(user=other, verified=True).exists()
    if is_proved or other.is_staff or other.last_login is not None:
        raise ValidationError(TAKEN_NOW)
    other.delete()


def _withdraw(deletion: DeletionRequest, now: datetime) -> None:
    log_action(
        Kind.DELETION_CANCELLED,
        subject=deletion.user,
        actor=None,
        now=now,
        detail=_("with the link in the address change email"),
    )
    deletion.delete()


def _remove_factors_since(user: User, since: datetime) -> None:
    factors = Authenticator.objects.filter(user=user)
    factors.filter(created_at__gte=since).delete()
    # Recovery codes alone are no factor.
    if not factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        factors.delete()


@transaction.atomic
def remove_factors(user: User, *, actor: User | None, now: datetime) -> int:
    """Remove all factors of a user who lost them and proved their identity outside of Hearback;
    return how many there were. Passwords and emailed codes are enough from now on, and the user is
    told by mail."""
    factors = [*Authenticator.objects.select_for_update().filter(user=user)]
    if not factors:
        return 0
    Authenticator.objects.filter(pk__in=[row.pk for row in factors]).delete()
    detail = _("all passkeys, authenticator apps and recovery codes")
    log_action(Kind.FACTOR_REMOVED, subject=user, actor=actor, now=now, detail=detail)
    # Not allauth's notification, which needs a request and would name the operator's IP address.
    get_adapter().render_mail("account/email/factors_removed", user.email, {}).send()
    return len(factors)


def reencrypt_factors() -> tuple[int, int]:
    """Encrypt each, and all columns of encrypted values, with the present SECRET_KEY, so that old
    keys can be dropped. Return how many there are, and how many no known key decrypts."""
    done = [_reencrypt(key) for key in Authenticator.objects.values_list("pk", flat=True)]
    done += [_reencrypt_column(*column) for column in _encrypted_columns()]
    return len(done), done.count(False)


def _encrypted_columns() -> Iterator[tuple[type[Model], str, Any]]:
    """The model, the column and the key of each row."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, EncryptedTextField):
                rows = model._default_manager.exclude(**{field.name: ""})
                for key in rows.values_list("pk", flat=True):
                    yield model, field.name, key


@transaction.atomic
def _reencrypt_column(model: type[Model], name: str, key: Any) -> bool:
    rows = model._default_manager.select_for_update().filter(pk=key)
    stored = rows.values_list(name, flat=True).first()
    if stored is None:
        return True
    anew = encryption.reencrypt(str(stored))
    return anew is not None and rows.update(**{name: anew}) == 1


@transaction.atomic
def _reencrypt(key: int) -> bool:
    """Lock the row, so that a recovery code used at this moment stays used."""
    row = Authenticator.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return True
    data: dict[str, Any] = dict(row.data)
    for name in (each for each in ENCRYPTED if each in data):
        anew = encryption.reencrypt(data[name])
        if anew is None:
            return False
        data[name] = anew
    row.data = data
    row.save(update_fields=["data"])
    return True
