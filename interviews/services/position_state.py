"""The stored state of a position: saved, applied, interviewing, offer or closed."""

from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from interviews.models import Interview, Result, Vacancy

# How many keys one query names.
BATCH = 500

_INTERVIEWS = Interview.objects.filter(vacancy=OuterRef("pk"), cancelled_at=None)
_LAST_RESULT = Subquery(
    _INTERVIEWS.order_by("-starts_at", "-pk").values("result__kind")[:1], output_field=CharField()
)
_ENDINGS = [kind for kind in Result.Kind.values if kind != Result.Kind.NEXT_STAGE]
_OPEN_OFFERS = _INTERVIEWS.filter(result__kind=Result.Kind.OFFER).exclude(
    result__offer_answer__in=[Result.Answer.ACCEPTED, Result.Answer.DECLINED]
)

# An offer that waits for an answer counts whatever else is going on; otherwise the last interview
# tells.
STATE = Case(
    When(~Q(closing_reason=""), then=Value(Vacancy.State.CLOSED.value)),
    When(Exists(_OPEN_OFFERS), then=Value(Vacancy.State.OFFER.value)),
    When(Q(last_result__in=_ENDINGS), then=Value(Vacancy.State.CLOSED.value)),
    When(Exists(_INTERVIEWS), then=Value(Vacancy.State.IN_TALKS.value)),
    default=F("declared_state"),
    output_field=CharField(),
)


def wrong_states(vacancies: QuerySet[Vacancy]) -> dict[UUID, str]:
    """The right state of each whose stored state is not what its facts say, by key."""
    told = vacancies.annotate(last_result=_LAST_RESULT).annotate(right_state=STATE)
    wrong = told.exclude(state=F("right_state")).order_by("pk")
    return dict(wrong.values_list("pk", "right_state"))


def recompute_states(vacancies: QuerySet[Vacancy]) -> None:
    """Runs in the transaction that changes the facts, which holds the candidate's lock."""
    wrong = wrong_states(vacancies)
    for state in sorted(set(wrong.values())):
        keys = [pk for pk, right in wrong.items() if right == state]
        for start in range(0, len(keys), BATCH):
            Vacancy.objects.filter(pk__in=keys[start : start + BATCH]).update(state=state)
