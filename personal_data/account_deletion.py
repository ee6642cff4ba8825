"""Leaving: asked for, waited for seven days with a way back, then everything is erased."""

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
from interviews.quarantine import one_by_one, words_of
from interviews.services import candidates

KEEP_SALT = "hearback.departure.keep"
TROUBLE = "The account of user %s could not be erased"


@transaction.atomic
def request_deletion(*, user: User, now: datetime) -> DeletionRequest:
    """From now on no coach sees anything, and no reminder is mailed. Asked twice, it is one."""
    deletion, is_new = DeletionRequest.objects.get_or_create(
        user=user, defaults={"asked_at": now, "due_at": now + WAIT}
    )
    if not is_new:
        return deletion
    coachings.end_all_of(user, now=now)
    candidate = Candidate.objects.filter(user=user).first()
    if candidate is not None:
        candidates.pause_reminders(candidate=candidate, now=now)
    audit_log.log_action(audit_log.Kind.DEPARTURE_ASKED, subject=user, actor=user, now=now)
    due = deletion.due_at.astimezone(zone_of(user))
    url = absolute_url("dashboard:deletion-cancel-open", cancel_token(deletion))
    _mail("departure_asked", _("Your account will be deleted"), user, due=due, url=url)
    return deletion


@transaction.atomic
def cancel_deletion(*, user: User, now: datetime, actor: User | None = None) -> bool:
    """Keep the account, by its owner or by the link in the mail; whether it was to be deleted.
    Whoever was her coach stays away until she invites them again."""
    deletion = DeletionRequest.objects.select_for_update().filter(user=user).first()
    if deletion is None:
        return False
    deletion.delete()  # and reminders come again (dashboard/receivers.py)
    audit_log.log_action(audit_log.Kind.DEPARTURE_WITHDRAWN, subject=user, actor=actor, now=now)
    _mail("departure_withdrawn", _("Your account stays"), user)
    return True


def cancel_token(deletion: DeletionRequest) -> str:
    """For the link in the mail: whoever cannot sign in, since somebody else uses up the tries or
    has changed what one signs in with, keeps the account all the same. Good for this asking, and
    while the account has the address that it was mailed to: of another, the way back tells."""
    asked = int(deletion.asked_at.timestamp())
    return signed_tokens.sign([deletion.pk.hex, asked, mark_of(deletion.user)], salt=KEEP_SALT)


def find_by_token(token: str) -> DeletionRequest | None:
    """None where it is no such token, or the account is kept, or gone, or was asked for anew."""
    return signed_tokens.read(token, _find, salt=KEEP_SALT, max_age=WAIT)


def _find(signed: list[Any]) -> DeletionRequest | None:
    key, asked, *mark = signed
    deletion = DeletionRequest.objects.select_related("user").filter(pk=UUID(str(key))).first()
    if deletion is None or int(deletion.asked_at.timestamp()) != asked:
        return None
    if mark and not is_still(str(mark[0]), deletion.user):  # those of former releases carry none
        return None
    return deletion


def erase_due(*, now: datetime) -> int:
    """Erase everybody whose day has come, each in a transaction of their own; how many. One who
    cannot be erased keeps nobody else waiting, and is tried again each hour."""
    keys = list(DeletionRequest.objects.due(now).values_list("pk", flat=True))
    erased = sum(one_by_one(keys, lambda pk: _erase(pk, now), _set_aside, trouble=TROUBLE))
    audit_log.erase_gone()
    return erased


def _set_aside(pk: UUID, error: Exception) -> None:
    DeletionRequest.objects.filter(pk=pk).update(error=words_of(error))


@transaction.atomic
def _erase(pk: UUID, now: datetime) -> bool:
    """The row's lock makes a way back taken in this very moment, or a second worker, wait."""
    deletion = DeletionRequest.objects.select_for_update().due(now).filter(pk=pk).first()
    if deletion is None:
        return False
    user = deletion.user
    address = user.email
    end_sessions(UserSession.objects.filter(user=user).select_related("user"), now=now)
    _erase_addressed(user)
    _erase_log(user)
    user.delete()  # and with it, by their keys, everything that is hers
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string("emails/departure_done.txt", {})
        send_mail(_("Your account has been deleted"), text, None, [address])
    return True


def _erase_log(user: User) -> None:
    """The admin's own log names what was changed, and so the address."""
    kinds = ContentType.objects.get_for_models(User, EmailAddress)
    addresses = EmailAddress.objects.filter(user=user).values_list("pk", flat=True)
    about = LogEntry.objects.filter(content_type=kinds[User], object_id=str(user.pk))
    about.delete()
    LogEntry.objects.filter(
        content_type=kinds[EmailAddress], object_id__in=[str(key) for key in addresses]
    ).delete()


def _erase_addressed(user: User) -> None:
    """What others wrote to an address of hers; and mails to former addresses too, if they name no
    user: before she signed up they could not. One that she has given up may be somebody else's by
    now, whose mails stay, and so does what that one was asked."""
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
