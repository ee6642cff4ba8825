"""What was lacking, how often, and whether it is less so since the candidate works on it."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from interviews.learned.figures import Lacking
from interviews.learned.waits import ANSWERS
from interviews.models import Candidate, Competence, Result


def count_lacking(candidate: Candidate) -> list[Lacking]:
    """The most frequent first. Two queries."""
    zone = candidate.zone
    told = Result.objects.filter(interview__candidate=candidate, interview__cancelled_at=None)
    answers: list[date] = []
    lacking: dict[UUID, list[date]] = defaultdict(list)
    seen: set[UUID] = set()
    # In no order: by the newest first PostgreSQL would walk through everybody's.
    rows = told.order_by().values_list("pk", "kind", "known_at", "competences")
    for pk, kind, known_at, competence in rows:
        known_on = known_at.astimezone(zone).date()
        if pk not in seen and (kind in ANSWERS or competence is not None):
            seen.add(pk)
            answers.append(known_on)
        if competence is not None:
            lacking[competence].append(known_on)
    competences = Competence.objects.filter(candidate=candidate, pk__in=list(lacking))
    counted = [_lacking(each, lacking[each.pk], answers) for each in competences]
    return sorted(counted, key=lambda each: (-each.times, each.name))


def _lacking(competence: Competence, days: list[date], answers: list[date]) -> Lacking:
    since = competence.working_since_on
    told = Lacking(str(competence.pk), competence.name, len(days), max(days).isoformat())
    if since is None:
        return told
    return Lacking(
        competence=told.competence,
        name=told.name,
        times=told.times,
        last_on=told.last_on,
        working_since_on=since.isoformat(),
        before=sum(day < since for day in answers),
        before_lacking=sum(day < since for day in days),
        since=sum(day >= since for day in answers),
        since_lacking=sum(day >= since for day in days),
    )
