"""What an export holds, and what it never does."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from icalendar import Calendar

from accounts.audit_log import Kind, log_action
from accounts.models import AuditEntry, User
from integrations.feed_address import create_feed
from interviews.models import Candidate, Interlocutor, Interview, Mail, Vacancy
from personal_data.schema import TABLES
from personal_data.table import heading
from tests.personal_data.exports import NOW, exported, facts_in, members
from tests.site.world import World
from tests.support.people import make_candidate, make_interview, make_note, make_user
from tests.support.queries import count_queries


@pytest.fixture
def acme(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=NOW, now=NOW)


def test_the_files(alice: Candidate) -> None:
    names = list(members(exported(alice.user)))
    facts = [f"facts/{table.name}.jsonl" for table in TABLES]
    sheets = [f"tables/{table.name}.csv" for table in TABLES]
    assert names == ["README.txt", "hearback.json", *facts, *sheets, "calendar.ics", "people.vcf"]


def test_every_row_of_the_owner_as_json(world: World) -> None:
    counts = {
        table: table.model._default_manager.filter(**{table.owner: world.alice.user_id}).count()
        for table in TABLES
    }
    facts = facts_in(exported(world.alice.user))
    assert (facts["format"], facts["version"]) == ("hearback", 2)
    assert facts["exported_at"] == NOW.isoformat()
    for table, count in counts.items():
        assert len(facts[table.name]) == count, table.name
        for row in facts[table.name]:
            assert list(row) == [heading(column) for column in table.columns]
    full = next(row for row in facts["interviews"] if row["id"] == str(world.full.pk))
    assert (full["place"], full["notes"], full["minutes"]) == ("Αθήνα", "Σημείωση", 60)
    assert full["starts_at"] == (NOW - timedelta(days=30)).isoformat()
    assert full["step_reason"] == world.full.step_reason


def test_the_same_rows_as_tables(world: World) -> None:
    file = exported(world.alice.user)
    files, facts = members(file), facts_in(file)
    for table in TABLES:
        text = files[f"tables/{table.name}.csv"].decode("utf-8-sig")
        head, *rows = csv.reader(StringIO(text, newline=""))
        shown = [column for column in table.columns if column not in table.unread]
        assert head == [heading(column) for column in shown]
        assert len(rows) == len(facts[table.name]), table.name
    read = csv.DictReader(StringIO(files["tables/interlocutors.csv"].decode("utf-8-sig")))
    assert {row["phone"] for row in read} == {"'+49 30 901820"}


def test_a_formula_is_defused_in_the_tables_alone(alice: Candidate, acme: Interview) -> None:
    Vacancy.objects.update(title='=HYPERLINK("//a")')
    file = exported(alice.user)
    assert "'=HYPERLINK" in members(file)["tables/vacancies.csv"].decode()
    titles = [row["title"] for row in facts_in(file)["vacancies"]]
    assert '=HYPERLINK("//a")' in titles


def test_the_calendar_has_every_interview(world: World) -> None:
    make_interview(world.alice, starts_at=NOW - timedelta(days=900), now=NOW, company="Παλιά")
    calendar = Calendar.from_ical(members(exported(world.alice.user))["calendar.ics"])
    uids = {str(event["UID"]) for event in calendar.walk("VEVENT")}
    pks = Interview.objects.not_cancelled().values_list("pk", flat=True)
    assert {f"interview-{pk}@hearback" for pk in pks} <= uids
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_the_people_as_cards(alice: Candidate, acme: Interview) -> None:
    cards = members(exported(alice.user))["people.vcf"].decode()
    assert cards.count("BEGIN:VCARD") == Interlocutor.objects.count() == 1
    assert "FN:Anna Petrova" in cards


def test_nothing_secret(alice: Candidate, acme: Interview) -> None:
    user, feed = alice.user, create_feed(candidate=alice, now=NOW)
    content = b"".join(members(exported(user)).values()).decode()
    assert str(feed.pk) in content
    assert feed.token not in content
    assert user.password not in content
    assert "md5$" not in content


def test_nothing_of_anybody_else(alice: Candidate) -> None:
    eve = make_candidate(make_user("Eve"))
    interview = make_interview(
        eve, starts_at=NOW, now=NOW, company="Secretive", people=(("Marker", "peer"),)
    )
    log_action(Kind.LOOKED, subject=eve.user, actor=alice.user, now=NOW, detail="Marked")
    log_action(Kind.LOOKED, subject=alice.user, actor=eve.user, now=NOW, detail="interviews")
    content = b"".join(members(exported(alice.user)).values()).decode()
    for word in ("Secretive", "Marker", "Marked", str(interview.pk), str(eve.user_id), "eve@"):
        assert word not in content, word


def test_the_audit_log_says_whether_it_was_the_owner(alice: Candidate) -> None:
    user, bob = alice.user, make_user("Robert")
    log_action(Kind.SIGNED_IN, subject=user, actor=user, now=NOW, address="192.0.2.7")
    log_action(Kind.LOOKED, subject=user, actor=bob, now=NOW, detail="interviews")
    log_action(Kind.SIGN_IN_FAILED, subject=user, actor=None, now=NOW)
    rows = facts_in(exported(user))["record"]
    told = {row["kind"]: row["by_you"] for row in rows}
    assert told == {"signed_in": True, "looked": False, "sign_in_failed": None}
    assert rows[0]["address"] == "192.0.2.7"


def test_it_is_recorded(alice: Candidate) -> None:
    exported(alice.user)
    (entry,) = AuditEntry.objects.about(alice.user).filter(kind=Kind.EXPORTED)
    assert (entry.actor_id, entry.at) == (alice.user_id, NOW)


def test_a_code_that_may_still_work_is_left_out(alice: Candidate) -> None:
    for number, hours in enumerate((23, 25)):
        Mail.objects.create(
            kind="account",
            user=alice.user,
            recipient=alice.user.email,
            message_id=f"<{number}@example.org>",
            subject=f"{number}{number}{number} is your sign-in code",
            state="sent",
            sent_at=NOW - timedelta(hours=hours),
            try_at=NOW,
            created_at=NOW - timedelta(hours=hours),
        )
    subjects = [row["subject"] for row in facts_in(exported(alice.user))["mails"]]
    assert subjects == ["", "111 is your sign-in code"]


def test_whoever_has_no_search_gets_what_there_is(alice: Candidate, bob: User) -> None:
    """A coach: nothing about coached candidates, not even that there are any."""
    file = exported(bob)
    files, facts = members(file), facts_in(file)
    assert "calendar.ics" not in files
    assert facts["settings"] == []
    assert [row["email"] for row in facts["account"]] == [bob.email]
    assert [row["shares"] for row in facts["coachings_given"]] == ["interviews"]
    content = b"".join(files.values()).decode()
    assert str(alice.pk) not in content
    assert alice.user.email not in content


def test_a_private_note_stays_with_the_coach(alice: Candidate, bob: User) -> None:
    row = make_interview(alice, starts_at=NOW, now=NOW)
    make_note(row, bob, now=NOW, text="For both")
    make_note(row, bob, now=NOW, text="For me", is_shared=False)
    (told,) = facts_in(exported(alice.user))["coach_notes"]
    assert told["text"] == "For both"


def test_control_signs_stay_behind(alice: Candidate) -> None:
    """An import takes none, so that an export that holds one could not come back."""
    row = make_interview(alice, starts_at=NOW, now=NOW)
    Interview.objects.filter(pk=row.pk).update(notes="One\x0btwo\r\n\tthree\x1f\u202e")
    (told,) = facts_in(exported(alice.user))["interviews"]
    assert told["notes"] == "Onetwo\r\n\tthree"


def test_as_many_queries_for_few_rows_as_for_many(alice: Candidate) -> None:
    make_interview(alice, starts_at=NOW, now=NOW)
    few = count_queries(lambda: exported(alice.user))
    for number in range(20):
        make_interview(alice, starts_at=NOW, now=NOW, company=f"Acme {number}")
    assert count_queries(lambda: exported(alice.user)) == few
    assert few < 84
