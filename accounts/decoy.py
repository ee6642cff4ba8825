"""A sign-up with an address that has an account already does what any sign-up does, in vain.

Its answer is the same, and its mail goes to the same mailbox. What is left is the time it takes:
hashing the password, and writing user, address and whatever else a sign-up makes.
"""

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.signals import user_signed_up
from allauth.account.utils import setup_user_email
from django.db import transaction
from django.http import HttpRequest

from accounts.keys import new_key
from accounts.models import User

if TYPE_CHECKING:
    from accounts.entrance import SignupForm


def sign_up_in_vain(form: "SignupForm", request: HttpRequest) -> None:
    """All rows are taken back; nothing is mailed."""
    adapter = get_adapter()
    typed = form.cleaned_data["email"]
    with transaction.atomic():
        try:
            form.cleaned_data["email"] = f"{new_key()}@decoy.invalid"
            user = adapter.save_user(request, User(), form)
            setup_user_email(request, user, [EmailAddress(email=user.email)])
            user_signed_up.send(sender=User, request=request, user=user)
        finally:
            form.cleaned_data["email"] = typed
            transaction.set_rollback(True)
