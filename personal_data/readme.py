"""The file of an export that describes the others."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User


def readme(user: User, *, now: datetime) -> str:
    """In the reader's language, with line breaks that every editor shows."""
    said = [
        _("Hearback: everything that is yours"),
        _("Of %(address)s, as it was on %(moment)s.")
        % {"address": user.email, "moment": now.strftime("%Y-%m-%d %H:%M %Z")},
        _(
            "Keep this file to yourself. It tells of your search for a job, and of people who"
            " trusted you with their names and numbers."
        ),
        _(
            "facts: every fact, a file for each kind and a line for each entry. These files are"
            " read when you bring the export into another Hearback, under Settings or by “manage.py"
            " import_export”. Hand them over as they are, in the zip."
        ),
        _(
            "tables: the same facts, a file for each kind, for a spreadsheet program. Moments are"
            " in UTC (+00:00); days and times of day are as they were said. A text that a"
            " spreadsheet would take for a formula has an apostrophe before it."
        ),
        _(
            "calendar.ics: your interviews and what you wait for, to be opened by a calendar"
            " program. Left out where you have no search of your own."
        ),
        _(
            "people.vcf: the people you met, to be opened by an address book. Your notes about"
            " them are not in it, but in “interlocutors”."
        ),
        _(
            "Not in here: passwords, keys and codes, the secret address of your calendar, and what"
            " mails said."
        ),
    ]
    return "\r\n\r\n".join(said) + "\r\n"
