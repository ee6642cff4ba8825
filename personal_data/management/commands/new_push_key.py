"""`manage.py new_push_key`: a new key pair for notifications, if the former one is lost."""

from typing import Any

from django.core.management.base import BaseCommand

from reminders.push_keys import replace_pair


class Command(BaseCommand):
    help = (
        "Make a new key pair for notifications. Run it if the former one was encrypted with a "
        "SECRET_KEY that is lost, or is known to somebody else: all devices must be added again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"There is a new key; {replace_pair()} devices must be added again.")
