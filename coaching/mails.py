"""Mails between a coach and a candidate. Their text is fixed when they are queued."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts import signed_tokens
from accounts.absolute_url import absolute_url
from accounts.models import User
from accounts.sanitize import readable
from coaching import text as coaching_text
from interviews.models import Coaching, CoachingRequest, DeliveryState, Mail, Proposal

INVITATION_SALT = "hearback.coaching.invitation"
REQUEST_SALT = "hearback.coaching.request"
# After this time a new invitation or request is needed.
LINK_LIFE = timedelta(days=30)


class CoachingMessage(EmailMultiAlternatives):
    """Retried as long as a reminder, not given up after minutes like a code."""

    kind = Mail.Kind.COACHING


def invite(coaching: Coaching) -> None:
    """To the address that the candidate entered: who invites, what is shared, and where to
    answer."""
    owner = coaching.candidate.user
    _send(
        "coaching_invited",
        _invites(coaching),
        coaching.address,
        who=_who(owner),
        shared=_shared(coaching, now=coaching.invited_at),
        days=LINK_LIFE.days,
        url=invitation_url(coaching),
    )


def ask(request: CoachingRequest) -> None:
    _send(
        "coaching_requested",
        _("%(name)s would like to coach you") % {"name": request.coach},
        request.address,
        who=_who(request.coach),
        organisation=_organisation(request),
        days=LINK_LIFE.days,
        url=request_url(request),
    )


def tell_accepted(coaching: Coaching) -> None:
    """To the candidate, whose invitation was accepted."""
    assert coaching.coach is not None
    assert coaching.accepted_at is not None
    subject = _("%(name)s is now your coach") % {"name": coaching.coach}
    if coaching.candidate.has_discreet_subjects:
        subject = _("Your invitation has been accepted")
    _send(
        "coaching_accepted",
        subject,
        coaching.candidate.user.email,
        who=_who(coaching.coach),
        shared=_shared(coaching, now=coaching.accepted_at),
        url=absolute_url("dashboard:coaching-list"),
    )


def tell_request_accepted(coaching: Coaching) -> None:
    """To the coach, whose request was accepted."""
    assert coaching.coach is not None
    assert coaching.accepted_at is not None
    _send(
        "coaching_request_accepted",
        _("%(name)s accepted your coaching request") % {"name": coaching.candidate},
        coaching.coach.email,
        who=_who(coaching.candidate.user),
        shared=_shared(coaching, now=coaching.accepted_at),
        url=absolute_url("admin:interviews_candidate_change", coaching.candidate_id),
    )


def tell_ended(coaching: Coaching) -> None:
    """To the candidate, if the coach ended it."""
    assert coaching.coach is not None
    subject = _("%(name)s is no longer your coach") % {"name": coaching.coach}
    if coaching.candidate.has_discreet_subjects:
        subject = _("Sharing has ended")
    _send(
        "coaching_ended",
        subject,
        coaching.candidate.user.email,
        who=_who(coaching.coach),
        url=absolute_url("dashboard:coaching-list"),
    )


def propose(proposal: Proposal, *, now: datetime) -> None:
    """To the candidate, marked as the coach's; with a discreet subject if the candidate wants
    that."""
    candidate, coach = proposal.interview.candidate, proposal.coaching.coach
    assert coach is not None
    local = now.astimezone(candidate.zone)
    subject = _("%(name)s suggested a next step") % {"name": coach}
    if candidate.has_discreet_subjects:
        subject = _("You have a new suggestion")
    _send(
        "proposal",
        subject,
        candidate.user.email,
        said=coaching_text.proposes(str(coach), proposal.action, proposal.by_on, now=local),
        interview=proposal.interview,
        words=proposal.words,
        url=absolute_url("dashboard:interview-detail", proposal.interview_id),
    )


def forget_unsent(user: User) -> None:
    """Drop unsent mails to a coach who lost access: the morning mail may contain data. The coach's
    site shows all the rest."""
    _forget(Mail.objects.filter(user=user))


def forget_proposal(proposal: Proposal) -> None:
    """Drop a withdrawn proposal's mail if it is not sent yet."""
    about = Mail.objects.filter(user=proposal.interview.candidate.user)
    _forget(about.filter(text__contains=str(proposal.interview_id)))


def forget_invitation(coaching: Coaching) -> None:
    to_them = Mail.objects.filter(recipient=coaching.address)
    _forget(to_them.filter(subject=_invites(coaching)))


def _forget(mails: "QuerySet[Mail]") -> None:
    """A mail that a sender is sending at this moment still goes out."""
    waiting = mails.filter(kind=Mail.Kind.COACHING, state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.SETTLED, text="", html="")


def _invites(coaching: Coaching) -> str:
    said = _("%(name)s invited you to be their coach") % {"name": coaching.candidate.user}
    return readable(said, has_lines=False)


def invitation_url(coaching: Coaching) -> str:
    return _link("coaching-invitation-open", INVITATION_SALT, coaching.pk)


def request_url(request: CoachingRequest) -> str:
    return _link("coaching-request-open", REQUEST_SALT, request.pk)


def read_invitation(token: str) -> UUID | None:
    """Return the coaching's key, or None for a forged or expired link."""
    return _read(token, INVITATION_SALT)


def read_request(token: str) -> UUID | None:
    """Return the request's key, or None for a forged or expired link."""
    return _read(token, REQUEST_SALT)


def _read(token: str, salt: str) -> UUID | None:
    return signed_tokens.read(token, lambda key: UUID(str(key)), salt=salt, max_age=LINK_LIFE)


def _link(name: str, salt: str, key: UUID) -> str:
    return absolute_url(f"dashboard:{name}", signed_tokens.sign(key.hex, salt=salt))


def _organisation(request: CoachingRequest) -> str:
    coach = getattr(request.coach, "coach", None)
    return str(coach.organisation) if coach is not None and coach.organisation else ""


def _who(user: User) -> str:
    """Bob Brown (bob@example.org): a name alone identifies nobody."""
    name = readable(user.name, has_lines=False)
    return f"{name} ({user.email})" if name else user.email


def _shared(coaching: Coaching, *, now: datetime) -> str:
    """Without names: a mail may reach another person than intended."""
    count = None if coaching.covers_all else coaching.chosen.count()
    local = now.astimezone(coaching.candidate.zone)
    return coaching_text.shared(
        str(coaching.get_shares_display()), count, coaching.last_day, now=local
    )


def _send(template: str, subject: str, address: str, **told: object) -> None:
    text = render_to_string(f"emails/{template}.txt", told)
    # A line break in a name would make the header invalid, and the mail could never be sent.
    subject = readable(subject, has_lines=False)
    CoachingMessage(subject, text, None, [address]).send()
