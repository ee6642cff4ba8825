"""The Celery application. Tasks only say "look now"; the database is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hearback")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["reminders", "integrations", "coaching", "insights", "personal_data"])

# Tasks queued by the previous release run under their new names.
FORMER_NAMES = {
    "interviews.tasks.sweep": "reminders.tasks.sweep",
    "interviews.tasks.send_mails": "reminders.tasks.send_mails",
    "interviews.tasks.write_mornings": "coaching.tasks.send_digests",
    "interviews.tasks.learn": "insights.tasks.compute_statistics",
    "interviews.tasks.keep_house": "personal_data.tasks.apply_retention",
}


def _forward(former: str, name: str) -> None:
    @app.task(name=former, ignore_result=True)
    def forward() -> None:
        app.send_task(name)


for _former, _name in FORMER_NAMES.items():
    _forward(_former, _name)
