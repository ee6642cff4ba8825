"""Where django-allauth asks the project; receivers of its signals stand in interviews."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Allauth's defaults; the product's own templates do the rest."""
