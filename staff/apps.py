from importlib import import_module

from accounts.apps import AdminConfig


class CoachAdminConfig(AdminConfig):
    """Django's admin as a coach's workplace, with the product's sign-in."""

    default = False
    default_site = "staff.site.CoachSite"

    def ready(self) -> None:
        # Load it first: the site is defined among the pages that register with it. Loaded by
        # another application's autodiscovery, it would be created twice and lose its first pages.
        import_module("staff.pages")
        super().ready()
