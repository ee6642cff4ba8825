"""Read forwarded mails: each is claimed, understood, and kept as a proposal, once.

As mails out, they are claimed in batches, each leased to one reader; a reader that dies leaves
leases that run out. What a mail says and that it was read are one commit.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F

from accounts.keys import new_key
from integrations.forwarding.facts import Facts, facts_of
from integrations.inbound import deadline
from integrations.inbound.headers import NOBODY
from integrations.inbound.understand import Reading, understand
from interviews.models import InboundMail, InboundState, Interview, MailProposal
from interviews.quarantine import is_passing, place_of
from interviews.services import locks

logger = logging.getLogger(__name__)

BATCH = 20
# After so many readers died at a mail it is not parsed again.
DEATHS_MAX = 3
# Of one mail, of the processor; most take a hundredth.
READING_SECONDS = 10.0
# The date of a letter that was forwarded by hand may lack its zone.
SAME_LETTER = timedelta(hours=36)
KINDS = frozenset(MailProposal.Kind.values)
# Of no known wait these are no news.
NEEDS_WAIT = frozenset({MailProposal.Kind.RECEIPT})
UNREADABLE = "unreadable"


def read_batch(*, clock: Callable[[], datetime]) -> int:
    """Read the mails of one batch; return how many were claimed. 0: nothing to do for now."""
    mails = claim(now=clock())
    done: Counter[str] = Counter()
    for mail in mails:
        done.update(_read(mail, now=clock()))
    if done:
        _count(done)
    return len(mails)


@transaction.atomic
def claim(*, now: datetime) -> list[InboundMail]:
    """The oldest that wait, leased to the caller."""
    rows = InboundMail.objects.claimable(now)
    if not rows.exists():
        return []
    locked = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
    # Their bytes one by one: a batch may have 200 MB.
    mails = list(locked.select_related("candidate__user").defer("raw")[:BATCH])
    lease = new_key()
    keys = [mail.pk for mail in mails]
    leased_until = now + settings.INBOUND_LEASE
    InboundMail.objects.filter(pk__in=keys).update(lease_id=lease, try_at=leased_until)
    for mail in mails:
        mail.lease_id = lease
    return mails


def _begin(mail: InboundMail, *, now: datetime) -> bool:
    """Count the try, committed before the mail is looked at: others of the batch are not to blame
    if the reader dies at it. Its lease begins anew. False: another reader has it."""
    leased = InboundMail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, read_at=None)
    return bool(leased.update(tries=F("tries") + 1, try_at=now + settings.INBOUND_LEASE))


def _count_back(mail: InboundMail) -> None:
    """No reader died: the database was busy or away, for example."""
    with suppress(DatabaseError):
        leased = InboundMail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, read_at=None)
        leased.update(tries=F("tries") - 1)


def _read(mail: InboundMail, *, now: datetime) -> list[str]:
    """Return what is to be counted. Of a mail that cannot be read the candidate is told, and
    looks."""
    if mail.tries >= DEATHS_MAX:
        logger.error("Readers died at mail %s", mail.pk)
        return _keep(mail, UNREADABLE, _unreadable(mail, now=now), now=now)
    if not _begin(mail, now=now):
        return []
    try:
        facts = facts_of(mail.candidate, now=now)
        raw = InboundMail.objects.filter(pk=mail.pk).values_list("raw", flat=True).first()
        with deadline.within(READING_SECONDS):
            reading = understand(bytes(raw or b""), facts.world, facts.owner)
        proposal = _proposal(mail, reading, facts, now=now)
        positions = {facts.position_of(key) for key in facts.waits}
        return _keep(
            mail, reading.kind, proposal, now=now, by_hand=reading.is_by_hand, waiting=positions
        )
    except Exception as error:
        if is_passing(error):
            _count_back(mail)
            raise
        logger.error("Mail %s cannot be read: %s", mail.pk, place_of(error))
        return _keep(mail, UNREADABLE, _unreadable(mail, now=now), now=now)


@transaction.atomic
def _keep(
    mail: InboundMail,
    kind: str,
    proposal: MailProposal | None,
    *,
    now: datetime,
    by_hand: bool = False,
    waiting: Collection[UUID] = (),
) -> list[str]:
    """In one commit: that it was read, and what it proposes. Whoever lost the lease writes
    nothing. `waiting` are the positions that an answer is awaited of."""
    locks.lock_candidate(mail.candidate_id)
    known = proposal and _known(proposal, waiting)
    # Forwarded by hand after it was dismissed, it takes the old one's place.
    is_again = by_hand and known is not None and known.was_dismissed_before(mail.received_at)
    is_new = proposal is not None and (known is None or is_again)
    values: dict[str, object] = {"read_at": now, "kind": kind}
    if not is_new or kind == MailProposal.Kind.CONFIRMATION_CODE:
        values["raw"] = b""  # nothing is left to ask about it
    leased = InboundMail.objects.filter(pk=mail.pk, lease_id=mail.lease_id, read_at=None)
    if not leased.update(**values):
        return []
    if proposal is not None and is_new:
        if known is not None:
            proposal.pk, proposal.written_at = known.pk, known.written_at
        proposal.save(force_insert=known is None, force_update=known is not None)
    return [
        "read",
        *(["proposed"] if is_new else []),
        *(["unreadable"] if kind == UNREADABLE else []),
    ]


def _known(proposal: MailProposal, waiting: Collection[UUID]) -> MailProposal | None:
    """The same letter that was forwarded before, perhaps in another wrapping."""
    near = (proposal.written_at - SAME_LETTER, proposal.written_at + SAME_LETTER)
    alike = MailProposal.objects.filter(candidate=proposal.candidate, digest=proposal.digest)
    found = list(alike.filter(written_at__range=near).select_related("interview"))
    # Two letters of one template may be of the same second.
    taken = {each.written_at for each in found}
    known = next((each for each in found if _is_same(each, proposal, waiting)), None)
    while known is None and proposal.written_at in taken:
        proposal.written_at += timedelta(microseconds=1)
    return known


def _is_same(known: MailProposal, proposal: MailProposal, waiting: Collection[UUID]) -> bool:
    """A template says the same of two positions: the Message-ID tells them apart, or where a
    forward hides it, the position. One whose answer came is left to the letter that brought it."""
    first, second = known.details.get("letter"), proposal.details.get("letter")
    if first and second:
        return bool(first == second)
    if first in proposal.message_ids or second in known.message_ids:
        return True
    position, other = known.position_id, proposal.position_id
    return position == other or other is None or position not in waiting


def _unreadable(mail: InboundMail, *, now: datetime) -> MailProposal:
    return MailProposal(
        candidate=mail.candidate,
        mail=mail,
        digest=mail.digest,
        kind=MailProposal.Kind.QUESTION,
        written_at=mail.received_at,
        details={"why": "It could not be read."},
        created_at=now,
    )


def _proposal(
    mail: InboundMail, reading: Reading, facts: Facts, *, now: datetime
) -> MailProposal | None:
    kind = MailProposal.Kind.OWN_LETTER if reading.is_own_letter else reading.kind
    is_silent = reading.wait is None and (kind in NEEDS_WAIT or reading.is_own_letter)
    is_code = kind == MailProposal.Kind.CONFIRMATION_CODE
    # A code of a sender that is none must not be entered anywhere.
    is_false = is_code and reading.dmarc not in ("pass", "")
    if kind not in KINDS or is_silent or is_false:
        return None
    found = facts.waits.get(reading.wait or "")
    sender = reading.sender or NOBODY
    return MailProposal(
        candidate=mail.candidate,
        mail=mail,
        digest=reading.digest,
        kind=kind,
        **_wait(found),
        choices=[_named(facts, key) for key in reading.fits],
        sender_name=_short(sender.name, MailProposal.NAME_MAX),
        sender_address=_short(sender.email, MailProposal.ADDRESS_MAX),
        subject=_short(reading.subject, MailProposal.SUBJECT_MAX),
        written_at=reading.written_at or mail.received_at,
        excerpt=_short(reading.passage, MailProposal.EXCERPT_MAX),
        message_ids=[_storable(each) for each in reading.message_ids[:20]],
        details=_details(reading),
        is_doubtful=reading.doubt or (is_code and reading.dmarc != "pass"),
        created_at=now,
    )


def _wait(found: object) -> dict[str, object]:
    return {"interview" if isinstance(found, Interview) else "vacancy": found} if found else {}


def _named(facts: Facts, key: str) -> dict[str, str]:
    return {"interview" if isinstance(facts.waits[key], Interview) else "vacancy": key}


def _details(reading: Reading) -> dict[str, object]:
    details: dict[str, object] = {
        "dates": [each.isoformat() for each in reading.dates],
        "zone": reading.zone,
        "by_when": reading.by_when.isoformat() if reading.by_when else None,
        "has_ics": reading.has_ics,
        "language": reading.language,
        "why": _short(reading.why, MailProposal.SUBJECT_MAX),
        "letter": _storable(reading.message_id),
    }
    if reading.kind == MailProposal.Kind.CONFIRMATION_CODE:
        details |= {"code": reading.code, "link": _storable(reading.link or "") or None}
    return details


def _short(text: str, most: int) -> str:
    """On one line."""
    said = " ".join(_storable(text).split())
    return said if len(said) <= most else f"{said[: most - 1]}…"


def _storable(text: str) -> str:
    """No database keeps NUL, nor half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _count(done: Counter[str]) -> None:
    InboundState.objects.get_or_create(pk=1)
    InboundState.objects.filter(pk=1).update(**{name: F(name) + done[name] for name in done})
