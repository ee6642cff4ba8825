"""Request bodies at a real server: long ones are refused, and those without a length are
measured."""

import http.client
from collections.abc import Callable, Iterator

import pytest

from tests.support.running import Running

MEGABYTE = 2**20
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def running(start_running: Callable[..., Running]) -> Running:
    return start_running(works=False)


def chunked(*parts: bytes) -> Iterator[bytes]:
    yield from parts


def post(
    running: Running,
    body: bytes | Iterator[bytes],
    path: str = "/accounts/login/",
    **headers: str,
) -> tuple[int, str]:
    connection = http.client.HTTPConnection("localhost", running.port, timeout=60)
    try:
        is_chunked = not isinstance(body, bytes)
        connection.request("POST", path, body, FORM | headers, encode_chunked=is_chunked)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_bodies_of_a_real_server(running: Running) -> None:
    status, page = post(running, b"x" * (MEGABYTE + 1))
    assert (status, "<h1>That’s too large to send</h1>" in page) == (413, True)

    def endless() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * MEGABYTE

    status, page = post(running, endless())
    assert (status, "<h1>That’s too large to send</h1>" in page) == (413, True)
    # A short one is read: what it says arrives, as the missing token shows that it was sought.
    cookie, token = "a" * 32, "a" * 32
    body = f"csrfmiddlewaretoken={token}&login=x".encode()
    status, page = post(running, chunked(body[:20], body[20:]), Cookie=f"csrftoken={cookie}")
    assert (status, 'value="x"' in page) == (422, True)
    status, page = post(running, chunked(b"login=x"), Cookie=f"csrftoken={cookie}")
    assert status == 403
    # A file may be as large as its page takes it, though nothing says how long it is.
    before = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    file = chunked(before, *(b"y" * MEGABYTE for _ in range(3)), b"\r\n--x--\r\n")
    kind = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": f"csrftoken={cookie}"}
    status, page = post(running, file, path="/settings/import/", **kind)
    assert status == 403  # read, and only then found to lack the token
    # And the server goes on.
    assert post(running, b"")[0] == 403
