from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterviewsConfig(AppConfig):
    default = True
    name = "interviews"
    verbose_name = _("Interviews")
