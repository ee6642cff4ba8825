"""How often competences were missing, and whether less so since the candidate works on them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from uuid import UUID

from insights.statistics.figures import SkillGap
from insights.statistics.spans import Span
from interviews.models import Candidate, Competence


def count_skill_gaps(candidate: Candidate, waits: Iterable[Span]) -> list[SkillGap]:
    """The most frequent first. One query from the candidate's competences: results lead to the
    candidate only through interviews, of which PostgreSQL would scan everybody's."""
    known = (wait.known_on for wait in waits if not wait.is_withdrawn)
    results = [day for day in known if day is not None]
    rows = (
        Competence.objects.filter(candidate=candidate, results__isnull=False)
        .order_by("pk")
        .values_list("pk", "name", "working_since_on", "results__known_at")
    )
    zone = candidate.zone
    counted = [
        _skill_gap(key, [known_at.astimezone(zone).date() for *_key, known_at in group], results)
        for key, group in groupby(rows, key=lambda row: row[:3])
    ]
    return sorted(counted, key=lambda each: (-each.times, each.name))


def _skill_gap(
    key: tuple[UUID, str, date | None], days: Sequence[date], results: Sequence[date]
) -> SkillGap:
    competence, name, since = key
    told = SkillGap(str(competence), name, len(days), max(days).isoformat())
    if since is None:
        return told
    return replace(
        told,
        working_since_on=since.isoformat(),
        before=sum(day < since for day in results),
        before_lacking=sum(day < since for day in days),
        since=sum(day >= since for day in results),
        since_lacking=sum(day >= since for day in days),
    )
