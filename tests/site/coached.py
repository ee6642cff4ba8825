"""Everybody who coaches alice, asks alice, or is asked by alice; and every URL about that."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.audit_log import log_looks
from accounts.models import User
from coaching import coaches, coachings, notes, proposals, requests
from coaching.mails import invitation_url, request_url
from interviews.models import Coach, Coaching, CoachingRequest, CoachNote, Organisation
from interviews.services import candidates
from tests.support.people import make_coaching, make_proposal

if TYPE_CHECKING:
    from tests.site.world import World


def add_coaches(world: "World", *, now: datetime, coach: User | None = None) -> "World":
    """Add to the world: a coach with a proposal and notes, a past coach, an invitation, a request
    to alice, and alice as somebody's coach."""
    alice, row = world.alice, world.by_step["call"]
    coach = coach or _coach("Ντόρα", f"first-{alice.user.email}")
    coaching = make_coaching(coach, alice)
    log_looks([alice.user], actor=coach, now=now, detail="interviews.interview")
    make_proposal(row, coach, now=now, words="Λόγια")
    make_proposal(row, coach, now=now, action="other", words="Άλλα")
    today = now.astimezone(alice.zone).date()
    answers = {"write": "accepted", "call": "declined"}
    for action, answer in answers.items():
        made = make_proposal(row, coach, now=now, action=action, words="", by_on=today)
        proposals.answer_proposal(proposal=made, answer=answer, now=now)
    for about in ("interview", "letter", "candidate"):
        of_row = None if about == "candidate" else row
        note = CoachNote(coaching=coaching, interview=of_row, about=about, text="Σημείωση")
        note.is_shared = True
        notes.write_note(note=note, now=now)
    ended = make_coaching(_coach("Ζωή", f"second-{alice.user.email}"), alice)
    coachings.end_coaching(coaching=ended, actor=alice.user, now=now)
    terms = coachings.Terms("steps", [row.vacancy], (now + timedelta(days=30)).date())
    nobody = "nobody@example.org"
    sent = coachings.invite_coach(candidate=alice, address=nobody, terms=terms, now=now)
    asking = _coach("Ήρα", f"third-{alice.user.email}")
    requests.ask_candidate(coach=asking, address=alice.user.email, now=now)
    other = candidates.create_candidate(user=asking, timezone="Europe/Athens")
    whole = coachings.Terms("steps")
    email = alice.user.email
    got = coachings.invite_coach(candidate=other, address=email, terms=whole, now=now)
    return replace(world, request=asking.coaching_requests.get(), sent=sent, got=got)


def address_to(world: "World", address: str) -> None:
    """Requests to alice's present address."""
    CoachingRequest.objects.filter(pk=world.request.pk).update(address=address)
    Coaching.objects.filter(pk=world.got.pk).update(address=address)


def _coach(name: str, email: str) -> User:
    user = User.objects.create_user(email, None, name=name, is_staff=True)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    agency, _is_new = Organisation.objects.get_or_create(name="Εταιρεία")
    coaches.make_coach(user=user)
    Coach.objects.filter(user=user).update(organisation=agency)
    return user


def pages_of_coaching(world: "World") -> dict[str, list[str]]:
    begun = [each.pk for each in world.alice.coachings.filter(ended_at=None).order_by("pk")]
    keys = {
        "coaching-update": begun,
        "coaching-end": begun,
        "coaching-request-answer": [world.request.pk],
        "coaching-invitation-answer": [world.got.pk],
    }
    return {
        f"dashboard:{name}": [reverse(f"dashboard:{name}", args=[pk]) for pk in some]
        for name, some in keys.items()
    }


def coaching_links(world: "World") -> list[str]:
    """The links in the mail to alice's invited coach, and in alice's own."""
    urls = (invitation_url(world.sent), request_url(world.request))
    return [urlsplit(url).path for url in urls]
