"""Who sees a forwarded mail's proposal, and how it is answered."""

import re
from datetime import datetime, timedelta

from django.test import Client

from accounts.models import User
from interviews.actions.perform import UNDO_LASTS
from interviews.models import Candidate, InboundMail, Interview, MailProposal, Result
from interviews.services import interviews
from interviews.text.dates import row_day
from personal_data.retention import apply_retention
from tests.dashboard.mail_proposals.tapping import propose, tap, undo
from tests.support import people
from tests.support.queries import count_queries


def test_only_the_candidate_sees_it(
    as_alice: Client, as_bob: Client, as_charlie: Client, interview: Interview, now: datetime
) -> None:
    mail = propose(interview, now=now)
    for other in (as_bob, as_charlie):
        assert other.get(f"/mail-proposals/{mail.pk}/").status_code == 404
        assert tap(other, mail).status_code == 404
    assert Client().get(f"/mail-proposals/{mail.pk}/")["Location"].startswith("/accounts/login/")
    assert as_alice.get(f"/mail-proposals/{mail.pk}/").status_code == 200
    mail.refresh_from_db()
    assert mail.is_open


def test_a_coach_sees_nothing_of_it(
    as_bob: Client, bob: User, interview: Interview, now: datetime
) -> None:
    mail = propose(interview, now=now, kind="not_yet", excerpt="Nothing is decided.")
    tap(_as(interview.candidate), mail)
    page = as_bob.get(f"/admin/interviews/interview/{interview.pk}/change/")
    assert "They got in touch by email" in page.content.decode()
    assert "Nothing is decided." not in page.content.decode()


def test_the_passage_stays_beside_what_it_recorded(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    tap(as_alice, propose(interview, now=now, kind="not_yet", excerpt="Nothing is decided."))
    tap(as_alice, propose(interview, now=now, excerpt="We chose <somebody> else."))
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert "<p>“Nothing is decided.”</p>" in page
    assert "<p>“We chose &lt;somebody&gt; else.”</p>" in page


def test_today_shows_it_as_text(as_alice: Client, interview: Interview, now: datetime) -> None:
    propose(interview, now=now, excerpt="<b>We are sorry</b> &amp; regret")
    for url in ("/today/", f"/interviews/{interview.pk}/"):
        page = as_alice.get(url).content.decode()
        assert "Acme wrote today: a rejection." in page
        assert "“&lt;b&gt;We are sorry&lt;/b&gt; &amp;amp; regret”" in page
        assert "Record rejection" in page


def test_a_row_says_what_its_tap_records(
    as_alice: Client, interview: Interview, ahead: Interview, now: datetime
) -> None:
    here = now.astimezone(interview.candidate.zone)
    by, starts_at = here.date() + timedelta(days=60), here + timedelta(days=60)
    propose(interview, now=now, kind="offer", by_when=by)
    propose(ahead, now=now, kind="moved", dates=[starts_at])
    page = as_alice.get("/today/").content.decode()
    assert f"Acme</bdi></b>: offer, answer by {row_day(by, now=here)}\n" in page
    said = f"Bolt</bdi></b>: new time, {row_day(starts_at.date(), now=here)} {starts_at:%H:%M}"
    assert f"<b><bdi>{said}\n" in page
    assert page.index(said) < page.index('class="timeline"')
    assert "Move interview</button>" in page


def test_all_are_counted(as_alice: Client, interview: Interview, now: datetime) -> None:
    for hours in range(13):
        propose(interview, now=now - timedelta(hours=hours))
    page = as_alice.get("/today/").content.decode()
    assert 'From your email<span class="count">13</span>' in page
    assert page.count('class="from-mail"') == 10
    assert "10 more emails" in page
    assert "3 older emails move up as you answer these." in page


def test_the_oldest_may_have_answered_too(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    late = people.make_interview(alice, starts_at=now - timedelta(days=20), now=now)
    propose(late, now=now - timedelta(hours=1))
    for _ in range(12):
        propose(interview, now=now)
    assert "They may have answered." in as_alice.get(f"/interviews/{late.pk}/row/").content.decode()


def test_a_call_and_a_letter_are_told_to_wait(
    as_alice: Client, alice: Candidate, interview: Interview, ahead: Interview, now: datetime
) -> None:
    propose(ahead, now=now)
    urls = [f"/interviews/{interview.pk}/{page}/" for page in ("call", "letter")]
    for url in urls:
        assert "Look at it before" not in as_alice.get(url).content.decode()
    choices = [{"interview": str(interview.pk)}, {"interview": str(ahead.pk)}]
    mail = propose(interview, now=now, interview=None, choices=choices, sender_name="Anna")
    for url, said in zip(urls, ("call", "write"), strict=True):
        page = as_alice.get(url).content.decode()
        assert "Anna wrote today." in page
        assert f'<a href="/mail-proposals/{mail.pk}/">Look at it before you {said}.</a>' in page
    tap(as_alice, mail, "dismiss")
    propose(interview, now=now.astimezone(alice.zone) - timedelta(days=1))
    assert "<bdi>Acme wrote yesterday.</bdi>" in as_alice.get(urls[0]).content.decode()


def test_the_page_of_a_position_shows_its_own(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    position = people.make_position(alice, now=now, applied_on=now.date())
    other = people.make_position(alice, now=now, company="Bolt")
    propose(position, now=now)
    assert (
        "Acme</bdi></b>: rejection" in as_alice.get(f"/positions/{position.pk}/").content.decode()
    )
    assert "rejection" not in as_alice.get(f"/positions/{other.pk}/").content.decode()


def test_today_calls_no_one_who_may_have_answered(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    people.keep_hours(alice, now=now, is_open=True)
    late = people.make_interview(alice, starts_at=now - timedelta(days=20), now=now)
    interviews.note_nothing_agreed(interview=late, now=now)
    assert " first" in _row(as_alice, late)
    propose(late, now=now)
    assert " first" not in _row(as_alice, late)
    page = as_alice.get("/today/").content.decode()
    assert "They may have answered. Look at their email first." in page
    assert "They may have answered." in as_alice.get(f"/interviews/{late.pk}/row/").content.decode()


def test_one_query_more_where_there_are_any(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    for url in ("/today/", f"/interviews/{interview.pk}/"):
        as_alice.get(url)  # the session is written at the first look
        before = count_queries(lambda url=url: as_alice.get(url))  # type: ignore[misc]
        mails = [propose(interview, now=now) for _ in range(3)]
        after = count_queries(lambda url=url: as_alice.get(url))  # type: ignore[misc]
        assert after == before + 1
        MailProposal.objects.filter(pk__in=[each.pk for each in mails]).delete()


def test_a_doubtful_sender_is_told(as_alice: Client, interview: Interview, now: datetime) -> None:
    propose(interview, now=now, is_doubtful=True)
    page = as_alice.get("/today/").content.decode()
    assert "We couldn’t confirm who sent it." in page
    [row] = re.findall(r'<article class="from-mail">.*?</article>', page, re.DOTALL)
    assert "Sender not confirmed" in row.partition("</summary>")[0]
    assert "btn-primary" not in row


def test_an_answer_is_given_once(as_alice: Client, interview: Interview, now: datetime) -> None:
    mail = propose(interview, now=now)
    tap(as_alice, mail)
    second = tap(as_alice, mail, follow=True)  # another tab
    assert "You’ve already recorded this email as a rejection." in second.content.decode()
    third = as_alice.get(f"/mail-proposals/{mail.pk}/", follow=True)
    assert "You’ve already recorded this email" in third.content.decode()
    assert "already recorded" in tap(as_alice, mail, "dismiss", follow=True).content.decode()
    assert Result.objects.count() == 1


def test_what_was_put_aside_is_forgotten_when_undo_has_ended(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    details = {"dates": [], "by_when": None, "why": "“We chose somebody else.” says a rejection"}
    aside, kept = (people.make_mail_proposal(interview, now=now, details=details) for _ in "ab")
    tap(as_alice, aside, "dismiss")
    tap(as_alice, kept)
    aside.refresh_from_db()
    assert aside.answered_at is not None
    apply_retention(now=aside.answered_at + UNDO_LASTS)
    aside.refresh_from_db()
    assert aside.excerpt
    apply_retention(now=aside.answered_at + UNDO_LASTS + timedelta(seconds=1))
    aside.refresh_from_db()
    kept.refresh_from_db()
    assert (aside.excerpt, aside.details["why"]) == ("", "")
    assert (kept.excerpt, kept.details) == (
        "We have decided to go ahead with another candidate.",
        details,
    )


def test_the_mail_is_erased_when_it_is_answered(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    for act in ("record", "dismiss"):
        raw = InboundMail.objects.create(
            candidate=interview.candidate, raw=b"x", digest=act, received_at=now, try_at=now
        )
        mail = propose(interview, now=now, mail=raw, kind="question")
        response = tap(as_alice, mail, act, follow=True)
        raw.refresh_from_db()
        assert bytes(raw.raw) == b""
        undo(as_alice, response)
        mail.refresh_from_db()
        assert mail.is_open
        assert mail.excerpt


def test_nothing_to_do_with_it(as_alice: Client, interview: Interview, now: datetime) -> None:
    mail = propose(interview, now=now)
    response = tap(as_alice, mail, "dismiss", follow=True)
    assert "Nothing else changed." in response.content.decode()
    mail.refresh_from_db()
    assert mail.status == "dismissed"
    assert "a rejection" not in as_alice.get("/today/").content.decode()
    undo(as_alice, response)
    assert "a rejection" in as_alice.get("/today/").content.decode()


def test_an_old_undo_does_not_end_a_newer_answer(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    mail = propose(interview, now=now)
    first = tap(as_alice, mail, "dismiss", follow=True)
    undo(as_alice, first)
    tap(as_alice, mail)
    assert "nothing left to undo" in undo(as_alice, first).content.decode()
    mail.refresh_from_db()
    assert mail.status == "recorded"


def _as(candidate: Candidate) -> Client:
    client = Client()
    client.force_login(candidate.user)
    return client


def _row(client: Client, interview: Interview) -> str:
    """The classes of its row on Today."""
    page = client.get("/today/").content.decode()
    found = re.search(rf'id="w-{interview.pk}" class="([^"]*)"', page)
    assert found is not None
    return found.group(1)
