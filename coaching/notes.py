"""What a coach notes of a candidate, for both or for herself alone."""

from datetime import datetime

from django.db import transaction

from interviews.models import CoachNote


@transaction.atomic
def write_note(*, note: CoachNote, now: datetime) -> CoachNote:
    """Save the built one. What is said of a letter's draft is said to the candidate."""
    note.written_at = now
    note.is_shared = note.is_shared or note.about == CoachNote.About.LETTER
    note.full_clean()
    note.save()
    return note


@transaction.atomic
def delete_note(*, note: CoachNote) -> None:
    CoachNote.objects.filter(pk=note.pk).delete()
