"""What a candidate does about missing competences."""

from datetime import datetime

from django.db import transaction

from interviews.models import Competence
from interviews.services.statistics import recompute_statistics_soon


@transaction.atomic
def plan_competence(*, competence: Competence, now: datetime) -> Competence:
    """Save the changed plan and the day on which work on it began."""
    competence.full_clean()
    competence.save(update_fields=["plan", "working_since_on"])
    recompute_statistics_soon([competence.candidate_id], now=now)
    return competence
