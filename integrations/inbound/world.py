"""What is known about the candidate: values, so that a mail can be judged without the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """`message_ids` are those of earlier mails that belong to it."""

    id: str
    company: str
    also_known_as: tuple[str, ...] = ()
    position: str = ""
    people: tuple[Person, ...] = ()
    message_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    name: str
    addresses: tuple[str, ...]
    inbound_address: str
    zone: ZoneInfo
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """`host` is the name under which the receiving server writes Authentication-Results."""

    host: str
    sender: str


@dataclass(frozen=True, slots=True)
class World:
    candidates: tuple[Candidate, ...]
    service: Service
    now: datetime

    def owner(self, address: str) -> Candidate | None:
        """Return whose inbound address this is."""
        wanted = address.strip().lower()
        return next((c for c in self.candidates if c.inbound_address.lower() == wanted), None)


def world_from_json(data: Mapping[str, Any]) -> World:
    first = data["candidate"]
    every = ({**first, "waits": data["waits"]}, *data.get("other_candidates", ()))
    service = Service(data["service"]["host"], data["service"]["from"])
    now = datetime.fromisoformat(first["now"])
    return World(tuple(map(_candidate, every)), service, now)


def _candidate(data: Mapping[str, Any]) -> Candidate:
    return Candidate(
        id=data["id"],
        name=data["name"],
        addresses=tuple(data["addresses"]),
        inbound_address=data["inbound_address"],
        zone=ZoneInfo(data["timezone"]),
        waits=tuple(map(_wait, data["waits"])),
    )


def _wait(data: Mapping[str, Any]) -> Wait:
    people = (
        Person(each["name"], each.get("email") or "", each.get("phone") or "")
        for each in data["people"]
    )
    return Wait(
        id=data["id"],
        company=data["company"],
        also_known_as=tuple(data.get("also_known_as", ())),
        position=data.get("position") or "",
        people=tuple(people),
        message_ids=frozenset(data.get("message_ids", ())),
    )
