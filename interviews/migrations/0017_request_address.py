from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0016_errors_set_aside"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="coachingrequest", name="coaching_request_to"),
        migrations.AddIndex(
            model_name="coachingrequest",
            index=models.Index(fields=["address"], name="coaching_request_to"),
        ),
    ]
