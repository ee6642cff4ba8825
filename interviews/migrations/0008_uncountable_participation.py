"""A participation's key stands in the admin's addresses and pages: it must not tell how many there
are. Its number gives way to a key like every other row's; nothing refers to the number."""

from django.db import migrations, models

import accounts.keys

BATCH = 1000


def give_keys(apps, schema_editor):
    rows = apps.get_model("interviews", "Participation").objects
    while keyless := list(rows.filter(key=None).order_by("pk")[:BATCH]):
        for row in keyless:
            row.key = accounts.keys.new_key()
        rows.bulk_update(keyless, ["key"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0007_faults_and_clocks")]

    operations = [
        migrations.AddField("participation", "key", models.UUIDField(null=True)),
        migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("participation", "id"),
        migrations.AlterField(
            "participation",
            "key",
            models.UUIDField(
                default=accounts.keys.new_key, editable=False, primary_key=True, serialize=False
            ),
        ),
        migrations.RenameField("participation", "key", "id"),
    ]
