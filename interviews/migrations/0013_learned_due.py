"""Whoever has interviews already gets figures with the first reckoning."""

from django.db import migrations
from django.utils import timezone

BATCH = 1_000


def ask_for_all(apps, schema_editor):
    Learned = apps.get_model("interviews", "Learned")
    candidates = apps.get_model("interviews", "Candidate").objects.order_by("pk")
    now = timezone.now()
    batch = []
    for pk in candidates.values_list("pk", flat=True).iterator(chunk_size=BATCH):
        batch.append(Learned(candidate_id=pk, due_at=now))
        if len(batch) == BATCH:
            Learned.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    Learned.objects.bulk_create(batch, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0012_learned")]

    operations = [migrations.RunPython(ask_for_all, migrations.RunPython.noop)]
