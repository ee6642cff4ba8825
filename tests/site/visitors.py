"""Who comes to the site, what each may see of alice's, and her ids to ask with.

What each gets is in visitors.txt, a line for each named address.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from interviews.exchange.feed import told_by
from interviews.models import (
    Candidate,
    Mail,
    OwnLetter,
    SenderState,
    SweepState,
)
from interviews.services.calendar_feeds import create_feed
from tests.site.addresses import Address
from tests.site.ids import Ids
from tests.site.world import World, make_world
from tests.support.people import make_candidate, make_coaching, make_user

# The order of a line's signs.
VISITORS = ("nobody", "owner", "coach", "other coach", "stranger", "operator")
SIGNS = {
    200: "P",  # a page, or another answer
    403: "F",
    404: "N",
    405: "M",
    410: "G",
    422: "U",
}
SIGN_IN, BEGIN, ELSEWHERE = "S", "B", "R"
ANSWERS = ("GET hers", "POST hers", "GET guessed", "POST guessed")
TABLE = Path(__file__).with_name("visitors.txt")


@dataclass(frozen=True)
class Line:
    """What the six visitors get: with her ids, and with guessed ones where an address has any."""

    name: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([f"{self.name:52}", *self.answers])


def read_table() -> dict[str, Line]:
    lines = (line.split() for line in TABLE.read_text().splitlines() if line[:1] not in ("", "#"))
    return {name: Line(name, tuple(answers)) for name, *answers in lines}


def fill(candidate: Candidate, *, now: datetime) -> World:
    """All that a candidate can have: her world, a calendar, a letter in her own words, a mail."""
    world = make_world(candidate, now=now)
    told_by(create_feed(candidate=candidate, now=now), now=now)
    OwnLetter.objects.create(
        candidate=candidate, occasion="thanks", subject="Ξανά", body="Χαίρε", changed_at=now
    )
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
    return world


class Scene:
    """alice with all her data, and the five others. bob coaches her, erin coaches charlie."""

    def __init__(self, *, now: datetime) -> None:
        self.world = fill(make_candidate(make_user("Alice")), now=now)
        self.alice, self.ids = self.world.alice, Ids(self.world)
        bob, erin = (make_user(name, is_staff=True) for name in ("Bob", "Erin"))
        charlie = make_candidate(make_user("Charlie"))
        make_coaching(bob, self.alice)
        make_coaching(erin, charlie)
        operator = User.objects.create_superuser("operator@example.org", "a long enough word")
        SweepState.objects.create(swept_at=now)
        SenderState.objects.create(seen_at=now)
        Group.objects.create(name="Ομάδα")
        people = (None, self.alice.user, bob, erin, charlie.user, operator)
        self._sessions = {name: _session(user) for name, user in zip(VISITORS, people, strict=True)}

    def client(self, visitor: str) -> Client:
        """As a browser in which this visitor has signed in, and done nothing else."""
        client = Client()
        client.cookies.load(self._sessions[visitor])
        return client

    def ask(self, visitor: str, method: str, path: str, **data: Any) -> HttpResponse:
        """The answer; whatever it wrote is taken back, so that the next one finds all as it was."""
        with transaction.atomic():
            answer = getattr(self.client(visitor), method)(path, **data)
            transaction.set_rollback(True)
        return answer

    def line(self, address: Address) -> Line:
        """What each visitor truly gets."""
        paths = [reverse(address.name, kwargs=self.ids.of(address))]
        guesses = [reverse(address.name, kwargs=kwargs) for kwargs in self.ids.guesses(address)]
        paths += guesses[:1]
        answers = [
            "".join(sign_of(self.ask(visitor, method, path)) for visitor in VISITORS)
            for path in paths
            for method in ("get", "post")
        ]
        return Line(address.name, tuple(answers))


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
