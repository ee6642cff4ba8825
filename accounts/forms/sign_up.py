"""What sign-up asks in addition to an address and a password: the time zone.

Allauth builds its own form on top of `SignupForm`; its other forms are in `accounts.forms.sign_in`.
"""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.time_zones import ZoneField


class SignupForm(forms.Form):
    # After the fields that allauth adds.
    field_order = ["email", "password1", "timezone"]

    timezone = ZoneField(
        help_text=_("We use it to send reminders at a time when you can call."),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Required by allauth. dashboard.receivers creates the candidate with this zone."""
