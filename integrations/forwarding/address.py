"""The address that a candidate's mails are forwarded to: made, renewed and revoked."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from interviews.models import Candidate, InboundAddress
from interviews.models.inbound.inbound_address import new_local_part
from interviews.services import locks


def is_offered() -> bool:
    return bool(settings.INBOUND_DOMAIN)


@transaction.atomic
def create_address(*, candidate: Candidate, now: datetime) -> InboundAddress:
    """An existing one stays."""
    locks.lock_candidate(candidate.pk)
    address, _ = InboundAddress.objects.get_or_create(
        candidate=candidate, defaults={"created_at": now}
    )
    return address


@transaction.atomic
def renew_address(*, candidate: Candidate, now: datetime) -> bool:
    """Replace it, and return whether there was one: the old one is unknown at once."""
    addresses = InboundAddress.objects.filter(candidate=candidate)
    return bool(addresses.update(local_part=new_local_part(), created_at=now))


@transaction.atomic
def revoke_address(*, candidate: Candidate) -> None:
    InboundAddress.objects.filter(candidate=candidate).delete()
