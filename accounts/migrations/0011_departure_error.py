from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_canonical_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="departure",
            name="error",
            field=models.TextField(
                blank=True, db_default="", default="", verbose_name="last error"
            ),
        ),
    ]
