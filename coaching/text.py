"""Sentences about what is shared with a coach, and about proposals.

Why an interview needs a coach is in `interviews.text`, with each rule's other sentences.
"""

from datetime import date, datetime, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interviews.models import Proposal
from interviews.text import dates


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


def proposal_text(proposal: Proposal, *, now: datetime) -> str:
    """For example: You proposed: call by Friday 20 November – accepted."""
    values = {"step": step_text(proposal, now=now), "answer": proposal.get_answer_display()}
    if not proposal.answer:
        return _("You suggested: %(step)s (no answer yet).") % values
    return _("You suggested: %(step)s (%(answer)s).") % values


def step_text(proposal: Proposal, *, now: datetime) -> str:
    """For example: Call by Friday 20 November; for other proposals their own words."""
    is_other = proposal.action == proposal.Action.OTHER
    step = f"“{proposal.words}”" if is_other else str(proposal.get_action_display())
    if proposal.by_on is None:
        return step
    values = {"step": step, "day": dates.day(proposal.by_on, now=now)}
    return _("%(step)s by %(day)s") % values


def with_zone(said: str, *, at: datetime, now: datetime, reader: tzinfo) -> str:
    """For example: 20 Nov, 10:00 (Asia/Tokyo)"""
    if _is_same_clock(at, now, reader):
        return said
    return _("%(said)s (%(zone)s)") % {"said": said, "zone": now.tzinfo}


def in_zone(said: str, *, starts_at: datetime, now: datetime, reader: tzinfo) -> str:
    """Name the zone if the reader's clock shows another time."""
    if _is_same_clock(starts_at, now, reader):
        return said
    return _("%(said)s Times are in %(zone)s.") % {"said": said, "zone": now.tzinfo}


def _is_same_clock(at: datetime, now: datetime, reader: tzinfo) -> bool:
    return at.astimezone(reader).utcoffset() == at.astimezone(now.tzinfo).utcoffset()
