"""A candidate on a phone that stores the agreement's form."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from interviews.models import Candidate, Interview
from tests.browser.conftest import Pages
from tests.browser.pages.offline.device import card_of, settle
from tests.support.browser import Watch, sign_in
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import Running

NO_NETWORK = "ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE"


@pytest.fixture
def alice(running: Running, watch: Watch) -> Candidate:
    watch.allow(NO_NETWORK)
    return make_candidate(make_user("Alice"))


@pytest.fixture
def interview(alice: Candidate) -> Interview:
    """Ends in a few minutes, so that its end is not suggested as the agreement's time."""
    now = timezone.now()
    return make_interview(alice, starts_at=now - timedelta(minutes=50), now=now)


@pytest.fixture
def page(running: Running, new_page: Pages, interview: Interview) -> Page:
    """Signed in as alice on a phone that has stored the form."""
    opened = new_page(running.url, viewport={"width": 360, "height": 740})
    sign_in(opened, interview.candidate.user)
    settle(opened, card_of(interview))
    return opened
