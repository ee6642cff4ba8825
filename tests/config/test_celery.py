"""Tasks are found by the names that the schedule, the wake-ups and the release before call."""

import pytest
from django.conf import settings

from config.celery import FORMER_NAMES, app


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    app.loader.import_default_modules()


def test_every_scheduled_task_is_there() -> None:
    scheduled = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled | settings.CELERY_TASK_ROUTES.keys() <= app.tasks.keys()


def test_former_names_are_taken_and_lead_to_a_task() -> None:
    assert {*FORMER_NAMES, *FORMER_NAMES.values()} <= app.tasks.keys()
