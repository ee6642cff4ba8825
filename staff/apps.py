from importlib import import_module

from accounts.apps import AdminConfig


class CoachAdminConfig(AdminConfig):
    """Django's admin as a coach's workplace, behind this product's door."""

    default = False
    default_site = "staff.site.CoachSite"

    def ready(self) -> None:
        # First, since the site stands among the pages that are registered with it: found while
        # another application's are, it would be made twice, and forget the first one's.
        import_module("staff.pages")
        super().ready()
