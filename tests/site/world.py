"""All of alice's data, and every URL of the product with it.

The data consist of Greek letters, digits and reserved domains only, so that a page's own words can
be told from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from insights.statistics.refresh import compute_due
from interviews.models import (
    MESSAGES,
    Candidate,
    Coaching,
    CoachingRequest,
    InboundAddress,
    Interview,
    Mail,
    PositionImport,
    RefusedAddress,
    Reminder,
    Vacancy,
)
from interviews.services import candidates, interviews, vacancies
from interviews.services.attachments import attach_file
from interviews.services.message_channels import set_up
from reminders.push_keys import public_key
from reminders.signed_links import action_url, unsubscribe_url
from tests.site.coached import coaching_links, pages_of_coaching
from tests.site.imports import make_imports, paths_of_imports
from tests.support.people import (
    make_agreement,
    make_contact,
    make_interview,
    make_position,
    make_result,
    refuse_address,
)
from tests.support.step_factories import MAKERS, reminder_of, stand

ANNA, BEN = ("Άννα Πέτρου", "recruiter"), ("Μπεν Νάσος", "hiring_manager")


@dataclass(frozen=True)
class World:
    alice: Candidate
    by_step: dict[str, Interview]
    reminders: dict[str, Reminder]
    full: Interview
    # Without an interview, with everything else.
    applied: Vacancy
    # By state.
    imports: dict[str, PositionImport]
    # Of a world with coaches: who asks alice, whom alice invited, who invites alice.
    request: CoachingRequest | None = None
    sent: Coaching | None = None
    got: Coaching | None = None


def make_world(alice: Candidate, *, now: datetime) -> World:
    alice.user.name = "Αλίκη Ζώη"
    alice.user.save()
    alice.country, alice.notice_days = "DE", 30
    candidates.change_settings(candidate=alice, now=now)
    named = {"title": "Αναλύτρια", "people": (ANNA, BEN)}
    by_step = {
        step: stand(alice, step, now=now, company=f"Άκμη {number}", **named)
        for number, step in enumerate(MAKERS)
    }
    reminders = {step: reminder_of(row, now=now) for step, row in by_step.items()}
    _answers(alice, now, named)
    refuse_address(alice, reply="550 5.1.1 Άγνωστη", now=now)
    InboundAddress.objects.create(candidate=alice, local_part="0" * 22, created_at=now)
    applied, imports = _positions(alice, now), make_imports(alice, now=now)
    world = World(alice, by_step, reminders, _full(alice, now, named), applied, imports)
    public_key()  # made by whoever needs it first
    set_up(candidate=alice, kind="ntfy", settings={"server": "https://ntfy.example", "topic": "a"})
    compute_due(now=now)
    return world


def _answers(alice: Candidate, now: datetime, named: dict[str, object]) -> None:
    """Every way it can end, cancelled and moved ones, and a missed reminder."""
    kinds = ("offer", "refusal", "assumed_refusal", "withdrawn", "no_response", "offer", "offer")
    days = {"offer_answer_by_on": (now + timedelta(days=4)).date()}
    days["offer_starts_on"] = (now + timedelta(days=40)).date()
    offers = {0: {"offer_answer": "open"} | days, 5: {"offer_answer": "accepted"} | days}
    for number, kind in enumerate(kinds):
        row = make_interview(
            alice, starts_at=now - timedelta(days=9), now=now, company=f"Βήτα {number}", **named
        )
        said = {"feedback": "Όχι ακόμη", "recommended_to": "Άλλη θέση, Θήτα"}
        said |= offers.get(number, {})
        make_result(row, now=now, kind=kind, competences=["Σύνθεση"], **said)
    called_off = make_interview(
        alice, starts_at=now + timedelta(days=2), now=now, company="Γάμα", **named
    )
    interviews.cancel_interview(interview=called_off, now=now)
    moved = make_interview(
        alice, starts_at=now + timedelta(days=2), now=now, company="Δέλτα", **named
    )
    moved.starts_at += timedelta(days=1)
    interviews.change_interview(interview=moved, now=now)
    first = make_interview(
        alice, starts_at=now - timedelta(days=9), now=now, company="Έψιλον", **named
    )
    make_interview(
        alice,
        starts_at=now + timedelta(days=3),
        now=now,
        continues=first,
        people=(ANNA,),
        stage="final",
    )
    missed = stand(alice, "call", now=now, company="Ζήτα", **named)
    reminder_of(missed, now=now)
    Reminder.objects.filter(interview=missed).update(state="missed", error="451")


def _positions(alice: Candidate, now: datetime) -> Vacancy:
    """Saved, applied for with all that can be said, and closed; none has an interview."""
    today = now.astimezone(alice.zone).date()
    make_position(alice, now=now, company="Λάμδα", title="Θέση")
    closed = make_position(alice, now=now, company="Μι", title="Θέση", applied_on=today)
    vacancies.close_position(vacancy=closed, reason="refused", closed_on=today, now=now)
    applied = make_position(
        alice,
        now=now,
        company="Κάπα",
        title="Θέση",
        tags=("Αθήνα",),
        applied_on=today - timedelta(days=12),
        applied_via="email",
        follow_up_on=today + timedelta(days=2),
        source="Άλλη",
        was_advertised=True,
        place="Αθήνα",
        salary="1",
        url="https://a.example/1",
        advert_text="Λόγια",
        notes="Σημείωση",
    )
    attach_file(vacancy=applied, name="Λόγια.txt", content="Λόγια".encode())
    return applied


def _full(alice: Candidate, now: datetime, named: dict[str, object]) -> Interview:
    """One of each fact on a single interview with a result, and two unanswered calls."""
    row = make_interview(
        alice,
        starts_at=now - timedelta(days=30),
        now=now,
        company="Ήτα",
        place="Αθήνα",
        notes="Σημείωση",
        **named,
    )
    lead = row.interlocutors.order_by("participations__position").first()
    due = (now - timedelta(days=20)).date()
    make_agreement(row, now=now, due_on=due, may_call="yes", responsible=lead, notes="Ναι")
    log = [
        ("out", "email", "sent", "thanks"),
        ("out", "phone", "no_answer", "follow_up"),
        ("out", "phone", "reached", "follow_up"),
        ("in", "phone", "no_answer", "follow_up"),
        ("in", "message", "reached", "other"),
        ("out", "message", "sent", "other"),
    ]
    for number, (direction, channel, outcome, purpose) in enumerate(log):
        make_contact(
            row,
            now=now,
            at=now - timedelta(days=18 - number),
            direction=direction,
            channel=channel,
            outcome=outcome,
            purpose=purpose,
            person=lead,
            notes="Λόγια",
        )
    make_result(row, now=now, competences=["Σύνθεση"], feedback="Λόγια", recommended_to="Άλλη")
    return Interview.objects.get(pk=row.pk)


# --- addresses --------------------------------------------------------------------------------

# POST-only URLs: a GET is refused.
POSTS = {
    "dashboard:agreement-preview",
    "dashboard:interview-notes",
    "dashboard:interview-reinstate",
    "dashboard:missed-call",
    "dashboard:nothing-agreed",
    "dashboard:quick-action",
    "dashboard:undo",
    "dashboard:rate-preview",
    "dashboard:calendar-create",
    "dashboard:calendar-renew",
    "dashboard:calendar-delete",
    "dashboard:forwarding-create",
    "dashboard:notifications-test",
    "dashboard:notification-action",
    "dashboard:message-channel-code-send",
    "dashboard:message-channel-delete",
    "dashboard:push-device-create",
    "dashboard:push-device-delete",
    "dashboard:reminders-example",
    "dashboard:reminders-resume",
    "dashboard:address-retry",
    "dashboard:theme",
    "dashboard:first-week-hide",
    "dashboard:account-delete-cancel",
    "dashboard:proposal-answer",
    "dashboard:assumptions-delete",
    "dashboard:several",
    "dashboard:shared-position",
    "dashboard:position-applied",
    "dashboard:position-reopen",
    "dashboard:position-import-close",
    "dashboard:position-import-continue",
    "dashboard:position-import-delete",
}
# Pages of allauth and of OpenID Connect in the middle of a process; the tests of the sign-in cover
# them (tests/browser/pages/: test_sign_in.py, test_openid_connect.py).
MIDWAY = {
    "account_reauthenticate",
    "account_email_verification_sent",
    "account_set_password",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "accounts:oidc",
    "accounts:oidc-address",
    "accounts:oidc-callback",
    "accounts:oidc-join",
    "accounts:oidc-remove",
    "accounts:email-change-undo",
    "accounts:email-change-undo-open",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
OF_INTERVIEW = ["interview-detail", "interview-update", "interview-cancel", "questions", "rate"]
NEEDS_PAST = ["rate", "agreement-create", "call", "letter", "contact-create", "result"]
OF_INTERVIEW += NEEDS_PAST[1:]
SIMPLE = ["today", "search", "interview-list", "interview-create", "interlocutor-list"]
SIMPLE += ["interview-lines"]
SIMPLE += ["interlocutor-create", "interlocutor-import", "more", "settings"]
SIMPLE += [
    "interview-import",
    "offline",
    "offline-queue",
    "settings-you",
    "settings-hours",
    "settings-reminders",
    "settings-data",
    "settings-display",
    "calendar",
    "notifications",
    "forwarding",
    "forwarding-delete",
    "forwarding-renew",
    "audit-log",
    "account-delete",
]
SIMPLE += ["data-export", "data-import", "coaching-list", "coaching-create"]
SIMPLE += ["insights", "assumptions-update", "sharing", "proof", "bookmarklet"]


SIMPLE += ["position-list", "position-create"]
OF_POSITION = ["position-detail", "position-close", "position-delete", "attachment-create"]


def named_urls() -> set[str]:
    """Every named URL of the project but the admin's."""
    return set(_names(get_resolver(), ""))


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            if inner != "admin:":
                yield from _names(entry, namespace + inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}"


def pages(world: World) -> dict[str, list[str]]:
    """The paths of each name that a signed-in candidate may open."""
    found = {f"dashboard:{name}": [reverse(f"dashboard:{name}")] for name in SIMPLE}
    rows = [*Interview.objects.filter(candidate=world.alice).with_parties().order_by("pk")]
    for name in OF_INTERVIEW:
        allowed = [row for row in rows if not row.is_cancelled or name not in NEEDS_PAST]
        found[f"dashboard:{name}"] = [reverse(f"dashboard:{name}", args=[r.pk]) for r in allowed]
    unsaid = world.by_step["weigh"].pk
    found["dashboard:first-steps"] = [
        f"/interviews/{row.pk}/next/" for row in rows if not (row.is_cancelled or row.is_answered)
    ]
    found["dashboard:nothing-agreed-delete"] = [f"/interviews/{unsaid}/nothing-agreed/delete/"]
    found["dashboard:message-channel"] = [
        reverse("dashboard:message-channel", args=[kind.value]) for kind in MESSAGES
    ]
    found["dashboard:message-channel-code"] = ["/settings/notifications/messages/ntfy/code/"]
    full = world.full
    person = full.interlocutors.all()[0]
    one = {
        "agreement-delete": full.agreements.get().pk,
        "call-noted": full.contacts.filter(outcome="no_answer", direction="out")[0].pk,
        "contact-delete": full.contacts.all()[0].pk,
        "result-delete": full.result.pk,
        "interlocutor-detail": person.pk,
        "interlocutor-update": person.pk,
        "interlocutor-delete": person.pk,
        "vacancy-update": full.vacancy.pk,
        **dict.fromkeys(OF_POSITION, world.applied.pk),
        "attachment-delete": world.applied.attachments.get().pk,
        "company-update": full.vacancy.company.pk,
        "competence-update": full.result.competences.all()[0].pk,
    }
    for name, pk in one.items():
        found[f"dashboard:{name}"] = [reverse(f"dashboard:{name}", args=[pk])]
    found |= pages_of_coaching(world) | paths_of_imports(world.imports)
    of_account = ("account_email", "account_change_password", "account_logout")
    for name in (*of_account, "mfa_index", "usersessions_list"):
        found[name] = [reverse(name)]
    answered = [row for row in rows if hasattr(row, "result")]
    offers = [row for row in answered if row.result.kind == "offer"]
    ended = [row for row in answered if row.result.kind not in ("offer", "next_stage")]
    taken = [row for row in offers if row.result.offer_answer == "accepted"]
    for name, some in (("offer", offers), ("result-next", ended), ("withdraw", taken)):
        found[f"dashboard:{name}"] = [reverse(f"dashboard:{name}", args=[r.pk]) for r in some]
    settled = "&".join(f"done={row.pk}" for row in (rows[0], ended[0]))
    found["dashboard:withdraw"].append(f"/interviews/{taken[0].pk}/withdraw/?{settled}")
    recommended = "?title=Θέση&company=Θήτα&source=Άλλη"
    found["dashboard:interview-create"].append(f"/interviews/new/{recommended}")
    found["dashboard:interview-create"].append(f"/interviews/new/?continues={full.pk}")
    found["dashboard:interview-create"].append(f"/interviews/new/?position={world.applied.pk}")
    found["dashboard:position-create"].append("/positions/new/?title=Θέση&company=Θήτα&tags=Ω")
    found["dashboard:interlocutor-list"].append("/people/?q=none")
    found["dashboard:position-list"] += ["/positions/?narrow=1", "/positions/?q=none"]
    found["dashboard:position-list"].append("/positions/?show=closed&sort=company")
    for name in ("position-detail", "position-close", "vacancy-update"):
        some = (full.vacancy_id, world.by_step["weigh"].vacancy_id, world.applied.pk)
        found[f"dashboard:{name}"] = [reverse(f"dashboard:{name}", args=[pk]) for pk in some]
    found["dashboard:search"] += ["/search/?q=%CE%B1", "/search/?q=none"]
    found["dashboard:proof"].append("/positions/proof/?period=three_months&country=DE&names=on")
    company = full.vacancy.company.pk
    found["dashboard:today"] += [
        f"/today/?company={company}",
        "/today/?stage=test",
        "/today/?narrow",
    ]
    return found


# Of pages that every interview has, that of an interview with this step.
STEP_OF_PAGE = {"dashboard:agreement-create": "fix_agreement", "dashboard:questions": "prepare"}
STEP_OF_OTHERS = "call"
SHOWN_IN_ALL_STATES = ("dashboard:interview-detail", "dashboard:position-import-detail")
ALIKE = 2  # how many pages of one name, if they do not belong to a step


def sample_pages(world: World) -> dict[str, list[str]]:
    """Like `pages`, for what does not depend on an interview's state. Its own page shows every kind
    of fact, and is included in all states."""
    found = {}
    for name, paths in pages(world).items():
        key = str(world.by_step[STEP_OF_PAGE.get(name, STEP_OF_OTHERS)].pk)
        sample = [path for path in paths if key in path] or paths[:ALIKE]
        found[name] = paths if name in SHOWN_IN_ALL_STATES else sample
    return found


def open_pages(world: World) -> dict[str, list[str]]:
    """The paths of each name that need no sign-in."""
    names = ("account_login", "account_signup", "account_inactive", "account_reset_password")
    found = {name: [reverse(name)] for name in (*names, "account_request_login_code")}
    found["dashboard:landing"] = ["/"]
    found["dashboard:accessibility"] = ["/accessibility/"]
    found["dashboard:keyboard"] = ["/keyboard/"]
    found["dashboard:shared"] = ["/shared/", "/shared/?lost=1"]
    return found


def link_paths(world: World) -> Iterator[str]:
    """The mail's path for each action of each current step, without further mails."""
    from interviews.actions.registry import offer_of

    for step, reminder in world.reminders.items():
        for action in offer_of(step).mail:
            yield urlsplit(action_url(reminder, action)).path
    yield urlsplit(unsubscribe_url(world.alice)).path
    yield from coaching_links(world)


def forget_mails() -> None:
    """So that a sender finds the current steps as just swept, without attempts."""
    Mail.objects.all().delete()
    RefusedAddress.objects.all().delete()
    Interview.objects.update(review_at=None)  # swept: nobody is mailed before
    Reminder.objects.update(state="waiting", mail=None, error="")
