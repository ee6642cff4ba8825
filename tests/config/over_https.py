"""`python -m tests.config.over_https`: how a deployment answers, as JSON.

In a process of its own, since what is served over HTTPS is settled when the settings are read.
"""

import json

import django


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client

    from accounts.link_cookies import LinkCookie

    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    plain = client.get("/?q=1")
    page = client.get("/", secure=True)
    client.get("/accounts/login/", secure=True)
    client.post("/theme/", {"theme": "dark"}, secure=True)
    linked = HttpResponse()
    LinkCookie("action", "salt").put(linked, "token", path="/act/1/")
    told = {
        "plain": [plain.status_code, plain.headers["Location"]],
        "headers": dict(page.headers),
        "cookies": {name: morsel.OutputString() for name, morsel in client.cookies.items()},
        "link": linked.cookies.output(header=""),
        "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
