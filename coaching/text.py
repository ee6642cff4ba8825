"""What is said about sharing with a coach, about proposals, and in a few words about a step.

The sentences on why an interview needs a coach are in `interviews.text`, with each rule's others.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import time_zones
from coaching.matters import URGENT, Matter
from interviews.models import Proposal
from interviews.rules import NextStep, Rule
from interviews.text import dates, step_label


def shared(what: str, count: int | None, last_day: date | None, *, now: datetime) -> str:
    """For example: next steps only, for every position, later ones too, until one of you ends it"""
    values = {"what": what, "reach": reach(count), "lasts": lasts(last_day, now=now)}
    return _("%(what)s, %(reach)s, %(lasts)s") % values


def reach(count: int | None) -> str:
    """The number of positions; None for all. Their names stay out of mails."""
    if count is None:
        return _("for all positions, including later ones")
    said = ngettext("for one position", "for %(count)s positions", count)
    return said % {"count": count}


def lasts(last_day: date | None, *, now: datetime) -> str:
    if last_day is None:
        return _("until one of you stops sharing")
    return _("until %(day)s") % {"day": dates.day(last_day, now=now)}


def opened_since() -> str:
    return _(
        "You’ve opened another invitation in a second tab, so your answer wasn’t saved. This is "
        "the one you opened last. Check the name and answer again."
    )


def proposes(name: str, action: str, by_on: date | None, *, now: datetime) -> str:
    """For example: Bob Brown proposes: call by Thursday 26 November"""
    said = {
        "call": _("%(name)s suggests you call"),
        "write": _("%(name)s suggests you write"),
        "prepare": _("%(name)s suggests you prepare for the interview"),
    }.get(action, _("%(name)s suggests a next step"))
    return _by(said % {"name": name}, by_on, now=now)


def proposed_by(name: str, action: str, by_on: date | None, *, now: datetime) -> str:
    """For example: As Bob Brown proposed: call by Thursday 26 November"""
    said = {
        "call": _("%(name)s suggested calling"),
        "write": _("%(name)s suggested writing"),
        "prepare": _("%(name)s suggested preparing for the interview"),
    }.get(action, _("%(name)s suggested a next step"))
    return _by(said % {"name": name}, by_on, now=now)


def _by(said: str, by_on: date | None, *, now: datetime) -> str:
    if by_on is None:
        return said
    return _("%(said)s by %(day)s") % {"said": said, "day": dates.day(by_on, now=now)}


def heading(needing: Sequence[str], *, others: int) -> str:
    """For example: 3 candidates need you. `needing` are the names of candidates with something
    urgent, `others` counts those with anything else."""
    if len(needing) == 1:
        return _("%(name)s needs you") % {"name": needing[0]}
    if needing:
        return _("%(count)d candidates need you") % {"count": len(needing)}
    if others:
        return _("Nothing is urgent today.")
    return _("Nothing needs your attention right now.")


def waiting(count: int) -> str:
    """Of those under a heading that counts who needs the coach: the others."""
    said = ngettext("%(count)d other can wait", "%(count)d others can wait", count)
    return said % {"count": count}


def urgent(counts: Mapping[Matter, int], *, coming: int) -> list[str]:
    """For example: 1 missed call, 2 open offers, 22 promised dates passed, 3 interviews to prepare
    for"""
    calls, offers, promises = (counts.get(each, 0) for each in URGENT)
    said = [
        calls and ngettext("%(count)d missed call", "%(count)d missed calls", calls),
        offers and ngettext("%(count)d offer to answer", "%(count)d offers to answer", offers),
        promises
        and ngettext("%(count)d promised date passed", "%(count)d promised dates passed", promises),
        coming
        and ngettext(
            "%(count)d interview to prepare for", "%(count)d interviews to prepare for", coming
        ),
    ]
    numbers = (calls, offers, promises, coming)
    return [each % {"count": n} for each, n in zip(said, numbers, strict=True) if each]


def sent_today(count: int) -> str:
    said = ngettext("%(count)d suggestion sent today", "%(count)d suggestions sent today", count)
    return said % {"count": count}


def by_day(day: date, *, now: datetime) -> str:
    """An offer's last day in a row, for example: by Wed 2 Dec"""
    return _("by %(day)s") % {"day": dates.row_day(day, now=now)}


def since_day(day: date, *, now: datetime) -> str:
    """For example: since 25 Nov"""
    return _("since %(day)s") % {"day": dates.brief_day(day, now=now)}


def with_last_day(said: str, by_on: date, *, now: datetime) -> str:
    values = {"said": said, "day": dates.day(by_on, now=now)}
    return _("%(said)s The answer is due by %(day)s.") % values


def suggested(proposal: Proposal, *, now: datetime, is_short: bool = False) -> str:
    """The coach's last word, for a row, for example: Suggested 28 Nov, no answer yet"""
    values = {"day": dates.brief_day(proposal.proposed_at.astimezone(now.tzinfo).date(), now=now)}
    if is_short and not proposal.answer:
        return _("Suggested %(day)s") % values
    if is_short:
        return _("Done") if proposal.done_at else _("Accepted")
    if proposal.done_at:
        return _("Suggested %(day)s, done") % values
    if proposal.answer:
        return _("Suggested %(day)s, accepted") % values
    return _("Suggested %(day)s, no answer yet") % values


def called(person: str | None, day: date, *, now: datetime) -> str:
    """Of a missed call, for example: Omar Haddad called yesterday"""
    values = {"person": person, "age": dates.age(day, now=now)}
    return (_("%(person)s called %(age)s") if person else _("They called %(age)s")) % values


def offer_of(day: date, *, now: datetime) -> str:
    """For example: Offer of 29 Nov"""
    if day == now.date():
        return _("Offer received today")
    return _("Offer of %(day)s") % {"day": dates.brief_day(day, now=now)}


def letter_of(day: date, *, now: datetime) -> str:
    """An unanswered one, for example: Wrote on 14 Nov"""
    return _("Wrote on %(day)s") % {"day": dates.brief_day(day, now=now)}


def from_day(day: date, *, now: datetime) -> str:
    """When a step can be done, for example: from 7 Dec"""
    return _("from %(day)s") % {"day": dates.brief_day(day, now=now)}


CALL_BACK = gettext_lazy("Call back")
OPEN_OFFER = gettext_lazy("Offer to answer")
UNAGREED = gettext_lazy("Who calls, and by when?")
# Why a step needs a coach, in a row that says how late it is.
_REASONS: dict[Rule, Promise] = {
    Rule.PROMISE_LAPSED: gettext_lazy("No call yet"),
    Rule.YOUR_TURN: gettext_lazy("Agreed to get in touch"),
    Rule.MAY_NOT_CALL: gettext_lazy("No letter yet"),
    Rule.MISSED_CALL: gettext_lazy("Not called back"),
    Rule.WINDOW_OPEN: gettext_lazy("Worth a call?"),
    Rule.WINDOW_CLOSED: gettext_lazy("Long enough, time to call"),
    Rule.ALREADY_ASKED: gettext_lazy("Followed up once"),
    Rule.NOT_REACHED: gettext_lazy("No one answered the call"),
    Rule.LETTER_UNANSWERED: gettext_lazy("No reply to the letter"),
    Rule.SILENCE_IS_REFUSAL: gettext_lazy("Counts as a no"),
    Rule.NOT_INTERESTED: gettext_lazy("Rated low"),
    Rule.LEARN_FROM_REFUSAL: gettext_lazy("Ask what was missing"),
    Rule.KEPT_ON_FILE: gettext_lazy("Kept on file"),
}


def reason(step: NextStep[Any]) -> str:
    """For example: No call yet"""
    said = _REASONS.get(step.rule)
    return step_label(step.step) if said is None else str(said)


def with_zone(said: str, *, at: datetime, now: datetime, reader: tzinfo) -> str:
    """For example: 20 Nov, 10:00 (Tokyo time)"""
    if _is_same_clock(at, now, reader):
        return said
    return _("%(said)s (%(zone)s)") % {"said": said, "zone": time_zones.spoken(str(now.tzinfo))}


def in_zone(said: str, *, starts_at: datetime, now: datetime, reader: tzinfo) -> str:
    """Name the zone if the reader's clock shows another time."""
    if _is_same_clock(starts_at, now, reader):
        return said
    return _("%(said)s Times are %(zone)s.") % {
        "said": said,
        "zone": time_zones.spoken(str(now.tzinfo)),
    }


def _is_same_clock(at: datetime, now: datetime, reader: tzinfo) -> bool:
    return at.astimezone(reader).utcoffset() == at.astimezone(now.tzinfo).utcoffset()
