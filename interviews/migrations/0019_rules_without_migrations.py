from django.db import migrations, models
from django.db.models import Q

from interviews.models.core.interview import rule_choices


class Migration(migrations.Migration):
    dependencies = [("interviews", "0018_rename_models")]

    operations = [
        migrations.AlterField(
            "interview",
            "step_rule",
            models.CharField(blank=True, choices=rule_choices, max_length=20, verbose_name="rule"),
        ),
        migrations.RemoveConstraint("interview", "interview_step_known"),
        migrations.AddConstraint(
            "interview",
            models.CheckConstraint(
                condition=Q(step="", step_rule="")
                | Q(
                    step__in=[
                        *("prepare", "fix_agreement", "weigh", "call", "write"),
                        *("assume_refusal", "close", "let_go", "recontact", "done"),
                    ]
                )
                & ~Q(step_rule=""),
                name="interview_step_known",
            ),
        ),
    ]
