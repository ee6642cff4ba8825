"""Figures about speed and about faults, each beside what it is held against: `make bench`.

It runs on the PostgreSQL and the Redis that DATABASE_URL and CELERY_BROKER_URL name, by default the
local ones, in a database of its own.
"""

import os

import django
from django.apps import apps

from scripts import services

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
os.environ.update(services.urls())
if not apps.ready:
    django.setup()
