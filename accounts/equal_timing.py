"""Do the same work for an address without an account, so that response times reveal nothing.

The responses are equal in any case, and a mail goes to the same mailbox.
"""

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from allauth.account.signals import user_signed_up
from allauth.account.utils import has_verified_email, setup_user_email
from django.db import transaction
from django.http import HttpRequest

from accounts.allauth_internals import email_verification
from accounts.keys import new_key
from accounts.models import User


def query_nobody(*, times: int = 1) -> None:
    for _each in range(times):
        User.objects.filter(pk=new_key()).first()


def sign_up_in_vain(form: SignupForm, request: HttpRequest) -> None:
    """Do the work of a sign-up for an address that has an account already: hash the password, save
    a user, an address and what else belongs to it, and roll everything back. No mail is sent."""
    typed = form.cleaned_data["email"]
    with transaction.atomic():
        try:
            form.cleaned_data["email"] = f"{new_key()}@decoy.invalid"
            user = get_adapter().save_user(request, User(), form)
            setup_user_email(request, user, [EmailAddress(email=user.email)])
            user_signed_up.send(sender=User, request=request, user=user)
            has_verified_email(user)
            email_verification.get_address_for_user(user)
        finally:
            form.cleaned_data["email"] = typed
            transaction.set_rollback(True)
