from django.apps import AppConfig


class DashboardConfig(AppConfig):
    default = True
    name = "dashboard"

    def ready(self) -> None:
        from dashboard import receivers  # noqa: F401  (connects to the libraries' signals)
