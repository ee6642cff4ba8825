from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.apps import AdminConfig


class InterviewsConfig(AppConfig):
    default = True
    name = "interviews"
    verbose_name = _("Interviews")

    def ready(self) -> None:
        from interviews import receivers  # noqa: F401  (connects to the libraries' signals)


class CoachAdminConfig(AdminConfig):
    """Django's admin as a coach's workplace, behind this product's door."""

    default = False
    default_site = "interviews.admin.site.CoachSite"

    def ready(self) -> None:
        # First, since the site stands among the pages that are registered with it: found while
        # another application's are, it would be made twice, and forget the first one's.
        import_module("interviews.admin")
        super().ready()
