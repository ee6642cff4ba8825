"""Every way to sign in to the account, on one page."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import passkeys, second_factor
from accounts.access import authenticators_of, identities_of, sessions_of
from accounts.keys import opaque_key
from accounts.models import User
from accounts.provider import provider_name
from accounts.time_zones import zone_of

Type = Authenticator.Type


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    found = authenticators_of(request.user)
    of_type = {row.type: row.wrap() for row in found}
    codes = of_type.get(Type.RECOVERY_CODES)
    context = {
        "passkeys": [
            {
                "key": opaque_key(row),
                "name": row.wrap().name,
                "added_at": row.created_at,
                "used_at": row.last_used_at,
            }
            for row in found
            if row.type == Type.WEBAUTHN
        ],
        "has_app": Type.TOTP in of_type,
        "has_codes": codes is not None,
        "codes_left": len(codes.get_unused_codes()) if codes else 0,
        "provider_name": provider_name(),
        "identities": [
            {"key": opaque_key(row), "added_at": row.date_joined, "used_at": row.last_login}
            for row in identities_of(request.user)
        ],
        "session_count": len(sessions_of(request.user)),
        "may_use_passkeys": passkeys.may_use(request),
        "passkey_address": passkeys.address(),
        "lacks_factor": second_factor.lacks_factor(request.user, found),
    }
    with timezone.override(zone_of(request.user)):
        return render(request, "mfa/index.html", context)
