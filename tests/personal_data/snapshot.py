"""All that is stored of a candidate, row by row and column by column, as it can be compared.

It asks Django's models and not the export, so that what the export forgets is missed here. A key
is told by the place that its row has among those of its kind.
"""

from typing import Any

from django.db.models import Model

from interviews.models import Candidate, Participation, Result, Vacancy
from personal_data.schema import BROUGHT, SETTINGS

Row = dict[str, Any]
Snapshot = dict[str, list[Row]]

OWNERS = {"candidate", "user"}
OWNER_OF = {table.model: table.owner for table in (*BROUGHT, SETTINGS)}
# No other row names their keys; what they join tells their order.
COUNTED = {
    Participation: ("interview_id", "position"),
    Result.competences.through: ("result_id", "competence_id"),
    Vacancy.tags.through: ("vacancy_id", "tag_id"),
}


def snapshot(candidate: Candidate, *, without: dict[str, set[str]] | None = None) -> Snapshot:
    rows = {model: _rows(model, candidate) for model in OWNER_OF}
    places = {model: {row.pk: at for at, row in enumerate(found)} for model, found in rows.items()}
    left = without or {}
    return {
        model.__name__: [_told(row, places, left.get(model.__name__, set())) for row in rows[model]]
        for model in rows
    }


def _rows(model: type[Model], candidate: Candidate) -> list[Model]:
    mine = model._default_manager.filter(**{OWNER_OF[model]: candidate.user_id})
    return list(mine.order_by(*COUNTED.get(model, ("pk",))))


def _told(row: Model, places: dict[type[Model], dict[Any, int]], left: set[str]) -> Row:
    told: Row = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in OWNERS | left or (field.primary_key and type(row) in COUNTED):
            continue
        if field.primary_key:
            value = places[type(row)][value]
        elif field.is_relation and value is not None:
            value = places[field.related_model][value]
        told[field.name] = value
    return told
