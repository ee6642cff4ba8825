"""`python -m tests.upgrade.look LINKS`: what an upgraded instance answers to links of before."""

import json
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    django.setup()

    from django.conf import settings
    from django.core import signing
    from django.test import Client

    from personal_data.account_deletion import CANCEL_SALT
    from reminders.signed_links import read_action

    settings.ACTION_LINK_DAYS = 100_000  # they were signed when the database was made
    links = json.loads(Path(sys.argv[1]).read_text())
    client = Client(SERVER_NAME="localhost")
    token = urlsplit(links["action"]).path.split("/")[2]
    answers = {
        "action": read_action(token) is not None,
        "unsubscribe": client.get(urlsplit(links["unsubscribe"]).path, follow=True).status_code,
        "calendar": client.get(f"/calendar/{links['calendar']}.ics").status_code,
        "keep": len(signing.loads(links["keep"], salt=CANCEL_SALT)),
    }
    print(json.dumps(answers))
