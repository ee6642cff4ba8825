import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_departure_error")]

    operations = [
        # Functions of PostgreSQL write and erase this table by its name, which stays.
        migrations.AlterModelTable("recordentry", "accounts_recordentry"),
        migrations.RenameModel("RecordEntry", "AuditEntry"),
        migrations.RenameModel("Departure", "DeletionRequest"),
        migrations.RenameModel("AddressChange", "EmailChange"),
        migrations.AlterField(
            "deletionrequest",
            "user",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="deletion_request",
                serialize=False,
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AlterField(
            "emailchange",
            "user",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="email_changes",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
    ]
