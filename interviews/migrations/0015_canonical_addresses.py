from django.db import migrations

from accounts.addresses import canonical_address

BATCH = 1000


def make_canonical(apps, schema_editor):
    for noun, asking in (("Coaching", "candidate"), ("CoachingRequest", "coach")):
        rows = apps.get_model("interviews", noun).objects
        for row in rows.only("address", asking).iterator(BATCH):
            address, others = canonical_address(row.address), rows.exclude(pk=row.pk)
            same = others.filter(address=address, **{asking: getattr(row, f"{asking}_id")})
            if row.address != address and not same.exists():
                rows.filter(pk=row.pk).update(address=address)


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0014_invitation_stamps"),
    ]

    operations = [migrations.RunPython(make_canonical, migrations.RunPython.noop)]
