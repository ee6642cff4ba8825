"""`manage.py next_step`: JSON lines in, one JSON line out for each."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "data" / "rules-cases.jsonl"
KEYS = ["step", "due", "expires", "person", "rule", "why"]
CASE = {
    "now": "2026-11-23T12:00:00+01:00",
    "candidate": {"timezone": "Europe/Berlin"},
    "interview": {
        "starts": "2026-11-16T14:00:00+01:00",
        "interlocutors": [{"name": "Chloé Martin", "role": "recruiter"}],
    },
    "agreements": [{"made": "2026-11-16T15:00:00+01:00", "due": "2026-11-20", "may_call": "yes"}],
}
ANSWER = {
    "step": "call",
    "due": "2026-11-23T10:00:00+01:00",
    "expires": None,
    "person": "Chloé Martin",
    "rule": "promise-lapsed",
    "why": "Chloé Martin promised an answer by Friday 20 November. It’s Monday, and calling is "
    "welcome.",
}


def run(path: Path) -> tuple[list[dict[str, Any]], int]:
    """The answers and the exit status."""
    out, status = StringIO(), 0
    try:
        call_command("next_step", str(path), stdout=out)
    except SystemExit as end:
        status = int(end.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def written(tmp_path: Path, *lines: str | bytes) -> Path:
    path = tmp_path / "cases.jsonl"
    raw = [line.encode() if isinstance(line, str) else line for line in lines]
    path.write_bytes(b"\n".join(raw) + b"\n")
    return path


def test_every_given_case_comes_out_as_expected() -> None:
    answers, status = run(CASES)
    assert status == 0
    expected = [
        json.loads(line)["expect"] for line in CASES.read_text(encoding="utf-8").splitlines()
    ]
    assert [{key: answer[key] for key in KEYS[:-1]} for answer in answers] == [
        {key: expect[key] for key in KEYS[:-1]} for expect in expected
    ]
    assert all(list(answer) == KEYS and answer["why"].endswith(".") for answer in answers)


def test_a_bad_line_is_named_and_the_others_are_answered(tmp_path: Path) -> None:
    bad = CASE | {"candidate": {"timezone": "Europe/Berln"}}
    path = written(tmp_path, json.dumps(CASE), "", json.dumps(bad), "  ", json.dumps(CASE))
    answers, status = run(path)
    assert status == 1
    assert answers == [
        ANSWER,
        {"error": "line 3: candidate.timezone: no time zone is named 'Europe/Berln'"},
        ANSWER,
    ]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "line 1: case: must be JSON"),
        ("[]", "line 1: case: must be an object"),
        (b'{"now": "\xff"}', "line 1: case: must be UTF-8"),
        ("[" * 100_000, "line 1: case: must be JSON"),
        ("9" * 10_000, "line 1: case: must be JSON with numbers of a sane length"),
        ("{}", "line 1: now: must be given"),
    ],
)
def test_what_is_no_case(tmp_path: Path, line: str | bytes, error: str) -> None:
    assert run(written(tmp_path, line)) == ([{"error": error}], 1)


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    assert run(written(tmp_path, "", "  ")) == ([], 0)


def test_a_byte_order_mark_is_no_part_of_the_case(tmp_path: Path) -> None:
    assert run(written(tmp_path, b"\xef\xbb\xbf" + json.dumps(CASE).encode())) == ([ANSWER], 0)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no-such-file: No such file"):
        call_command("next_step", str(tmp_path / "no-such-file"))


def test_a_real_process_reads_standard_input() -> None:
    """Without a database that could be opened, and in a locale that knows no accents."""
    environment = os.environ | {
        "SECRET_KEY": "only-for-tests",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "next_step"],
        cwd=ROOT,
        env=environment,
        input=(json.dumps(CASE) + "\n{\n").encode(),
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    assert [json.loads(line) for line in done.stdout.decode().splitlines()] == [
        ANSWER,
        {"error": "line 2: case: must be JSON"},
    ]
    assert "Chloé Martin" in done.stdout.decode()
    assert done.returncode == 1


@pytest.mark.parametrize("lines", [1, 300])
def test_a_reader_that_has_read_enough_ends_it_in_silence(tmp_path: Path, lines: int) -> None:
    """As `| head -1` does: found while it writes, or as it ends."""
    cases = written(tmp_path, *[json.dumps(CASE)] * lines)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "manage.py", "next_step", str(cases)],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.stderr, done.returncode) == (b"", 1)
