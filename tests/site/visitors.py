"""The visitors of the site, what each may see of alice's data, and alice's ids to ask with.

visitors.txt lists what each gets, a line for each named URL.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.audit_log import Kind, log_action
from accounts.models import DeletionRequest, EmailChange, User
from accounts.models.deletion_request import WAIT
from integrations.calendar_feed import told_by
from integrations.feed_address import create_feed
from interviews.models import (
    Candidate,
    InboundMail,
    InboundState,
    Mail,
    OwnLetter,
    PushKey,
    SenderState,
    SweepState,
)
from interviews.services.notification_channels import add_device
from tests.site.addresses import Address
from tests.site.coached import add_coaches
from tests.site.ids import Ids
from tests.site.world import World, make_world
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_mail_proposal,
    make_statistics,
    make_user,
)

# The order of a line's letters.
VISITORS = ("nobody", "owner", "coach", "other coach", "stranger", "operator", "ended coach")
SIGNS = {
    200: "P",  # a page, or another response
    400: "I",
    403: "F",
    404: "N",
    405: "M",
    410: "G",
    422: "U",
    503: "L",
}
SIGN_IN, BEGIN, ELSEWHERE = "S", "B", "R"
VARYING = {"Content-Length", "Expires"}  # with the id's length, and with the time
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
TABLE = Path(__file__).with_name("visitors.txt")


@dataclass(frozen=True)
class Line:
    """What the seven visitors get: with alice's ids, and with guessed ones if a URL has any."""

    name: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([f"{self.name:52}", *self.answers])


def read_table() -> dict[str, Line]:
    lines = (line.split() for line in TABLE.read_text().splitlines() if line[:1] not in ("", "#"))
    return {name: Line(name, tuple(answers)) for name, *answers in lines}


def fill(candidate: Candidate, *, now: datetime, coach: User | None = None) -> World:
    """Everything that a candidate can have: the world, coaches, a calendar, an own letter, a
    mail."""
    world = add_coaches(make_world(candidate, now=now), now=now, coach=coach)
    told_by(create_feed(candidate=candidate, now=now), now=now)
    make_statistics(candidate, now=now)
    OwnLetter.objects.create(
        candidate=candidate, occasion="thanks", subject="Ξανά", body="Χαίρε", changed_at=now
    )
    moments = {"received_at": now, "try_at": now}
    forwarded = InboundMail.objects.create(candidate=candidate, raw=b"", **moments)
    make_mail_proposal(world.full, now=now, mail=forwarded)
    Mail.objects.create(
        kind="reminder",
        user=candidate.user,
        recipient=candidate.user.email,
        message_id=f"<{candidate.pk}@hearback.example>",
        subject="Ξανά",
        text="Χαίρε",
        try_at=now,
        created_at=now,
    )
    EmailChange.objects.create(
        user=candidate.user, old="alice@example.com", new=candidate.user.email, at=now
    )
    DeletionRequest.objects.create(user=candidate.user, asked_at=now, due_at=now + WAIT)
    subscription = {"endpoint": f"https://push.example/{candidate.pk}"}
    add_device(candidate=candidate, subscription=subscription, name="Ξανά", now=now)
    log_action(Kind.SIGNED_IN, subject=candidate.user, actor=candidate.user, now=now)
    return world


class VisitedSite:
    """alice with all data, and the six others. bob coaches alice, erin coaches charlie, and fred
    coached alice until just now."""

    def __init__(self, *, now: datetime) -> None:
        bob, erin = (make_user(name, is_staff=True) for name in ("Bob", "Erin"))
        self.world = fill(make_candidate(make_user("Alice")), now=now, coach=bob)
        self.alice, self.ids = self.world.alice, Ids(self.world)
        charlie = make_candidate(make_user("Charlie"))
        make_coaching(erin, charlie)
        fred = make_user("Fred", is_staff=True)
        make_coaching(fred, self.alice, ended_at=now)
        operator = User.objects.create_superuser("operator@example.org", "a long enough word")
        PushKey.objects.create(public_key="BM", created_at=now)
        SweepState.objects.create(swept_at=now)
        SenderState.objects.create(seen_at=now)
        InboundState.objects.create()
        Group.objects.create(name="Ομάδα")
        people = (None, self.alice.user, bob, erin, charlie.user, operator, fred)
        self._handler = Client().handler
        self._sessions = {name: _session(user) for name, user in zip(VISITORS, people, strict=True)}

    def client(self, visitor: str) -> Client:
        """A browser in which this visitor has just signed in."""
        client = Client()
        client.handler = self._handler  # one handler for all clients, set up once
        client.cookies.load(self._sessions[visitor])
        return client

    def ask(self, visitor: str, method: str, path: str, **data: Any) -> HttpResponse:
        """Return the response; its writes are rolled back, so that the next request finds
        everything unchanged."""
        with transaction.atomic():
            answer = getattr(self.client(visitor), method)(path, **data)
            transaction.set_rollback(True)
        return answer

    def walk(self, address: Address) -> "Walked":
        """Request as every visitor, by GET and by POST, with alice's ids and with each guess. Rate
        limits are reset between URLs, because all requests come from one network in one minute."""
        cache.clear()
        ids = [self.ids.of(address), *self.ids.guesses(address)]
        return Walked(address, tuple(self._asked(address, each) for each in ids))

    def _asked(self, address: Address, ids: dict[str, Any]) -> "Asked":
        path = reverse(address.name, kwargs=ids)
        return {
            method: [Answer.of(self.ask(who, method, path), ids) for who in VISITORS]
            for method in ("get", "post")
        }


@dataclass(frozen=True)
class Answer:
    """`told` is the response without the requested ids and without random tokens; empty for a page
    that the visitor may see."""

    sign: str
    told: tuple[object, ...] = ()

    @classmethod
    def of(cls, answer: HttpResponse, ids: dict[str, Any]) -> "Answer":
        sign = sign_of(answer)
        return cls(sign) if sign == "P" else cls(sign, _told(answer, ids))


Asked = dict[str, list[Answer]]


@dataclass(frozen=True)
class Walked:
    """The responses to alice's ids, and then to each guess."""

    address: Address
    asked: tuple[Asked, ...]

    @property
    def line(self) -> Line:
        signs = (
            "".join(answer.sign for answer in asked[method])
            for asked in self.asked[:2]
            for method in ("get", "post")
        )
        return Line(self.address.name, tuple(signs))

    def pairs(self) -> Iterator[tuple[str, str, Answer, Answer]]:
        """Method, visitor, the response to alice's ids, and to a guess."""
        own, *guesses = self.asked
        for guessed in guesses:
            for method in own:
                each = zip(VISITORS, own[method], guessed[method], strict=True)
                yield from ((method, *answers) for answers in each)


def _told(answer: HttpResponse, ids: dict[str, Any]) -> tuple[object, ...]:
    def without(text: str) -> str:
        text = text.replace(answer.wsgi_request.path, "PATH")
        for each in map(str, ids.values()):
            # A short one may occur in any number, so it only counts in quotes.
            text = text.replace(each if len(each) > 3 else f"“{each}”", "ID").replace("“ID”", "ID")
        return text

    headers = [
        (name, without(value)) for name, value in answer.headers.items() if name not in VARYING
    ]
    said = [without(str(each)) for each in get_messages(answer.wsgi_request)]
    body = without(TOKEN.sub(b"", answer.content).decode())
    return answer.status_code, headers, sorted(answer.cookies), said, body


def sign_of(answer: HttpResponse) -> str:
    if answer.status_code == 302:
        path = urlsplit(answer["Location"]).path
        if path in ("/accounts/login/", "/admin/login/"):
            return SIGN_IN
        return BEGIN if path == "/start/" else ELSEWHERE
    return SIGNS.get(answer.status_code, "?")


def _session(user: User | None) -> dict[str, str]:
    if user is None:
        return {}
    client = Client()
    client.force_login(user)
    return {name: each.value for name, each in client.cookies.items()}
