"""Measurements of speed and of behaviour under faults, each compared with its target: `make bench`.

They run on the PostgreSQL and Redis of DATABASE_URL and CELERY_BROKER_URL, by default the local
ones, in a database of their own.
"""

import os

import django
from django.apps import apps

from scripts import local_services

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
os.environ.update(local_services.urls())
if not apps.ready:
    django.setup()
