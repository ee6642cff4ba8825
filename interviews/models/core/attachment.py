"""A file that the candidate sent with an application: a CV, a letter.

It is stored in the database, so that a backup of the database is whole and no web server can serve
it by itself. Lists must defer `content`.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from accounts.sanitize import readable
from interviews.models.checked_row import CheckedRow
from interviews.models.core.vacancy import Vacancy

ATTACHMENT_BYTES_MAX = 2 * 1024 * 1024
ATTACHMENTS_PER_POSITION_MAX = 5
# Of a candidate's files together: they travel in the export, as text.
ATTACHED_BYTES_MAX = 40 * 1024 * 1024
NAME_MAX = 200
PDF_BEGINS, PDF_ENDS = b"%PDF-", b"%%EOF"
# Within how many bytes at its ends a PDF has its marks; programs add some before and after.
PDF_MARKED_WITHIN = 1024
# What no text has: control characters but tabs, line and page breaks.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What a name neither begins nor ends with.
EDGES = re.compile(r"^[\s.]+|[\s.]+$")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Attachment(CheckedRow):
    class ContentType(models.TextChoices):
        PDF = "application/pdf", _("PDF")
        TEXT = "text/plain", _("text")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    vacancy = models.ForeignKey(
        Vacancy, models.CASCADE, related_name="attachments", verbose_name=_("position")
    )
    name = models.CharField(_("file name"), max_length=NAME_MAX)
    content_type = models.CharField(_("type"), max_length=20, choices=ContentType)
    size = models.PositiveIntegerField(_("bytes"))
    content = models.BinaryField(_("content"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="attachment_has_name"),
            models.CheckConstraint(
                condition=Q(size__range=(1, ATTACHMENT_BYTES_MAX)), name="attachment_size_in_range"
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=["application/pdf", "text/plain"]),
                name="attachment_type_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What it says of itself is what its content shows."""
        kind = type_of(bytes(self.content))
        if kind is None or kind != self.content_type or self.size != len(self.content):
            raise ValidationError(_("Choose a PDF or a text file."))
        if self.name != file_name(self.name, kind):
            raise ValidationError({"name": [_("Give the file a simple name, such as cv.pdf.")]})


def type_of(content: bytes) -> Attachment.ContentType | None:
    """Told by the content, since a name can say anything; None for all but PDF and text."""
    if content.startswith(PDF_BEGINS):
        is_whole = PDF_ENDS in content[-PDF_MARKED_WITHIN:]
        return Attachment.ContentType.PDF if is_whole else None
    try:
        encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
        text = content.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")  # as older programs on Windows write
        except UnicodeDecodeError:
            return None
    return None if NO_TEXT.search(text) else Attachment.ContentType.TEXT


def file_name(name: str, kind: Attachment.ContentType) -> str:
    """The last part of a path, visible and short, with the ending that its type has."""
    ending = ".pdf" if kind == Attachment.ContentType.PDF else ".txt"
    last = re.split(r"[/\\]", readable(name, has_lines=False))[-1]
    last = EDGES.sub("", last)
    stem = last[: -len(ending)] if last.lower().endswith(ending) else last
    return f"{EDGES.sub('', EDGES.sub('', stem)[: NAME_MAX - len(ending)]) or 'file'}{ending}"
