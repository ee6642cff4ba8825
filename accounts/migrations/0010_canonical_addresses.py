from django.conf import settings
from django.db import migrations
from django.db.models import Q

from accounts.addresses import canonical_address

BATCH = 1000


def make_canonical(apps, schema_editor):
    """One mailbox is one account. Where two of them are there already, both stay as they are, and
    are named: which is to go, nobody but their owner can tell."""
    for user in apps.get_model("accounts", "User").objects.only("email").iterator(BATCH):
        address = canonical_address(user.email)
        other = type(user).objects.filter(email=address).exclude(pk=user.pk).first()
        if other is None:
            _set(user, "email", address)
        else:
            print(f"\n  Two accounts have one mailbox, and both stay: {user.pk}, {other.pk}.")
    for row in apps.get_model("account", "EmailAddress").objects.all().iterator(BATCH):
        address = canonical_address(row.email)
        same = type(row).objects.filter(email=address).exclude(pk=row.pk)
        if not same.filter(Q(user_id=row.user_id) | Q(verified=row.verified)).exists():
            _set(row, "email", address)
    changes = apps.get_model("accounts", "AddressChange").objects.all()
    for column in ("old", "new"):
        for row in changes.only(column).iterator(BATCH):
            _set(row, column, canonical_address(getattr(row, column)))


def _set(row, column, address):
    if getattr(row, column) != address:
        setattr(row, column, address)
        row.save(update_fields=[column])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_device_key"),
        ("account", "0009_emailaddress_unique_primary_email"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(make_canonical, migrations.RunPython.noop)]
