import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interviews", "0017_request_address")]

    operations = [
        migrations.RenameModel("Learned", "Statistics"),
        migrations.RenameModel("LearnedState", "StatisticsState"),
        migrations.RenameField("statistics", "belief", "posterior"),
        migrations.RenameField("statistics", "learned_at", "computed_at"),
        migrations.AlterField(
            "statistics",
            "candidate",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="statistics",
                to="interviews.candidate",
                verbose_name="candidate",
            ),
        ),
    ]
