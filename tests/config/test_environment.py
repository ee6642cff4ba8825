"""A secret may be in a file that a variable names, as in containers."""

from pathlib import Path

import pytest

from config.environment import Env

URL = "postgres://application:s3cret@db.example.org/hearback?sslmode=verify-full&sslrootcert=/ca"


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_in_place_of_a_value(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "url").write_bytes(f"{URL}{end}".encode())
    monkeypatch.setenv(f"DATABASE_URL_{len(end)}", "sqlite:///elsewhere")
    monkeypatch.setenv(f"DATABASE_URL_{len(end)}_FILE", str(tmp_path / "url"))
    told = Env().db(f"DATABASE_URL_{len(end)}")
    assert told["PASSWORD"] == "s3cret"
    # What asks for TLS and proves the server reaches psycopg.
    assert told["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/ca"}


def test_a_file_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICS_TOKEN_FILE", str(tmp_path / "token"))
    with pytest.raises(FileNotFoundError, match="token"):
        Env().str("METRICS_TOKEN", "")
