"""Hours of candidates whose browsers fail and who open, settle or ignore what they are told, in
steps of a minute: real rows, a push service and a mail server, and a clock that is passed in."""

import json
import logging
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Q
from django.test import override_settings

from benchmarks.channel_stories import Story, Telling
from benchmarks.rows import NOW, candidate, copies, waiting
from interviews.models import Candidate, ChannelKind, Interview, Reminder, SweepState
from interviews.models.mail.reminder import UNSENT
from interviews.services.notification_channels import add_device, set_order
from interviews.services.reminders import note_opened
from reminders.following import follow_unopened
from reminders.push import PushDelivery
from reminders.push_keys import public_key
from reminders.recompute_all import decided_by
from reminders.sender import Way, send_batch
from reminders.smtp import Delivery
from reminders.sweep import sweep
from tests.support.inbox import Inbox
from tests.support.people import make_contact
from tests.support.push_service import CREATED, HANG_UP, PushService

Kind = TypeVar("Kind")
MINUTE = timedelta(minutes=1)
PUSH, EMAIL = ChannelKind.PUSH.value, ChannelKind.EMAIL.value
STEPS_EACH = 10
# Steps become due at such moments, so that some are due together.
APART = 5
# After the last: until another channel has told it, and the candidate has not looked.
MINUTES_AFTER = 150
DEVICES = {"fine": 45, "gone": 15, "away": 15, "away for hours": 10, "lost": 15}
AWAY = {"away": (5, 55), "away for hours": (120, 240)}
ACTS = {"open": 40, "settle": 20, "ignore": 40}
ORDERS = {(PUSH, EMAIL): 75, (EMAIL, PUSH): 20, (PUSH,): 5}


@dataclass(frozen=True, slots=True)
class Simulated:
    steps: int
    # Told by the second channel, with a cause.
    followed: int
    without_cause: list[Story]
    # Told by nobody, and not seen either.
    lost: int


def simulate(steps: int, *, seed: int, due_within: int = 180) -> Simulated:
    """Steps become due within this many minutes."""
    logging.disable(logging.INFO)  # of what each minute does
    try:
        return _simulated(steps, seed, due_within)
    finally:
        logging.disable(logging.NOTSET)


def _simulated(steps: int, seed: int, due_within: int) -> Simulated:
    with Inbox() as inbox, PushService() as service:
        own = {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": inbox.port,
            "BASE_URL": "https://hearback.example",
            "DEFAULT_FROM_EMAIL": "Hearback <reminders@hearback.example>",
            "NOTIFY_PRIVATE_HOSTS": True,
        }
        with override_settings(**own):
            played = _Simulation(inbox, service, random.Random(seed), due_within)
            played.make(steps)
            for _minute in range(due_within + MINUTES_AFTER):
                played.pass_minute()
            return played.outcome()


class _Simulation:
    def __init__(
        self, inbox: Inbox, service: PushService, chance: random.Random, due_within: int
    ) -> None:
        self._inbox, self._service, self._chance = inbox, service, chance
        self._due_within = due_within
        self._now = NOW
        self._owners: dict[str, UUID] = {}  # by endpoint
        self._gone: dict[str, datetime] = {}
        self._stories: dict[UUID, Story] = {}  # by reminder
        self._acts: defaultdict[datetime, list[tuple[str, UUID]]] = defaultdict(list)

    def make(self, steps: int) -> None:
        for number in range(0, steps, STEPS_EACH):
            owner = candidate(f"C{number}")
            self._subscribe(owner)
            copies(waiting(owner), min(STEPS_EACH, steps - number) - 1)
        rows = list(Interview.objects.all())
        for row in rows:
            row.review_at = NOW + self._chance.randrange(0, self._due_within, APART) * MINUTE
        Interview.objects.bulk_update(rows, ["review_at"], batch_size=500)
        # Not the first sweep of an instance, which visits all rows.
        SweepState.objects.update_or_create(
            pk=1, defaults={"decided_by": decided_by(), "swept_at": NOW, "started_at": NOW}
        )

    def _subscribe(self, owner: Candidate) -> None:
        for _device in range(self._chance.choice([1, 1, 2])):
            browser = self._service.subscribe(public_key())
            browser.program = self._program()
            self._owners[browser.endpoint] = owner.pk
            add_device(
                candidate=owner, subscription=browser.subscription(), name="Firefox", now=NOW
            )
        order = self._chosen(ORDERS)
        set_order(candidate=owner, order={"": order})

    def _program(self) -> Callable[[], int | str]:
        """How this device fails, from which moment on."""
        kind = self._chosen(DEVICES)
        begins = NOW + self._chance.randrange(self._due_within) * MINUTE
        ends = begins + self._chance.randint(*AWAY.get(kind, (0, 0))) * MINUTE
        lost = self._chance.randint(1, 4)

        def answer() -> int | str:
            nonlocal lost
            if kind == "fine" or self._now < begins:
                return CREATED
            if kind == "gone":
                return 410
            if kind == "lost" and lost:
                lost -= 1
                return HANG_UP
            return 503 if self._now < ends else CREATED

        return answer

    def pass_minute(self) -> None:
        """The candidates act, and the workers do what beat wakes them for."""
        for act, key in self._acts.pop(self._now, ()):
            self._act(act, key)
        sweep(now=self._now)
        follow_unopened(now=self._now)
        for way in (PushDelivery(), Delivery()):
            with way:
                self._send(way)
        self._read_push_service()
        self._read_mail_server()
        self._now += MINUTE

    def _send(self, way: Way) -> None:
        while send_batch(now=self._now, delivery=way):
            pass

    def _act(self, act: str, key: UUID) -> None:
        interview = Interview.objects.select_related("candidate").get(reminders=key)
        self._stories[key].seen_at = self._now
        if act == "open":
            note_opened(interview, now=self._now)
        else:
            make_contact(interview, now=self._now)

    def _read_push_service(self) -> None:
        came, self._service.received = self._service.received, []
        for browser, received in came:
            owner = self._owners[browser.endpoint]
            if received.answer == 410:
                self._gone[browser.endpoint] = self._now
            for key in self._told_by(json.loads(received.payload)["topic"], owner):
                story = self._story(key, owner)
                story.asked_at = story.asked_at or self._now
                if received.is_accepted:
                    self._tell(key, Telling(self._now, PUSH, received.answer != HANG_UP))

    def _told_by(self, topic: str, owner: UUID) -> list[UUID]:
        """The reminders of a notification of this minute: one, or all that its row has."""
        if not topic.startswith("steps-"):
            return [UUID(topic)]
        own = Reminder.objects.filter(candidate=owner, mail__kind=PUSH, state__in=[*UNSENT, "sent"])
        own = own.filter(Q(mail__sent_at=None) | Q(mail__sent_at__gte=self._now))
        return list(own.values_list("pk", flat=True))

    def _read_mail_server(self) -> None:
        messages = [str(each["Message-ID"]) for each in self._inbox.messages]
        self._inbox.drop()
        told = Reminder.objects.filter(mail__message_id__in=messages, channel=EMAIL)
        for key, owner in told.values_list("pk", "candidate"):
            self._story(key, owner)
            self._tell(key, Telling(self._now, EMAIL))

    def _story(self, key: UUID, owner: UUID) -> Story:
        return self._stories.setdefault(key, Story(owner))

    def _tell(self, key: UUID, telling: Telling) -> None:
        story = self._stories[key]
        story.tellings.append(telling)
        act = self._chosen(ACTS)
        if len(story.tellings) == 1 and act != "ignore":
            self._acts[self._now + self._chance.randint(1, 90) * MINUTE].append((act, key))

    def _chosen(self, shares: dict[Kind, int]) -> Kind:
        return self._chance.choices(list(shares), list(shares.values()))[0]

    def outcome(self) -> Simulated:
        gone_at = self._gone_at()
        told = [each for each in self._stories.values() if each.tellings]
        wrong = [each for each in told if each.second_without_cause(gone_at.get(each.candidate))]
        followed = sum(len({one.channel for one in each.tellings}) > 1 for each in told)
        steps = Interview.objects.count()
        return Simulated(steps, followed - len(wrong), wrong, steps - len(told))

    def _gone_at(self) -> dict[UUID, datetime]:
        """When the last device of a candidate was gone."""
        moments: defaultdict[UUID, list[datetime | None]] = defaultdict(list)
        for endpoint, owner in self._owners.items():
            moments[owner].append(self._gone.get(endpoint))
        known = {owner: [at for at in each if at is not None] for owner, each in moments.items()}
        return {
            owner: max(each) for owner, each in known.items() if len(each) == len(moments[owner])
        }
