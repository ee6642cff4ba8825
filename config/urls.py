"""The product at the root, the entrance under /accounts/, the admin under /admin/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404
from django.urls import include, path, re_path
from django.views.defaults import page_not_found

# One way in for everybody, with its limits on how often a password may be tried.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("interviews.urls")),
    path("accounts/", include("allauth.urls")),
    # No row has a page that the admin could show; asked with a nonsense key, Django's view fails.
    re_path(r"^admin/r/", page_not_found, {"exception": Http404()}),
    path("admin/", admin.site.urls),
]
