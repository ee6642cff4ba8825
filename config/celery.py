"""The Celery application. Tasks only say "look now"; the tables are the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hearback")
app.config_from_object("django.conf:settings", namespace="CELERY")
# A task is named for its package; those that waited in the broker under the names of the release
# before are taken as well, for one release.
PACKAGES = ["reminders", "coaching", "insights", "personal_data"]
app.autodiscover_tasks(PACKAGES)
FORMER_NAMES = {
    "interviews.tasks.sweep": "reminders.tasks.sweep",
    "interviews.tasks.send_mails": "reminders.tasks.send_mails",
    "interviews.tasks.write_mornings": "coaching.tasks.write_mornings",
    "interviews.tasks.learn": "insights.tasks.learn",
    "interviews.tasks.keep_house": "personal_data.tasks.keep_house",
}
