"""Secrets are not shown, not even to operators."""

from django.test import Client

from interviews.models import Attachment, CalendarFeed


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
