"""A mail that a sender handles: its reminders, and its bytes once written."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from interviews.models import ChannelKind, Mail, Reminder
from interviews.quarantine import error_text, place_of, raise_if_passing
from reminders import lease
from reminders.compose import MailContent, OwnLetters, compose, own_letters_of
from reminders.mail_reminders import open_reminders, read_reminders
from reminders.mime import message_bytes
from reminders.notification import notification_of

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class RenderedMail:
    mail: Mail
    reminders: list[Reminder]
    message: bytes = b""
    error: str = ""  # why it could not be written
    renewed: float = 0.0  # when its lease was renewed, by sending_clock.running

    @property
    def is_account(self) -> bool:
        return self.mail.kind == Mail.Kind.ACCOUNT

    @property
    def is_to_send(self) -> bool:
        """Whether anything is left to say."""
        return self.mail.has_fixed_text or bool(self.reminders)

    @property
    def keys(self) -> list[UUID]:
        """The keys of its reminders."""
        return [each.pk for each in self.reminders]

    @property
    def is_written(self) -> bool:
        return bool(self.message)


def rendered_mails_of(mails: Sequence[Mail], *, now: datetime) -> list[RenderedMail]:
    """Write the batch's mails ahead, from facts that are read once for all of them.

    The renewal of each lease checks whether they are still true. A mail taken over from a dead
    sender is written only when its attempt is counted: it may be what the sender died of.
    """
    reminders = read_reminders(mails, now=now)
    found = [RenderedMail(mail, reminders[mail.pk] or []) for mail in mails]
    ahead = [d for d in found if d.is_to_send and not d.mail.is_taken_over]
    letters = own_letters_of([each for rendered in ahead for each in rendered.reminders])
    for rendered in ahead:
        _write(rendered, letters, now=now)
    return found


def render_anew(mail: Mail, *, now: datetime) -> RenderedMail:
    """With the present facts, without what no longer stands; not written yet."""
    return RenderedMail(mail, [] if mail.has_fixed_text else open_reminders(mail, now=now))


def write(rendered: RenderedMail, *, now: datetime) -> None:
    _write(rendered, own_letters_of(rendered.reminders), now=now)


def _write(rendered: RenderedMail, letters: OwnLetters, *, now: datetime) -> None:
    """Write the bytes, or note the error."""
    try:
        rendered.mail.subject, rendered.message = _message(rendered, letters, now=now)
    except Exception as error:
        # Not the mail's fault: its lease runs out, and it is retried.
        raise_if_passing(error)
        logger.error("Mail %s cannot be written: %s", rendered.mail.pk, place_of(error))
        rendered.error = error_text(error)


def _message(rendered: RenderedMail, letters: OwnLetters, *, now: datetime) -> tuple[str, bytes]:
    """The subject, and what its channel sends."""
    mail = rendered.mail
    if mail.has_fixed_text:
        if mail.channel != ChannelKind.EMAIL:
            return mail.subject, mail.text.encode()
        return mail.subject, message_bytes(mail, MailContent(mail.subject, mail.text, mail.html))
    try:
        return _composed(mail, rendered.reminders, letters, now=now)
    except Exception as error:
        raise_if_passing(error)
        sound = [
            each for each in rendered.reminders if _can_be_written(mail, each, letters, now=now)
        ]
        if not sound:
            raise
        for each in set(rendered.reminders) - set(sound):
            lease.quarantine_reminder(each, each.error)
        rendered.reminders = sound
        return _composed(mail, sound, letters, now=now)


def _composed(
    mail: Mail, reminders: Sequence[Reminder], letters: OwnLetters, *, now: datetime
) -> tuple[str, bytes]:
    if mail.channel != ChannelKind.EMAIL:
        return notification_of(reminders, key=mail.pk, now=now)
    content = compose(reminders, own=letters, now=now)
    return content.subject, message_bytes(mail, content)


def _can_be_written(mail: Mail, reminder: Reminder, letters: OwnLetters, *, now: datetime) -> bool:
    """A reminder that cannot be written must not delay the others of its mail."""
    try:
        _composed(mail, [reminder], letters, now=now)
    except Exception as error:
        raise_if_passing(error)
        logger.error("Reminder %s cannot be written: %s", reminder.pk, place_of(error))
        reminder.error = error_text(error)
        return False
    return True
