"""For every URL, parameters that lead to one candidate's data, and parameters that lead to
nothing."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls.converters import UUIDConverter

from accounts.email_change_undo import newest_url
from accounts.models import DeletionRequest, User
from interviews.models import (
    CalendarEvent,
    Mail,
    Proposal,
    RefusedAddress,
)
from interviews.queries import push_devices_of
from reminders.signed_links import action_url, unsubscribe_url
from tests.site.addresses import Address
from tests.site.coached import coaching_links
from tests.site.world import OF_POSITION, World

NO_SUCH_KEY = UUID("3c4c4c9e-7a51-4f5e-9d0b-5c3b7f0a1e22")
NO_SUCH_TOKEN = "nonsense"
NO_SUCH_NUMBER = "987654321"
# The lookup from an admin row to its candidate, if neither its page nor its name tells.
LEADS_TO_HER = {
    User: "candidate",
    EmailAddress: "user__candidate",
    CalendarEvent: "feed__candidate",
    DeletionRequest: "user__candidate",
    Mail: "user__candidate",
    RefusedAddress: "address__user__candidate",
}


OF_MESSAGES = ["message-channel", "message-channel-code"]
OF_MESSAGES += [
    f"{each}-{deed}" for each, deed in zip(OF_MESSAGES, ("delete", "send"), strict=True)
]


class Ids:
    def __init__(self, world: World) -> None:
        self.world, self.candidate = world, world.alice

    def of(self, address: Address) -> dict[str, Any]:
        """Parameters that lead to the candidate's data."""
        if not address.parts:
            return {}
        if address.name.startswith("admin:"):
            return self._of_admin(address)
        of_this = self._hers.get(address.name.removeprefix("dashboard:"))
        if isinstance(of_this, dict):
            return of_this
        (part,) = address.parts
        return {part: of_this or self.world.full.pk}

    def guesses(self, address: Address) -> Iterator[dict[str, Any]]:
        """The same shape, leading to nothing."""
        own = self.of(address)
        if not own or "app_label" in own:  # the names of applications are no secret
            return
        keys = [NO_SUCH_KEY, NO_SUCH_NUMBER] if address.name.startswith("admin:") else [NO_SUCH_KEY]
        for key in keys:
            yield {name: self._guess(address, name, own[name], key) for name in own}

    def _guess(self, address: Address, part: str, own: Any, key: Any) -> Any:
        if part in ("name", "content_type_id"):  # an action, a kind
            return own
        is_key = isinstance(address.parts[part], UUIDConverter) or part in ("object_id", "id")
        return key if is_key else NO_SUCH_TOKEN

    @cached_property
    def _hers(self) -> dict[str, Any]:
        full, results = self.world.full, self.candidate.interviews.filter(result__isnull=False)
        person = full.interlocutors.all()[0].pk
        reminder = self.world.reminders["call"]
        imports = self.world.imports
        return {
            "first-steps": self.world.by_step["call"].pk,
            "position-import-detail": imports["mapping"].pk,
            "position-import-preview": imports["mapping"].pk,
            "position-import-delete": imports["mapping"].pk,
            "position-import-continue": imports["failed"].pk,
            "position-import-rest": imports["done"].pk,
            "position-import-undo": imports["done"].pk,
            "position-import-close": imports["done"].pk,
            **dict.fromkeys(OF_MESSAGES, "ntfy"),
            "push-device-delete": push_devices_of(self.candidate)[0].pk,
            "nothing-agreed-delete": self.world.by_step["weigh"].pk,
            "agreement-delete": full.agreements.get().pk,
            "call-noted": full.contacts.filter(outcome="no_answer", direction="out")[0].pk,
            "contact-delete": full.contacts.all()[0].pk,
            "result-delete": full.result.pk,
            "offer": results.filter(result__kind="offer")[0].pk,
            "withdraw": results.filter(result__offer_answer="accepted")[0].pk,
            "interlocutor-detail": person,
            "interlocutor-card": person,
            "interlocutor-update": person,
            "interlocutor-delete": person,
            "vacancy-update": full.vacancy.pk,
            **dict.fromkeys(
                (*OF_POSITION, "position-applied", "position-reopen"), self.world.applied.pk
            ),
            "attachment": self.world.applied.attachments.get().pk,
            "attachment-delete": self.world.applied.attachments.get().pk,
            "company-update": full.vacancy.company.pk,
            "competence-update": full.result.competences.all()[0].pk,
            "insights-csv": "days",
            "mail-link": {"pk": reminder.pk, "name": "called"},
            "mail-link-open": _token(action_url(reminder, "called")),
            "unsubscribe-open": _token(unsubscribe_url(self.candidate)),
            "calendar-feed": self.candidate.calendar_feed.token,
            "accounts:email-change-undo-open": newest_url(self.candidate.user).rsplit("/", 2)[-2],
            # A passkey needs a browser: tests/accounts/test_factors.py covers it.
            **self._of_coaches(),
            "mfa_edit_webauthn": NO_SUCH_TOKEN,
            "mfa_remove_webauthn": NO_SUCH_TOKEN,
        }

    def _of_coaches(self) -> dict[str, Any]:
        coaching = self.candidate.coachings.exclude(accepted_at=None).filter(ended_at=None)[0]
        invitation, request = coaching_links(self.world)
        return {
            "coaching-update": coaching.pk,
            "coaching-end": coaching.pk,
            "coaching-request-answer": self.world.request.pk,
            "coaching-invitation-answer": self.world.got.pk,
            "coaching-invitation-open": invitation.rsplit("/", 2)[-2],
            "coaching-request-open": request.rsplit("/", 2)[-2],
            "proposal-answer": Proposal.objects.filter(coaching=coaching, answer="")[0].pk,
        }

    def _of_admin(self, address: Address) -> dict[str, Any]:
        if "app_label" in address.parts:
            return {"app_label": "interviews"}
        if "content_type_id" in address.parts:
            kind = ContentType.objects.get_for_model(type(self.world.full))
            return {"content_type_id": kind.pk, "object_id": self.world.full.pk}
        (part,) = address.parts
        return {part: self._row(address).pk}

    def _row(self, address: Address) -> Any:
        """A row of the owner of the model that the URL is about, or any row if the owner has
        none."""
        if address.name == "admin:auth_user_password_change":
            return self.candidate.user
        name = address.name.removeprefix("admin:").rpartition("_")[0]
        (found,) = (
            each
            for each in admin.site._registry.items()
            if f"{each[0]._meta.app_label}_{each[0]._meta.model_name}" == name
        )
        model, pages = found
        names = {field.name for field in model._meta.get_fields()}
        path = getattr(pages, "candidate_path", None) or LEADS_TO_HER.get(model)
        path = path or ("candidate" if "candidate" in names else None)
        rows = model._default_manager.filter(**({path: self.candidate.pk} if path else {}))
        row = rows.order_by("pk").first()
        assert row is not None, f"Make a {model.__name__} of alice's in tests/site/visitors.py."
        return row


def _token(url: str) -> str:
    return urlsplit(url).path.split("/")[2]
