"""Import an export into this instance, unchanged (docs/export.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from integrations.content_lines_read import UnreadableError
from personal_data.import_ import restore


class Command(BaseCommand):
    help = (
        "Bring an export in: for the account whose address it names, or for another. An account "
        "that is missing is made, with that address taken as verified and without a password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the zip file")
        parser.add_argument("--email", default="", help="the account to bring it into")

    def handle(self, *args: Any, file: Path, email: str, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                brought = restore(file=opened, email=email, now=timezone.now())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        address = brought.candidate.user.email
        self.stdout.write(f"Brought in for {address}; interviews: {brought.interviews}.")
