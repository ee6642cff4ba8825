"""An example of a reminder, so that candidates see how one looks and whether it arrives."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.absolute_url import absolute_url
from interviews import text
from interviews.models import Candidate
from reminders.compose import MailContent, MailEntry, content_of


def send_example(*, candidate: Candidate) -> None:
    content = _example(candidate)
    message = EmailMultiAlternatives(content.subject, content.text, None, [candidate.user.email])
    message.attach_alternative(content.html, "text/html")
    message.send()


def _example(candidate: Candidate) -> MailContent:
    with translation.override(settings.LANGUAGE_CODE), timezone.override(candidate.zone):
        subject = text.discreet_subject(1)
        if not candidate.has_discreet_subjects:
            subject = example_subject()
        entry = MailEntry(
            vacancy=_("Reporting analyst, Acme"),
            stage=_("second interview"),
            heading=_("Call Anna Petrova"),
            why=_(
                "This is an example. Anna Petrova promised an answer by Friday. It’s Monday, and "
                "calling is welcome."
            ),
            phone="",
            numbers=(),
            is_written=False,
            is_late=False,
            words="",
            url=absolute_url("dashboard:today"),
            links=(),
        )
        return content_of(candidate, subject, [entry])


def example_subject() -> str:
    return _("Call Anna Petrova (Acme) today")
