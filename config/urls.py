"""The product at the root, the entrance under /accounts/, the admin under /admin/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# One way in for everybody, with its limits on how often a password may be tried.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("interviews.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
