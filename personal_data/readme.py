"""The file of an export that describes the others."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User


def readme(user: User, *, now: datetime) -> str:
    """In the reader's language, with line breaks that every editor shows."""
    said = [
        _("Hearback: your data"),
        _("Exported for %(address)s on %(moment)s.")
        % {"address": user.email, "moment": now.strftime("%Y-%m-%d %H:%M %Z")},
        _(
            "Keep this file private. It’s about your job search and people who trusted you with "
            "their names and numbers."
        ),
        _(
            "facts: all your data, a file for each kind and a line for each entry. These are the "
            "only files Hearback reads when you import this export, in Settings or with “manage.py "
            "import_export”. Import the whole zip as it is."
        ),
        _(
            "facts/attachments.jsonl: the files you kept with positions, written as text (Base64). "
            "You can download them one by one in Hearback."
        ),
        _(
            "tables: the same data as spreadsheets, one file per kind. Timestamps are in UTC "
            "(+00:00). Dates and times of day are as you entered them. Text that a spreadsheet "
            "would read as a formula starts with an apostrophe."
        ),
        _(
            "calendar.ics: your interviews and the answers you’re waiting for, for your "
            "calendar app. Not included if you have no job search."
        ),
        _(
            "people.vcf: your contacts, for your address book. Your notes about them are in "
            "“interlocutors”."
        ),
        _(
            "Not included: passwords, passkeys and codes, your calendar link and the text of "
            "emails."
        ),
    ]
    return "\r\n\r\n".join(said) + "\r\n"
