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

        # For searches: addresses are stored and compared by `canonical_address`. Never use
        # `iexact`, since PostgreSQL's UPPER turns ſ into S and the Kelvin sign into K.
        CharField.register_lookup(Lower)


class AdminConfig(admin_apps.AdminConfig):
    """Replace Django's admin site by this product's."""

    default = False
    default_site = "accounts.admin.site.HearbackSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib import admin

        # No autodiscovery: modules that import this package for its site would register pages while
        # the site is still being built.
        from accounts.admin import users  # noqa: F401
        from accounts.admin.site import HIDDEN

        for model in HIDDEN:
            admin.site.unregister(model)
