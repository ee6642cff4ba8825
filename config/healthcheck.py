"""python config/healthcheck.py PORT: exit with 0 if the web server on this machine serves a page.

The health check of the image. It uses only the standard library and imports nothing of the package,
because it runs every half minute.
"""

import http.client
import os
import sys
from contextlib import closing
from urllib.parse import urlsplit


def main() -> None:
    host = urlsplit(os.environ.get("BASE_URL", "http://localhost:8000")).netloc
    # As the proxy asks: a deployment redirects plain HTTP.
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=5)
    with closing(connection):
        connection.request("GET", "/", headers=headers)
        status = connection.getresponse().status
    sys.exit(0 if status == http.HTTPStatus.OK else f"It answers {status}.")


if __name__ == "__main__":
    main()
