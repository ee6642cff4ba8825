"""What a forwarded mail seems to say, in one sentence."""

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.models import MailProposal
from interviews.text import dates

Kind = MailProposal.Kind

# Translators: "when" brings its own "on": on Tuesday, yesterday.
_SAID: dict[str, Promise] = {
    Kind.RECEIPT: gettext_lazy("%(who)s wrote %(when)s: they’ve received what you sent."),
    Kind.QUESTION: gettext_lazy("%(who)s wrote %(when)s: a question for you."),
    Kind.NOT_YET: gettext_lazy("%(who)s wrote %(when)s: no decision yet."),
    Kind.INVITATION: gettext_lazy("%(who)s wrote %(when)s: an invitation to an interview."),
    Kind.NEXT_STAGE: gettext_lazy("%(who)s wrote %(when)s: you’re through to the next stage."),
    Kind.REJECTION: gettext_lazy("%(who)s wrote %(when)s: a rejection."),
    Kind.OFFER: gettext_lazy("%(who)s wrote %(when)s: an offer."),
    Kind.MOVED: gettext_lazy("%(who)s wrote %(when)s: a new time for the interview."),
    Kind.CANCELLED: gettext_lazy("%(who)s wrote %(when)s: the interview is cancelled."),
    Kind.OWN_LETTER: gettext_lazy("You wrote to %(who)s %(when)s."),
}
# With one time, as "Friday 4 December at 12:00".
_WITH_TIME: dict[str, Promise] = {
    Kind.INVITATION: gettext_lazy("%(who)s wrote %(when)s: an interview on %(moment)s."),
    Kind.MOVED: gettext_lazy("%(who)s wrote %(when)s: the interview moves to %(moment)s."),
}
_WITH_TIMES: dict[str, Promise] = {
    Kind.INVITATION: gettext_lazy("%(who)s wrote %(when)s: an interview at one of several times."),
    Kind.MOVED: gettext_lazy("%(who)s wrote %(when)s: a choice of new times for the interview."),
}
# With the day by which they answer, or the candidate must.
_WITH_DAY: dict[str, Promise] = {
    Kind.NOT_YET: gettext_lazy("%(who)s wrote %(when)s: no decision yet, an answer by %(day)s."),
    Kind.QUESTION: gettext_lazy("%(who)s wrote %(when)s: a question to answer by %(day)s."),
    Kind.OFFER: gettext_lazy("%(who)s wrote %(when)s: an offer to answer by %(day)s."),
}
# In a row, beside what it records.
_BRIEF: dict[str, Promise] = {
    Kind.RECEIPT: gettext_lazy("%(who)s: receipt"),
    Kind.QUESTION: gettext_lazy("%(who)s: question"),
    Kind.NOT_YET: gettext_lazy("%(who)s: no decision yet"),
    Kind.INVITATION: gettext_lazy("%(who)s: invitation"),
    Kind.NEXT_STAGE: gettext_lazy("%(who)s: next stage"),
    Kind.REJECTION: gettext_lazy("%(who)s: rejection"),
    Kind.OFFER: gettext_lazy("%(who)s: offer"),
    Kind.MOVED: gettext_lazy("%(who)s: new time"),
    Kind.CANCELLED: gettext_lazy("%(who)s: cancelled"),
    Kind.OWN_LETTER: gettext_lazy("%(who)s: your letter"),
}
_BRIEF_WITH_TIME: dict[str, Promise] = {
    Kind.INVITATION: gettext_lazy("%(who)s: interview, %(moment)s"),
    Kind.MOVED: gettext_lazy("%(who)s: new time, %(moment)s"),
}
_BRIEF_WITH_DAY: dict[str, Promise] = {
    Kind.NOT_YET: gettext_lazy("%(who)s: no decision yet, answer by %(day)s"),
    Kind.QUESTION: gettext_lazy("%(who)s: question, answer by %(day)s"),
    Kind.OFFER: gettext_lazy("%(who)s: offer, answer by %(day)s"),
}
# What the candidate chooses from if it is something else.
KINDS: dict[str, Promise] = {
    Kind.REJECTION: gettext_lazy("They said no"),
    Kind.OFFER: gettext_lazy("They made an offer"),
    Kind.INVITATION: gettext_lazy("They invited me to an interview"),
    Kind.NEXT_STAGE: gettext_lazy("I’m through to the next stage, no time yet"),
    Kind.MOVED: gettext_lazy("They moved the interview"),
    Kind.CANCELLED: gettext_lazy("They cancelled the interview"),
    Kind.NOT_YET: gettext_lazy("They haven’t decided yet"),
    Kind.QUESTION: gettext_lazy("They want something from me"),
    Kind.RECEIPT: gettext_lazy("They’ve received what I sent"),
    Kind.OWN_LETTER: gettext_lazy("I wrote this email"),
}


def said_of(proposal: MailProposal, *, who: str, now: datetime) -> str:
    """For example: Acme wrote on Tuesday: a rejection. `now` is local to the candidate."""
    written_on = proposal.written_at.astimezone(now.tzinfo).date()
    values = {"who": who, "when": _when(written_on, now=now)}
    starts = proposal.starts_after(now)
    if proposal.kind in _WITH_TIME and len(starts) == 1:
        values["moment"] = dates.moment(starts[0], now=now)
        return str(_WITH_TIME[proposal.kind]) % values
    if proposal.kind in _WITH_TIMES and starts:
        return str(_WITH_TIMES[proposal.kind]) % values
    if proposal.kind in _WITH_DAY and proposal.answer_by_on is not None:
        values["day"] = dates.day(proposal.answer_by_on, now=now)
        return str(_WITH_DAY[proposal.kind]) % values
    return str(_SAID[proposal.kind]) % values


def brief_of(proposal: MailProposal, *, who: str, now: datetime) -> str:
    """For example: Acme: interview, Fri 4 Dec 12:00. What one tap records is never left out."""
    values, starts = {"who": who}, proposal.starts_after(now)
    if proposal.kind in _BRIEF_WITH_TIME and len(starts) == 1:
        local = starts[0].astimezone(now.tzinfo)
        values["moment"] = f"{dates.row_day(local.date(), now=now)} {dates.clock(local)}"
        return str(_BRIEF_WITH_TIME[proposal.kind]) % values
    if proposal.kind in _BRIEF_WITH_DAY and proposal.answer_by_on is not None:
        values["day"] = dates.row_day(proposal.answer_by_on, now=now)
        return str(_BRIEF_WITH_DAY[proposal.kind]) % values
    return str(_BRIEF[proposal.kind]) % values


def wrote(proposal: MailProposal, *, who: str, now: datetime) -> str:
    """Without what it says, for example: Acme wrote on Tuesday."""
    written_on = proposal.written_at.astimezone(now.tzinfo).date()
    values = {"who": who, "when": _when(written_on, now=now)}
    if proposal.kind == Kind.OWN_LETTER:
        return str(_SAID[Kind.OWN_LETTER]) % values
    return _("%(who)s wrote %(when)s.") % values


def sender_of(proposal: MailProposal) -> str:
    """The company, or whoever wrote if that is not known."""
    vacancy = proposal.interview.vacancy if proposal.interview else proposal.vacancy
    if vacancy is not None:
        return str(vacancy.company)
    return proposal.sender_name or proposal.sender_address or _("Someone")


def _when(day: date, *, now: datetime) -> str:
    if (now.date() - day).days in (0, 1):
        return dates.age(day, now=now)
    return _("on %(day)s") % {"day": dates.short_day(day, now=now)}
