"""A coach's notes about a candidate, shared or private."""

from datetime import datetime

from django.db import transaction

from interviews.models import CoachNote


@transaction.atomic
def write_note(*, note: CoachNote, now: datetime) -> CoachNote:
    """Save an unsaved note. A comment on a letter's draft is always shared."""
    note.written_at = now
    note.is_shared = note.is_shared or note.about == CoachNote.About.LETTER
    note.full_clean()
    note.save()
    return note


@transaction.atomic
def delete_note(*, note: CoachNote) -> None:
    CoachNote.objects.filter(pk=note.pk).delete()
