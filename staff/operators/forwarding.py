"""Forwarded mails without their content, and what they seemed to say."""

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from interviews.models import InboundAddress, InboundMail, InboundState, MailProposal
from staff.read_only import ReadOnlyAdmin


@admin.register(InboundAddress)
class InboundAddressAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("candidate", "created_at")
    list_select_related = ("candidate__user",)
    exclude = ("local_part",)


@admin.register(InboundMail)
class InboundMailAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("received_at", "candidate", "kind", "kept", "tries", "try_at", "read_at")
    list_select_related = ("candidate__user",)
    fields = ("candidate", "received_at", "kind", "kept", "tries", "try_at", "read_at")
    readonly_fields = ("kept",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[InboundMail]:
        rows: QuerySet[InboundMail] = super().get_queryset(request)
        return rows.defer("raw").annotate(kept=Length("raw"))

    @admin.display(description=_("bytes kept"))
    def kept(self, mail: InboundMail) -> int:
        return int(getattr(mail, "kept", 0))


@admin.register(MailProposal)
class MailProposalAdmin(ReadOnlyAdmin):
    """How it was read and answered: no person reads the emails, so neither who wrote nor what, and
    never codes and links that confirm forwarding."""

    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("created_at", "candidate", "kind", "status", "corrected_kind", "answered_at")
    list_filter = ("status",)
    list_select_related = ("candidate__user",)
    exclude = (
        *("sender_name", "sender_address", "subject", "excerpt", "choices"),
        *("details", "digest"),
    )


@admin.register(InboundState)
class InboundStateAdmin(ReadOnlyAdmin):
    list_display = ("read", "proposed", "unreadable", "listened_at")
