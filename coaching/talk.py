"""What a coach takes along to a talk with a candidate: what happened since they last spoke, and
what was missing more than once. All of it is shared with the coach at that moment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from coaching.permissions import CoachScope
from interviews.models import Candidate, CoachNote, Contact, Interview, Proposal
from interviews.models.core.contact import Channel

MOST = 12  # of each list, on half a page


@dataclass(frozen=True, slots=True)
class SkillGap:
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Talk:
    since: date
    held: Sequence[Interview]  # without a result in `results`
    results: Sequence[Interview]  # the newest first
    calls: int
    letters: int
    answered: Sequence[Proposal]  # the coach's own suggestions
    unanswered: Sequence[Proposal]
    notes: Sequence[CoachNote]  # the coach's own, the newest first
    gaps: Sequence[SkillGap]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has happened."""
        lists = (self.held, self.results, self.answered)
        return not (any(lists) or self.calls or self.letters)


def last_spoken_on(sharing: CoachScope, candidate: Candidate) -> date | None:
    """The day of the coach's newest note about the whole job search. A note of today may be for the
    talk that is still to come."""
    about = CoachNote.About.CANDIDATE
    today = sharing.now.astimezone(candidate.zone).date()
    own = sharing.notes().filter(
        coaching__candidate=candidate,
        about=about,
        written_at__lt=datetime.combine(today, time(), candidate.zone),
    )
    at = own.order_by("-written_at").values_list("written_at", flat=True).first()
    return None if at is None else at.astimezone(candidate.zone).date()


def talk_of(sharing: CoachScope, candidate: Candidate, *, since: date, now: datetime) -> Talk:
    """Eight queries. `since` is a day of the candidate's calendar."""
    from_at = datetime.combine(since, time(), candidate.zone)
    shared = sharing.interviews().of(candidate).not_cancelled().with_parties()
    held = shared.filter(starts_at__gte=from_at, starts_at__lte=now).order_by("starts_at", "pk")
    whole = sharing.whole_interviews().of(candidate)
    known = whole.with_parties().filter(result__known_at__gte=from_at, result__known_at__lte=now)
    results = list(known.order_by("-result__known_at", "pk")[:MOST])
    own = sharing.proposals().filter(interview__candidate=candidate)
    notes = sharing.notes().filter(coaching__candidate=candidate, written_at__gte=from_at)
    touched = Counter(
        Contact.objects.filter(
            interview__in=whole,
            direction=Contact.Direction.OUT,
            at__gte=from_at,
            at__lte=now,
        ).values_list("channel", flat=True)
    )
    calls = touched.pop(Channel.PHONE, 0)
    open_ones = own.filter(answer="", withdrawn_at__isnull=True)
    return Talk(
        since=since,
        held=list(held.exclude(pk__in=[each.pk for each in results])[:MOST]),
        results=results,
        calls=calls,
        letters=touched.total(),
        answered=list(own.filter(answered_at__gte=from_at).order_by("-answered_at")[:MOST]),
        unanswered=list(open_ones.order_by("-proposed_at")[:MOST]),
        notes=list(notes.order_by("-written_at")[:MOST]),
        gaps=_gaps(sharing, candidate),
    )


def _gaps(sharing: CoachScope, candidate: Candidate) -> list[SkillGap]:
    """What was missing more than once, the most frequent first, whenever that was."""
    rows = sharing.whole_interviews().of(candidate).filter(result__competences__isnull=False)
    counts = Counter(rows.order_by().values_list("result__competences__name", flat=True))
    return [SkillGap(name, count) for name, count in counts.most_common(MOST) if count > 1]
