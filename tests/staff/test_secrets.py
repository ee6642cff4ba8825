"""Secrets are not shown, not even to operators."""

from django.test import Client

from interviews.models import Attachment, CalendarFeed, InboundAddress, InboundMail, MailProposal


def test_the_secret_of_a_calendar_is_not_shown(as_operator: Client) -> None:
    for feed in CalendarFeed.objects.all():
        page = as_operator.get(f"/admin/interviews/calendarfeed/{feed.pk}/change/")
        assert page.status_code == 200
        assert feed.token not in page.content.decode()


def test_a_file_is_named_and_not_shown(as_operator: Client) -> None:
    for file in Attachment.objects.all():
        page = as_operator.get(f"/admin/interviews/attachment/{file.pk}/change/")
        assert page.status_code == 200
        assert "cv.txt" in page.content.decode()
        assert "Never shown" not in page.content.decode()
        assert as_operator.get(f"/files/{file.pk}/").status_code == 404


def test_neither_a_forwarding_address_nor_a_mail_is_shown(as_operator: Client) -> None:
    for address in InboundAddress.objects.all():
        page = as_operator.get(f"/admin/interviews/inboundaddress/{address.pk}/change/")
        assert page.status_code == 200
        assert address.local_part not in page.content.decode()
    for mail in InboundMail.objects.all():
        page = as_operator.get(f"/admin/interviews/inboundmail/{mail.pk}/change/")
        assert page.status_code == 200
        assert "Never shown" not in page.content.decode()


def test_no_person_reads_what_was_forwarded(as_operator: Client) -> None:
    """As the candidate is told in the settings."""
    letter = {
        "sender_name": "Anna Petrova",
        "sender_address": "anna@acme.example",
        "subject": "Your application as analyst",
        "excerpt": "We must reject you.",
    }
    MailProposal.objects.update(**letter, details={"why": "says a rejection", "code": "513248769"})
    kinds = MailProposal.Kind
    for proposal in MailProposal.objects.all():
        for url in (f"{proposal.pk}/change/", f"{proposal.pk}/history/", ""):
            page = as_operator.get(f"/admin/interviews/mailproposal/{url}")
            assert page.status_code == 200
            text = page.content.decode()
            assert not [said for said in (*letter.values(), "513248769") if said in text]
        assert str(kinds(proposal.kind).label) in text


def test_a_forwarded_mails_size_is_shown(as_operator: Client) -> None:
    for mail in InboundMail.objects.all():
        page = as_operator.get(f"/admin/interviews/inboundmail/{mail.pk}/change/")
        assert f'<div class="readonly">{len(mail.raw)}</div>' in page.content.decode()
    assert as_operator.get("/admin/interviews/inboundmail/").status_code == 200
