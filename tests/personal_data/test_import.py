"""An import: only into an account without facts, completely or not at all, and never near another's
rows."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from integrations.content_lines_read import UnreadableError
from integrations.feed_address import create_feed
from interviews.models import (
    CalendarFeed,
    Candidate,
    Coaching,
    Company,
    Contact,
    Interview,
    Vacancy,
)
from personal_data.import_ import import_export, restore
from tests.personal_data.exports import NOW, Facts, exported, facts_in, members, packed, zipped
from tests.personal_data.snapshot import snapshot
from tests.site.world import World
from tests.support.people import make_candidate, make_contact, make_interview, make_user


@pytest.fixture
def facts(alice: Candidate) -> Facts:
    """alice's one interview, with an unanswered call."""
    row = make_interview(alice, starts_at=NOW - timedelta(days=3), now=NOW - timedelta(days=3))
    make_contact(row, now=NOW - timedelta(days=1))
    return facts_in(exported(alice.user))


def test_beside_the_one_it_came_from(world: World, newcomer: Candidate) -> None:
    """All keys are new, so that both live in one instance."""
    before = snapshot(world.alice)
    import_export(file=exported(world.alice.user), candidate=newcomer, now=NOW)
    assert snapshot(world.alice) == before
    assert Interview.objects.of(newcomer).count() == Interview.objects.of(world.alice).count()


def repacked(file: BytesIO, name: Callable[[str], str], *before: str) -> BytesIO:
    """Its files under other names, behind some that hold nothing."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for each in before:
            archive.writestr(each, b"")
        for each, content in members(file).items():
            archive.writestr(name(each), content)
    return made


def by_safari(file: BytesIO) -> BytesIO:
    """Unpacked by the browser, and its folder packed again by the Finder."""
    folder = "hearback-2026-11-23/"
    macos_files = [f"__MACOSX/{folder}._{name}" for name in members(file)]
    store = (folder, "__MACOSX/", f"{folder}.DS_Store", f"__MACOSX/{folder}hearback.json")
    return repacked(file, lambda name: folder + name, *store, *macos_files)


WAYS: dict[str, Callable[[BytesIO], BytesIO]] = {
    "packed again by a Mac": by_safari,
    "in folders": lambda file: repacked(file, lambda name: f"Downloads/hearback (1)/{name}"),
    "by a program that writes \\": lambda file: repacked(file, lambda name: f"export\\{name}"),
    "its files saved by an editor": lambda file: packed(
        {
            name: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
            for name, content in members(file).items()
        }
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_however_the_export_was_kept(world: World, newcomer: Candidate, way: str) -> None:
    import_export(file=WAYS[way](exported(world.alice.user)), candidate=newcomer, now=NOW)
    assert Interview.objects.of(newcomer).count() == Interview.objects.of(world.alice).count()


def test_a_file_that_names_anothers_rows_reaches_none(
    facts: Facts, alice: Candidate, newcomer: Candidate
) -> None:
    """Neither by its keys nor by what it points to; and no answer tells that one is there."""
    before = snapshot(alice)
    theirs = Company.objects.get(candidate=alice)
    facts["companies"][0] |= {"name": "Taken over"}
    import_export(file=zipped(facts), candidate=newcomer, now=NOW)
    assert snapshot(alice) == before
    mine = Company.objects.get(candidate=newcomer)
    assert (mine.name, mine.pk == theirs.pk) == ("Taken over", False)

    eve = make_candidate(make_user("Eve"))
    sentences = set()
    for key in (str(theirs.pk), "01a20000-0000-7000-8000-000000000001"):
        facts["vacancies"][0]["agency"] = key
        with pytest.raises(UnreadableError) as refused:
            import_export(file=zipped(facts | _other(facts)), candidate=eve, now=NOW)
        sentences.add(str(refused.value))
    assert len(sentences) == 1


def _other(facts: Facts) -> Facts:
    """The same with a key of its own for the company, so that the old one is somebody else's."""
    told = json.dumps({name: facts[name] for name in ("companies", "interlocutors")})
    own = facts["companies"][0]["id"]
    changed: Facts = json.loads(told.replace(own, "01a20000-0000-7000-8000-000000000002"))
    vacancies = [row | {"company": changed["companies"][0]["id"]} for row in facts["vacancies"]]
    return changed | {"vacancies": vacancies}


def test_keys_are_new_where_they_are_free_too(
    facts: Facts, alice: Candidate, newcomer: Candidate
) -> None:
    """Else a key that is kept, or not, would tell whether somebody has it."""
    alice.user.delete()
    import_export(file=zipped(facts), candidate=newcomer, now=NOW)
    for name, model in (("interviews", Interview), ("contacts", Contact), ("companies", Company)):
        before = {row["id"] for row in facts[name]}
        assert not before & {str(pk) for pk in model.objects.values_list("pk", flat=True)}


def test_the_command_gives_new_keys_where_one_is_taken(facts: Facts, alice: Candidate) -> None:
    before = snapshot(alice)
    brought = restore(file=zipped(facts), email="eve@example.org", now=NOW)
    assert snapshot(alice) == before
    assert Interview.objects.of(brought.candidate).count() == 1
    assert brought.candidate.pk != alice.pk


def test_the_order_of_facts_at_the_same_moment_stays(alice: Candidate, newcomer: Candidate) -> None:
    row = make_interview(alice, starts_at=NOW - timedelta(days=3), now=NOW - timedelta(days=3))
    for number in range(30):
        make_contact(row, now=NOW, notes=str(number))
    import_export(file=exported(alice.user), candidate=newcomer, now=NOW)
    mine = Contact.objects.filter(interview__candidate=newcomer)
    assert [each.notes for each in mine] == [str(number) for number in range(30)]


@pytest.mark.parametrize("noun", ["company", "interlocutor"])
def test_not_into_a_search_with_facts(facts: Facts, newcomer: Candidate, noun: str) -> None:
    if noun == "company":
        newcomer.companies.create(name="Mine", normalised_name="mine")
    else:
        newcomer.interlocutors.create(name="Mine")
    before = snapshot(newcomer)
    with pytest.raises(UnreadableError, match="Your account already has interviews"):
        import_export(file=zipped(facts), candidate=newcomer, now=NOW)
    assert snapshot(newcomer) == before


def test_all_or_nothing(facts: Facts, newcomer: Candidate) -> None:
    """What is wrong shows only once all the rest is saved."""
    before = snapshot(newcomer)
    facts["contacts"][0] |= {"outcome": "sent"}  # a letter by phone: the database refuses it
    with pytest.raises(UnreadableError) as refused:
        import_export(file=zipped(facts), candidate=newcomer, now=NOW)
    assert "“contacts”" in str(refused.value)
    assert "Choose “sent” only for letters and messages you sent." in str(refused.value)
    assert snapshot(newcomer) == before
    assert not AuditEntry.objects.filter(kind=Kind.IMPORTED).exists()


def test_the_settings_come_and_the_account_stays(world: World, newcomer: Candidate) -> None:
    name, email = newcomer.user.name, newcomer.user.email
    import_export(file=exported(world.alice.user), candidate=newcomer, now=NOW)
    newcomer.refresh_from_db()
    assert (newcomer.timezone, newcomer.country, newcomer.notice_days) == (
        "Europe/Berlin",
        "DE",
        30,
    )
    newcomer.user.refresh_from_db()
    assert (newcomer.user.name, newcomer.user.email) == (name, email)


def test_the_name_where_it_is_asked_for(facts: Facts, newcomer: Candidate) -> None:
    import_export(file=zipped(facts), candidate=newcomer, takes_name=True, now=NOW)
    newcomer.user.refresh_from_db()
    assert newcomer.user.name == "Alice"


def test_nobody_gains_sight_by_a_file(alice: Candidate, bob: User, newcomer: Candidate) -> None:
    create_feed(candidate=alice, now=NOW)
    facts = facts_in(exported(alice.user))
    assert facts["coachings"]
    assert facts["calendar_feeds"]
    import_export(file=zipped(facts), candidate=newcomer, now=NOW)
    assert not Coaching.objects.filter(candidate=newcomer).exists()
    assert not CalendarFeed.objects.filter(candidate=newcomer).exists()


def test_rights_are_nothing_that_a_file_gives(facts: Facts) -> None:
    facts["account"][0] |= {"is_staff": True, "is_superuser": True, "email": "eve@example.org"}
    user = restore(file=zipped(facts), now=NOW).candidate.user
    assert (user.email, user.is_staff, user.is_superuser) == ("eve@example.org", False, False)


def test_it_is_recorded(facts: Facts, newcomer: Candidate) -> None:
    import_export(file=zipped(facts), candidate=newcomer, now=NOW)
    (entry,) = AuditEntry.objects.about(newcomer.user)
    assert (entry.kind, entry.actor_id, entry.at) == (Kind.IMPORTED, newcomer.user_id, NOW)


def test_a_column_that_an_older_export_lacks_has_its_default(
    facts: Facts, newcomer: Candidate
) -> None:
    del facts["interviews"][0]["minutes"]
    del facts["vacancies"][0]["rating_notes"]
    import_export(file=zipped(facts), candidate=newcomer, now=NOW)
    assert Interview.objects.of(newcomer).get().minutes == 60
    assert Vacancy.objects.get(candidate=newcomer).rating_notes == ""
