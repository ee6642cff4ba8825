"""One mail tells of the forwarded mails that wait for the candidate's answer.

It is queued in the transaction that marks them as told, so each is told once; the outbox sends it
like any other. Like a reminder it waits for a contact moment, and is not written while reminders
are paused.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.absolute_url import absolute_url
from accounts.sanitize import readable
from interviews import rules
from interviews.models import Candidate, Mail, MailProposal
from interviews.next_step import candidate_facts
from interviews.text.mail_proposals import said_of, sender_of
from reminders import signed_links
from reminders.mail_reminders import mailable

# How many candidates one run looks at.
BATCH = 1000
# How many proposals a mail names; the others are on Today.
NAMED_MOST = 10


class InboundMessage(EmailMultiAlternatives):
    """Retried as long as a reminder."""

    kind = Mail.Kind.INBOUND


def tell_of_proposals(*, now: datetime) -> int:
    """Queue the mails of all candidates whose moment has come; return how many. One query if there
    are none."""
    ready = mailable(MailProposal.objects.unmailed())
    rows = ready.filter(created_at__lte=now - settings.REMINDER_GRACE).order_by()
    candidates = Candidate.objects.filter(pk__in=rows.values("candidate")).order_by("pk")
    return sum(
        _tell(each.pk, now=now) for each in candidates[:BATCH] if _can_be_reached(each, now=now)
    )


def _can_be_reached(candidate: Candidate, *, now: datetime) -> bool:
    return rules.contact_moment(candidate_facts(candidate), now) <= now


@transaction.atomic
def _tell(candidate_id: UUID, *, now: datetime) -> bool:
    """Under the candidate's lock: of two workers one finds nothing left to tell."""
    rows = Candidate.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    candidate = rows.select_related("user").filter(pk=candidate_id).first()
    if candidate is None:
        return False
    mine = MailProposal.objects.filter(candidate=candidate)
    proposals = list(
        mailable(mine.unmailed())
        .select_related("interview__vacancy__company", "vacancy__company")
        .order_by("created_at", "pk")
    )
    if not proposals:
        return False
    _message(candidate, proposals, now=now).send()
    mine.filter(pk__in=[each.pk for each in proposals]).update(mailed_at=now)
    return True


def _message(
    candidate: Candidate, proposals: Sequence[MailProposal], *, now: datetime
) -> InboundMessage:
    """In the candidate's zone and the instance's language."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(candidate.zone):
        local = now.astimezone(candidate.zone)
        told = proposals[:NAMED_MOST]
        context = {
            "entries": [
                (said_of(each, who=sender_of(each), now=local), each.excerpt) for each in told
            ],
            "more": len(proposals) - len(told),
            "today_url": absolute_url("dashboard:today"),
            "unsubscribe_url": signed_links.unsubscribe_url(candidate),
        }
        subject = readable(_subject(candidate, proposals), has_lines=False)
        text = render_to_string("emails/mail_proposals.txt", context)
        return InboundMessage(subject, text, None, [candidate.user.email])


def _subject(candidate: Candidate, proposals: Sequence[MailProposal]) -> str:
    count = len(proposals)
    if candidate.has_discreet_subjects:
        said = ngettext(
            "Hearback: %(count)d email to look at", "Hearback: %(count)d emails to look at", count
        )
        return said % {"count": count}
    values = {"who": sender_of(proposals[0]), "count": count - 1}
    if count == 1:
        return _("Look at the email from %(who)s") % values
    said = ngettext(
        "Look at the email from %(who)s, and %(count)d more",
        "Look at the email from %(who)s, and %(count)d more",
        count - 1,
    )
    return said % values
