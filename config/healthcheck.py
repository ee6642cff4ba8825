"""python config/healthcheck.py PORT: ends with 0 where this machine's web server serves a page.

The health check of the image. Standard library only, and no part of the package, so that looking
every half minute costs little.
"""

import http.client
import os
import sys
from contextlib import closing
from urllib.parse import urlsplit


def main() -> None:
    host = urlsplit(os.environ.get("BASE_URL", "http://localhost:8000")).netloc
    # As the proxy asks: a deployment leads what comes over plain HTTP away.
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=5)
    with closing(connection):
        connection.request("GET", "/", headers=headers)
        status = connection.getresponse().status
    sys.exit(0 if status == http.HTTPStatus.OK else f"It answers {status}.")


if __name__ == "__main__":
    main()
