"""Add from any page: a bookmark that opens the form of a new position, filled in from a job ad."""

import json
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.absolute_url import absolute_url
from dashboard.page import CandidateRequest, candidate_page

SOURCE = "js/bookmarklet.js"
# In the source instead of this site's address.
ADDRESS = '"HEARBACK"'
# What an address holds as it is.
PLAIN = "!$&'()*+,/:;=?@~"


@require_safe
@candidate_page
def bookmarklet(request: CandidateRequest) -> HttpResponse:
    """The link is text here: static/js/shared.js makes a link of it to drag. Nothing on our own
    pages can run it, since their policy allows no inline script."""
    context = {"code": code_for(absolute_url("dashboard:shared"))}
    return render(request, "dashboard/shared/bookmarklet.html", context)


@cache
def code_for(address: str) -> str:
    """Return the script as a javascript: link that sends what it finds to this address."""
    path = finders.find(SOURCE)
    if not path:
        raise FileNotFoundError(SOURCE)
    lines = [line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines()]
    script = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f"javascript:{quote(script.replace(ADDRESS, json.dumps(address)), safe=PLAIN)}"
