"""Figures about speed, each beside what it is held against: `make bench`."""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
if not apps.ready:
    django.setup()
