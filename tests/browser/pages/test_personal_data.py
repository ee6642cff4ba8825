"""Exporting everything in one browser, and importing it in another."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from interviews.models import Interview
from tests.browser.conftest import Pages
from tests.support.browser import sign_in
from tests.support.people import PASSWORD, make_candidate, make_interview, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("java_script", [True, False])
def test_from_one_account_to_another(
    running: Running, new_page: Pages, tmp_path: Path, java_script: bool
) -> None:
    now = timezone.now()
    alice = make_candidate(make_user("Alice"))
    make_interview(alice, starts_at=now + timedelta(days=2), now=now)
    page = new_page(running.url, java_script_enabled=java_script)
    sign_in(page, alice.user)
    page.goto("/settings/data/")
    page.get_by_role("link", name="Export your data").click()
    page.get_by_role("button", name="Download zip file").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Export your data")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download zip file").click()
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    assert file.suffix == ".zip"

    charlie = make_candidate(make_user("Charlie"))
    other = new_page(running.url, java_script_enabled=java_script)
    sign_in(other, charlie.user)
    other.goto("/settings/data/")
    other.get_by_role("link", name=re.compile("^Import An export")).click()
    other.get_by_label("Export file (.zip)").set_input_files(file)
    other.get_by_role("button", name="Import data").click()
    expect(other.get_by_text("Import finished: 1 interview added.")).to_be_visible()
    expect(other.get_by_role("link", name="Acme Product analyst")).to_be_visible()
    assert Interview.objects.of(charlie).count() == 1
