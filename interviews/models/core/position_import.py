"""A file of positions on its way in: uploaded, mapped by the candidate, saved, perhaps undone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.core.candidate import Candidate


class PositionImport(models.Model):
    class State(models.TextChoices):
        MAPPING = "mapping", _("waiting for you")
        RUNNING = "running", _("importing")
        DONE = "done", _("imported")
        FAILED = "failed", _("failed")
        UNDONE = "undone", _("undone")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="position_imports", verbose_name=_("candidate")
    )
    file_name = models.CharField(_("file name"), max_length=200)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.MAPPING)
    # The file's cells, without its columns of passwords (position_import.dump_table); emptied when
    # the import can no longer be undone.
    table = models.TextField(editable=False, blank=True)
    # What the candidate chose: the field of each column, the order of day and month, the year, and
    # the meaning of each word of state.
    choices = models.JSONField(default=dict, blank=True, editable=False)
    rows_total = models.PositiveIntegerField(default=0, editable=False)
    rows_done = models.PositiveIntegerField(default=0, editable=False)
    # How many positions, interviews, people and results it brought or joined.
    counts = models.JSONField(default=dict, blank=True, editable=False)
    # The rows that could not be taken, each with its reason.
    rest = models.JSONField(default=list, blank=True, editable=False)
    # What it created and filled in, with what undoing needs to know.
    changes = models.JSONField(default=list, blank=True, editable=False)
    error = models.TextField(editable=False, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # Another worker may take it over from here on; set while it runs.
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of positions")
        verbose_name_plural = _("imports of positions")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["mapping", "running", "done", "failed", "undone"]),
                name="position_import_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undone"]) | Q(finished_at__isnull=False),
                name="position_import_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
