from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models import CharField
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import checks, receivers  # noqa: F401

        # For searches; addresses are stored and compared by `canonical_address`. Never `iexact`:
        # PostgreSQL's UPPER makes an S of ſ, and a K of the sign for kelvin.
        CharField.register_lookup(Lower)


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin behind this product's door."""

    default = False
    default_site = "accounts.admin.site.HearbackSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib import admin

        # Not by Django's search for modules named admin: whoever asks this package for its site
        # would register pages with a site that is still being made.
        from accounts.admin import users  # noqa: F401
        from accounts.admin.site import HIDDEN

        for model in HIDDEN:
            admin.site.unregister(model)
