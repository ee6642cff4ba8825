"""`manage.py remove_factors EMAIL`: for a user who lost every second factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.addresses import canonical_address
from accounts.models import User
from accounts.services import remove_factors


class Command(BaseCommand):
    help = (
        "Remove all passkeys, authenticator apps and recovery codes of an account, after its owner "
        "proved who it is. For the last operator; others can do it in the admin. The owner is told "
        "by mail, and the record says so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        user = User.objects.filter(email=canonical_address(email)).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email}.")
        count = remove_factors(user, actor=None, now=timezone.now())
        if not count:
            raise CommandError(f"{email} doesn’t use two-step sign-in.")
        self.stdout.write(f"{count} removed; {email} was told by mail.")
