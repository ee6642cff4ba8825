"""Files that the candidate keeps with a position: the CV and the letter as they were sent."""

from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from interviews.models import (
    ATTACHED_BYTES_MAX,
    ATTACHMENT_BYTES_MAX,
    ATTACHMENTS_PER_POSITION_MAX,
    Attachment,
    Candidate,
    Vacancy,
)
from interviews.models.core.attachment import file_name, type_of
from interviews.services import locks
from interviews.services.checks import refuse


@transaction.atomic
def attach_file(*, vacancy: Vacancy, name: str, content: bytes) -> Attachment:
    """Keep a PDF or a text, told by its content; the same file sent twice is kept once."""
    kind = _checked_type(content)
    locks.lock_candidate(vacancy.candidate_id)
    kept = Attachment.objects.filter(vacancy=vacancy)
    named = file_name(name, kind)
    again = kept.filter(name=named, size=len(content), content=content).first()
    if again is not None:
        return again
    if kept.count() >= ATTACHMENTS_PER_POSITION_MAX:
        raise refuse(
            "file",
            _("A position has room for %(most)d files. Delete one first.")
            % {"most": ATTACHMENTS_PER_POSITION_MAX},
        )
    if _total(vacancy.candidate_id) + len(content) > ATTACHED_BYTES_MAX:
        raise refuse(
            "file",
            _("Your files fill %(most)d MB, the most we keep. Delete some first.")
            % {"most": ATTACHED_BYTES_MAX // 2**20},
        )
    attachment = Attachment(
        vacancy=vacancy, name=named, content_type=kind, size=len(content), content=content
    )
    attachment.full_clean()
    attachment.save()
    return attachment


@transaction.atomic
def delete_attachment(*, attachment: Attachment) -> None:
    locks.lock_candidate(attachment.vacancy.candidate_id)
    attachment.delete()


def are_too_many(candidate: Candidate) -> bool:
    """Whether there are more than could have been attached one by one; for an import."""
    counted = Vacancy.objects.filter(candidate=candidate).annotate(count=Count("attachments"))
    is_over = counted.filter(count__gt=ATTACHMENTS_PER_POSITION_MAX).exists()
    return is_over or _total(candidate.pk) > ATTACHED_BYTES_MAX


def _total(candidate_id: UUID) -> int:
    kept = Attachment.objects.filter(vacancy__candidate=candidate_id)
    return kept.aggregate(total=Sum("size"))["total"] or 0


def _checked_type(content: bytes) -> Attachment.ContentType:
    if not content:
        raise refuse("file", _("This file is empty. Choose another one."))
    if len(content) > ATTACHMENT_BYTES_MAX:
        raise refuse("file", _("This file is too large. Choose one up to 2 MB."))
    kind = type_of(content)
    if kind is None:
        raise refuse("file", _("Choose a PDF or a text file."))
    return kind
