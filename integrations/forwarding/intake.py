"""What the server asks and stores for each mail: whose address it is, and the mail as a row.

The owner is found by the envelope's recipient alone: whatever stands in the mail was written by
somebody else.
"""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce, Length

from accounts import rate_limits
from interviews import access
from interviews.models import InboundAddress, InboundMail

# Of mails that nobody has answered yet: who knows an address must not fill the disk.
KEPT_BYTES_MAX = 200 * 2**20


class Reply(StrEnum):
    """What the server answers, with the codes of RFC 3463."""

    RECIPIENT = "250 2.1.5 Recipient known"
    KEPT = "250 2.6.0 Kept"
    UNKNOWN = "550 5.1.1 No such mailbox here"
    BUSY = "451 4.7.1 Too many emails, try again later"
    FULL = "452 4.2.2 Mailbox full, try again later"
    AWAY = "451 4.3.0 Try again later"
    CROWD = "452 4.5.3 Too many recipients at once"


def check_recipient(recipient: str, peer: str) -> Reply:
    """Unknown recipients count for the peer: who guesses is slowed down."""
    if not _is_relay(peer) and not rate_limits.allow_peer("inbound_peer", peer):
        return Reply.BUSY
    address = find_address(recipient)
    if address is None:
        return Reply.UNKNOWN
    if not rate_limits.allow_key("inbound_address", str(address.candidate_id)):
        return Reply.BUSY
    return Reply.RECIPIENT


def find_address(recipient: str) -> InboundAddress | None:
    local_part, _, domain = recipient.strip().lower().rpartition("@")
    if not settings.INBOUND_DOMAIN or domain != settings.INBOUND_DOMAIN:
        return None
    return access.find_inbound_owner(local_part)


def keep(raw: bytes, recipient: str, *, now: datetime) -> Reply:
    """Store the mail. It is committed when this returns; the same mail again is the same row."""
    address = find_address(recipient)
    if address is None:  # revoked since the recipient was accepted
        return Reply.UNKNOWN
    mine = InboundMail.objects.filter(candidate=address.candidate_id)
    with transaction.atomic():
        kept = mine.aggregate(bytes=Coalesce(Sum(Length("raw")), 0))["bytes"]
        if kept + len(raw) > KEPT_BYTES_MAX:
            return Reply.FULL
        row = InboundMail(
            candidate_id=address.candidate_id,
            raw=raw,
            digest=sha256(raw).hexdigest(),
            received_at=now,
            try_at=now,
        )
        InboundMail.objects.bulk_create([row], ignore_conflicts=True)
    return Reply.KEPT


def _is_relay(peer: str) -> bool:
    """A relay of this site, such as Postfix before it, which brings everybody's mail."""
    try:
        address = ip_address(peer)
    except ValueError:  # a Unix socket
        return True
    return any(address in ip_network(each) for each in settings.INBOUND_RELAYS)
