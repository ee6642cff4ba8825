"""Give each email address one canonical form: case, full-width letters and internationalised
domains must not make two accounts of one mailbox. Chromium posts domains in their ASCII form."""

import unicodedata
from typing import Any

import idna
from django import forms
from django.core.validators import validate_email

from accounts.sanitize import validate_ascii_local_part

WIDE = ("\uff00", "\uffef")  # half-width and full-width forms, from East Asian keyboards


def canonical_address(address: str) -> str:
    """Return the form that is stored, compared and mailed to: lower case, the domain in ASCII (UTS
    #46). An invalid domain is left to the validator."""
    local, at, domain = "".join(map(_narrow, address)).strip().rpartition("@")
    return f"{local.lower()}{at}{_in_ascii(domain)}"


def _narrow(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign) if WIDE[0] <= sign <= WIDE[1] else sign


def _in_ascii(domain: str) -> str:
    if domain.isascii() and "xn--" not in domain.lower():
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain.lower()


class AddressField(forms.EmailField):
    """A model field for addresses of accounts and recipients. It refuses an address without a
    canonical form, which could be registered twice in two spellings."""

    def __init__(self, **kwargs: Any) -> None:
        validators = [validate_ascii_local_part, *kwargs.pop("validators", ())]
        super().__init__(validators=validators, **kwargs)

    def to_python(self, value: Any) -> Any:
        return canonical_address(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        local, _at, domain = value.rpartition("@")
        # A quoted local part names the same mailbox as an unquoted one.
        if '"' in local or not domain.isascii():
            said = self.error_messages.get("invalid", validate_email.message)
            raise forms.ValidationError(said, code="invalid")
