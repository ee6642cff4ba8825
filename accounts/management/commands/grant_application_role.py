"""`manage.py grant_application_role ROLE`: grant a PostgreSQL role the rights to run Hearback."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.roles import grant_application_role


class Command(BaseCommand):
    help = (
        "Let a role of PostgreSQL run Hearback: it may add to the record, not change or delete it. "
        "Run it as the owning role, after each migration. With APPLICATION_PASSWORD in the "
        "environment the role is made, or gets that password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            password = os.environ.get("APPLICATION_PASSWORD")
            grant_application_role(options["role"], password=password)
        except RuntimeError as error:
            raise CommandError(str(error)) from error
