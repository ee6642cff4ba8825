"""`manage.py reencrypt_factors`: encrypt second factors, and whatever else is kept encrypted, with
the present SECRET_KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services import reencrypt_factors


class Command(BaseCommand):
    help = (
        "Seal the secrets of second factors, of devices with notifications and of channels, with "
        "the present SECRET_KEY. Run it before a key is taken out of SECRET_KEY_FALLBACKS: what "
        "only that one opens would be lost."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count, unread = reencrypt_factors()
        self.stdout.write(f"{count - unread} of {count} are sealed with the present SECRET_KEY.")
        if unread:
            raise CommandError(
                f"{unread} can be opened by neither SECRET_KEY nor SECRET_KEY_FALLBACKS."
            )
