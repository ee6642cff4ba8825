"""Delete an account: requested, cancellable for seven days, then everything is erased."""

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import audit_log, signed_tokens
from accounts.absolute_url import absolute_url
from accounts.addresses import canonical_address
from accounts.mailboxes import is_still, mark_of
from accounts.models import DeletionRequest, EmailChange, User
from accounts.models.deletion_request import WAIT
from accounts.services import end_sessions
from accounts.time_zones import zone_of
from coaching import coachings
from interviews.models import Candidate, Coaching, CoachingRequest, Mail
from interviews.quarantine import error_text, one_by_one
from interviews.services import candidates

CANCEL_SALT = "hearback.departure.keep"
FAILED = "The account of user %s could not be erased"


@transaction.atomic
def request_deletion(*, user: User, now: datetime) -> DeletionRequest:
    """From now on no coach sees anything, and no reminder is mailed. A second request changes
    nothing."""
    deletion, is_new = DeletionRequest.objects.get_or_create(
        user=user, defaults={"asked_at": now, "due_at": now + WAIT}
    )
    if not is_new:
        return deletion
    coachings.end_all_of(user, now=now)
    candidate = Candidate.objects.filter(user=user).first()
    if candidate is not None:
        candidates.pause_reminders(candidate=candidate, now=now)
    audit_log.log_action(audit_log.Kind.DELETION_REQUESTED, subject=user, actor=user, now=now)
    due = deletion.due_at.astimezone(zone_of(user))
    url = absolute_url("dashboard:deletion-cancel-open", cancel_token(deletion))
    _mail("deletion_requested", _("Your account is scheduled for deletion"), user, due=due, url=url)
    return deletion


@transaction.atomic
def cancel_deletion(*, user: User, now: datetime, actor: User | None = None) -> bool:
    """Keep the account, by its owner or by the mail's link; return whether it was to be deleted.
    Coaches need a new invitation."""
    deletion = DeletionRequest.objects.select_for_update().filter(user=user).first()
    if deletion is None:
        return False
    deletion.delete()  # and reminders resume (dashboard/receivers.py)
    audit_log.log_action(audit_log.Kind.DELETION_CANCELLED, subject=user, actor=actor, now=now)
    _mail("deletion_cancelled", _("Account deletion cancelled"), user)
    return True


def cancel_token(deletion: DeletionRequest) -> str:
    """The token of the mail's link, for an owner who cannot sign in because somebody else uses up
    the rate limits or has changed the ways to sign in. Valid for this request, and while the
    account has the address that it was mailed to; after a change of the address, its undo link
    applies."""
    asked = int(deletion.asked_at.timestamp())
    return signed_tokens.sign([deletion.pk.hex, asked, mark_of(deletion.user)], salt=CANCEL_SALT)


def find_by_token(token: str) -> DeletionRequest | None:
    """Return None if the token is invalid, or the account was kept, deleted, or requested again."""
    return signed_tokens.read(token, _find, salt=CANCEL_SALT, max_age=WAIT)


def _find(signed: list[Any]) -> DeletionRequest | None:
    key, asked, *mark = signed
    deletion = DeletionRequest.objects.select_related("user").filter(pk=UUID(str(key))).first()
    if deletion is None or int(deletion.asked_at.timestamp()) != asked:
        return None
    if mark and not is_still(str(mark[0]), deletion.user):  # tokens of former releases have none
        return None
    return deletion


def erase_due(*, now: datetime) -> int:
    """Erase every account whose day has come, each in its own transaction; return how many. One
    that fails delays no others, and is retried each hour."""
    keys = list(DeletionRequest.objects.due(now).values_list("pk", flat=True))
    erased = sum(one_by_one(keys, lambda pk: _erase(pk, now), _quarantine, message=FAILED))
    audit_log.erase_gone()
    return erased


def _quarantine(pk: UUID, error: Exception) -> None:
    DeletionRequest.objects.filter(pk=pk).update(error=error_text(error))


@transaction.atomic
def _erase(pk: UUID, now: datetime) -> bool:
    """The row's lock makes a cancellation at this moment, or a second worker, wait."""
    deletion = DeletionRequest.objects.select_for_update().due(now).filter(pk=pk).first()
    if deletion is None:
        return False
    user = deletion.user
    address = user.email
    end_sessions(UserSession.objects.filter(user=user).select_related("user"), now=now)
    _erase_addressed(user)
    _erase_log(user)
    user.delete()  # and by cascade all the user's rows
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string("emails/deletion_done.txt", {})
        send_mail(_("Your account has been deleted"), text, None, [address])
    return True


def _erase_log(user: User) -> None:
    """The admin's own log contains what was changed, and so the address."""
    kinds = ContentType.objects.get_for_models(User, EmailAddress)
    addresses = EmailAddress.objects.filter(user=user).values_list("pk", flat=True)
    about = LogEntry.objects.filter(content_type=kinds[User], object_id=str(user.pk))
    about.delete()
    LogEntry.objects.filter(
        content_type=kinds[EmailAddress], object_id__in=[str(key) for key in addresses]
    ).delete()


def _erase_addressed(user: User) -> None:
    """Mails of others to an address of the user; and mails to former addresses too, if they name no
    user, as before the sign-up. A former address may belong to somebody else now, whose mails and
    requests stay."""
    addresses = {user.email}
    addresses |= set(EmailAddress.objects.filter(user=user).values_list("email", flat=True))
    for address in addresses:
        CoachingRequest.objects.to(address).delete()
        Coaching.objects.filter(coach=None, address=canonical_address(address)).delete()
    for change in EmailChange.objects.filter(user=user):
        addresses |= {change.old, change.new}
    to_her = Q(user=user)
    for address in addresses:
        to_her |= Q(recipient=canonical_address(address), user=None)
    Mail.objects.filter(to_her).delete()


def _mail(template: str, subject: str, user: User, **told: object) -> None:
    send_mail(subject, render_to_string(f"emails/{template}.txt", told), None, [user.email])
