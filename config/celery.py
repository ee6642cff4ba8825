"""The Celery application. Tasks only say "look now"; the tables are the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hearback")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
