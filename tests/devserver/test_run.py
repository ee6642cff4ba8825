"""`make run` without make: what it prints, keeps, and leaves behind."""

import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPMessage
from pathlib import Path
from typing import NamedTuple
from urllib.request import Request, urlopen

import pytest

from devserver.instance import has_swept
from tests.support.ports import own_port
from tests.support.waiting import wait_until

PREPARED = ["collection", "preparation"]
ORDER = ["worker", "web", "mailbox", "broker"]


@pytest.fixture
def port() -> int:
    return own_port()


class Up(NamedTuple):
    """What one runs and where; its `told` is the environment of its web process."""

    process: "subprocess.Popen[str]"
    var: Path
    port: int
    told: dict[str, str]


@pytest.fixture(scope="module")
def up(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """For tests that only look at what runs."""
    var = Path(shutil.copytree(migrated, tmp_path_factory.mktemp("up") / "var"))
    port = own_port()
    with run(var, port) as process:
        read_line(process)
        yield Up(process, var, port, environment_of(processes_of(var)["web"]))


@contextmanager
def run(
    var: Path, port: int, *, demo: str = "0", **environment: str
) -> Iterator["subprocess.Popen[str]"]:
    """It, started as a shell's foreground job is: in a process group of its own."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME")}
    started = subprocess.Popen(
        [sys.executable, "-m", "devserver", "--port", str(port), "--demo", demo],
        env={**inherited, **environment, "HEARBACK_VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.terminate()
        started.communicate(timeout=60)


def read_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def processes_of(var: Path) -> dict[str, int]:
    """Name and process id of each child, as the log has them."""
    log = (var / "log" / "run.log").read_text()
    return {name: int(pid) for name, pid in re.findall(r"(\w+) started as process (\d+)", log)}


def environment_of(pid: int) -> dict[str, str]:
    entries = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return dict(entry.split("=", 1) for entry in entries if entry)


def fetched(port: int, path: str) -> tuple[HTTPMessage, bytes]:
    address = f"http://localhost:{port}{path}"
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"}), timeout=10) as answer:
        return answer.headers, answer.read()


def sessions_alive(leaders: set[int]) -> set[int]:
    """Those of the sessions in which any process still runs."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if after_name[0] != "Z":
            found.add(int(after_name[3]))
    return found & leaders


def wait_until_gone(leaders: set[int], seconds: float = 20) -> set[int]:
    deadline = time.monotonic() + seconds
    while (left := sessions_alive(leaders)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def test_it_starts_all_and_a_ctrl_c_stops_all_in_order(var: Path, port: int) -> None:
    with run(var, port) as process:
        assert read_line(process) == f"Open http://localhost:{port}/"
        assert re.fullmatch(r"Mail it sends: http://localhost:\d+/", read_line(process))
        assert read_line(process).startswith('Mail it takes: python3 -c "import smtplib')
        assert has_swept(port)  # so a monitor is content from the first line on
        children = processes_of(var)
        assert sorted(children) == sorted([*PREPARED, *ORDER])
        os.killpg(process.pid, signal.SIGINT)
        said, errors = process.communicate(timeout=60)
    assert (process.returncode, said, errors) == (0, "Stopping …\n", "")
    log = (var / "log" / "run.log").read_text()
    assert re.findall(r"(\w+) stopped", log) == ORDER
    assert sessions_alive(set(children.values())) == set()


def test_static_files_are_served_as_a_deployment_serves_them(up: Up) -> None:
    """Small, kept by browsers, and with the headers of every other answer."""
    page = fetched(up.port, "/")[1].decode()
    (sheet,) = re.findall(r'href="(/static/css/base\.[0-9a-f]{12}\.css)"', page)
    headers, body = fetched(up.port, sheet)
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < len(gzip.decompress(body)) / 2
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert "No directory at" not in (up.var / "log" / "web.log").read_text()


def test_limits_count_in_its_broker_and_staff_need_a_second_factor(up: Up) -> None:
    assert up.told["CACHE_URL"].startswith("redis:///")
    assert "STAFF_SECOND_FACTOR" not in up.told


def test_killed_it_leaves_no_process_behind_and_starts_again_with_the_same_secret(
    var: Path, port: int
) -> None:
    with run(var, port) as process:
        read_line(process)
        children = processes_of(var)
        process.kill()
        process.wait()
        assert wait_until_gone(set(children.values())) == set()
    left = Path((var / "broker" / "socket-folder").read_text())
    secret = var / "secret_key"
    first = secret.read_text()
    with run(var, port) as process:
        assert read_line(process) == f"Open http://localhost:{port}/"
        assert not left.exists()
    assert secret.read_text() == first
    assert secret.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["worker", "web", "mailbox", "broker"])
def test_a_process_that_dies_is_started_again(up: Up, name: str) -> None:
    before = processes_of(up.var)
    os.kill(before[name], signal.SIGKILL)
    assert up.process.stderr is not None
    said = up.process.stderr.readline()
    assert said == f"The {name} was ended by SIGKILL; it is started again in 1 s.\n"
    is_another = lambda: processes_of(up.var)[name] != before[name]  # noqa: E731
    wait_until(is_another, seconds=20, what=f"another {name}")
    wait_until(lambda: has_swept(up.port), seconds=60, what="a sweep, as a monitor is told")
    after = processes_of(up.var)
    assert after == before | {name: after[name]}
    assert wait_until_gone({before[name]}) == set()


def test_a_taken_port_is_one_line(tmp_path: Path, port: int) -> None:
    with closing(socket.create_server(("127.0.0.1", port))), run(tmp_path, port) as process:
        output, errors = process.communicate(timeout=20)
    assert (process.returncode, output) == (1, "")
    assert errors == f"Port {port} is taken: choose another with make run PORT={port + 1}\n"


@pytest.mark.parametrize("number", [80000, 65536, 0, -1])
def test_a_port_that_is_none_is_one_line(tmp_path: Path, number: int) -> None:
    with run(tmp_path, number) as process:
        _said, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors == f"There is no port {number}: choose one up to 65535\n"


def test_a_folder_in_use_is_one_line(up: Up) -> None:
    with run(up.var, own_port()) as second:
        _, errors = second.communicate(timeout=60)
    assert second.returncode == 1
    assert errors == f"Hearback already runs on {up.var} (process {up.process.pid}).\n"


def test_no_broker_of_its_own_where_one_is_named(var: Path, port: int, broker: str) -> None:
    with run(var, port, CELERY_BROKER_URL=broker) as process:
        read_line(process)
        assert sorted(processes_of(var)) == sorted([*PREPARED, "mailbox", "web", "worker"])
        assert not (var / "broker").exists()


def test_the_first_start_loads_the_demo_and_later_ones_do_not(tmp_path: Path, port: int) -> None:
    with run(tmp_path, port, demo="1") as process:
        first = [read_line(process) for _ in range(5)]
        told = environment_of(processes_of(tmp_path)["web"])
    with run(tmp_path, port, demo="1") as process:
        later = [read_line(process) for _ in range(3)]
        process.terminate()
        assert process.stdout is not None
        assert process.stdout.read() == "Stopping …\n"
    assert first[0] == later[0] == f"Open http://localhost:{port}/"
    assert re.fullmatch(r"Candidate: \S+@\S+ \S.*", first[3])
    assert re.fullmatch(r"Coach: \S+@\S+ \S.*", first[4])
    # So that its coach's admin can be looked at; nowhere else is that so.
    assert told["STAFF_SECOND_FACTOR"] == "0"


def test_a_demo_that_is_reached_from_outside_is_none(demo: Path, tmp_path: Path, port: int) -> None:
    var = Path(shutil.copytree(demo, tmp_path / "var"))
    told_by_file = tmp_path / "email-url"
    told_by_file.write_text("smtp://127.0.0.1:1\n")
    reached = {"BASE_URL": "https://hearback.example", "TRUSTED_PROXIES": "1"}
    reached |= {"SECRET_KEY": "k3vW9-" * 12, "EMAIL_URL_FILE": str(told_by_file)}
    with run(var, port, demo="1", **reached) as process:
        read_line(process)
        assert has_swept(port, "hearback.example")
        told = environment_of(processes_of(var)["web"])
        assert "mailbox" not in processes_of(var)
    assert "STAFF_SECOND_FACTOR" not in told
