from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0015_canonical_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="coach",
            name="digest_error",
            field=models.TextField(
                blank=True, db_default="", default="", verbose_name="error of the morning mail"
            ),
        ),
        migrations.AddField(
            model_name="learned",
            name="error",
            field=models.TextField(
                blank=True, db_default="", default="", verbose_name="last error"
            ),
        ),
        migrations.AddIndex(
            model_name="coach",
            index=models.Index(
                condition=models.Q(("digest_error", ""), _negated=True),
                fields=["id"],
                name="coach_aside",
            ),
        ),
        migrations.AddIndex(
            model_name="learned",
            index=models.Index(
                condition=models.Q(("error", ""), _negated=True),
                fields=["id"],
                name="learned_aside",
            ),
        ),
    ]
