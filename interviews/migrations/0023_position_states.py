"""Give each position the state that its interviews tell."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Case, Exists, OuterRef, Subquery, Value, When


def set_states(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As services/position_state.py has it at this migration; nothing else is stored yet."""
    Interview = apps.get_model("interviews", "Interview")
    interviews = Interview.objects.filter(vacancy=OuterRef("pk"), cancelled_at=None)
    offers = interviews.filter(result__kind="offer").exclude(
        result__offer_answer__in=["accepted", "declined"]
    )
    last = Subquery(interviews.order_by("-starts_at", "-pk").values("result__kind")[:1])
    endings = ["offer", "refusal", "assumed_refusal", "withdrawn", "no_response"]
    vacancies = apps.get_model("interviews", "Vacancy").objects.annotate(last=last)
    state = Case(
        When(Exists(offers), then=Value("offer")),
        When(last__in=endings, then=Value("closed")),
        When(Exists(interviews), then=Value("in_talks")),
        default=Value("saved"),
    )
    vacancies.update(state=state)


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0022_positions"),
    ]

    operations = [
        migrations.RunPython(set_states, migrations.RunPython.noop),
    ]
