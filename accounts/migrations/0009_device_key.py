from uuid import uuid4

from django.db import migrations, models

BATCH = 1000


def give_keys(apps, schema_editor):
    users = apps.get_model("accounts", "User")
    batch = []
    for user in users.objects.filter(device_key=None).only("pk").iterator(BATCH):
        user.device_key = uuid4()
        batch.append(user)
        if len(batch) == BATCH:
            users.objects.bulk_update(batch, ["device_key"])
            batch = []
    users.objects.bulk_update(batch, ["device_key"])


class Migration(migrations.Migration):
    # On PostgreSQL a table whose rows were changed cannot be altered before they are committed.
    atomic = False

    dependencies = [
        ("accounts", "0008_gone_for_good"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="device_key",
            field=models.UUIDField(default=None, null=True, editable=False),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="user",
            name="device_key",
            field=models.UUIDField(default=uuid4, editable=False, unique=True),
        ),
    ]
