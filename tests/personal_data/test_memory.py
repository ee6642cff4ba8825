"""A file that unpacks to a large size is refused soon and with little memory."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from accounts.keys import new_key
from tests.integrations.measure import BOUNDARY
from tests.personal_data.exports import packed

MEMORY = 80 * 1024 * 1024
# A few seconds are meant; the machine that tests may be busy with much else.
SECONDS = 20
ROOT = Path(__file__).parents[2]
HEAD = '{"format": "hearback", "version": 2}'
OLD = '{"format": "hearback", "version": 1,\n"companies": [\n'
NOT_OURS = "The data in this export isn’t in Hearback’s format."
TOO_LONG = "An entry in this export is too long."
TOO_FAR = "This zip file unpacks to far more than an export can hold."


def in_zip(rows: str, method: int = ZIP_STORED) -> bytes:
    return packed({"hearback.json": HEAD, "facts/companies.jsonl": rows}, method).getvalue()


def listed() -> bytes:
    """A zip whose list of files alone would fill the memory."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for number in range(65_000):
            archive.writestr(str(number), b"")
    return file.getvalue()


def companies(count: int) -> str:
    return "".join(f'{{"id": "{new_key()}", "name": "Acme"}}\n' for _ in range(count))


def row(value: str) -> str:
    return f'{{"name": {value}}}'


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "lines": (lambda: in_zip("\n" * 200_000_000, ZIP_DEFLATED), NOT_OURS),
    "spaces": (lambda: in_zip("{" + " " * 200_000_000, ZIP_DEFLATED), TOO_LONG),
    "spaces that are not packed": (lambda: in_zip("{" + " " * 20_000_000), TOO_LONG),
    "a head that does not end": (
        lambda: packed({"hearback.json": "{}" + "\n" * 200_000_000}).getvalue(),
        "This isn’t a Hearback export.",
    ),
    "long rows": (
        lambda: packed(
            {
                "hearback.json": HEAD,
                "facts/record.jsonl": f'{{"detail": "{"a" * 2_000_000}"}}\n' * 60,
            }
        ).getvalue(),
        TOO_FAR,
    ),
    "an old export's row": (
        lambda: packed(
            {"hearback.json": f"{OLD}{row('[' + '[],' * 6_000_000)}"}, ZIP_STORED
        ).getvalue(),
        TOO_LONG,
    ),
    "a long text": (lambda: in_zip(row(f'"{"a" * 20_000_000}"')), TOO_LONG),
    "lists": (lambda: in_zip(row("[" + "[]," * 600_000)), NOT_OURS),
    "objects": (lambda: in_zip(row("[" + "{}," * 600_000)), NOT_OURS),
    "texts in a list": (lambda: in_zip(row("[" + '"ab",' * 4_000_000)), TOO_LONG),
    "numbers in a list": (lambda: in_zip(row("[" + "1234," * 4_000_000)), TOO_LONG),
    "more rows than fit": (
        lambda: in_zip(companies(60_000)),
        "This export has too many entries.",
    ),
    "as many as fit": (
        lambda: in_zip(companies(50_000)),
        "This export has no job search data.",
    ),
    "files": (listed, "This zip file has too many files to be a Hearback export."),
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What came of each, by the name of its case."""
    folder = tmp_path_factory.mktemp("exports")
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    command = [sys.executable, "-m", "tests.integrations.measure"]
    for number, (content, _sentence) in enumerate(CASES.values()):
        body = folder / str(number)
        body.write_bytes(head.encode() + content() + f"\r\n--{BOUNDARY}--\r\n".encode())
        command += ["export", str(body)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    return dict(zip(CASES, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_little_memory(measured: dict[str, dict[str, object]], name: str) -> None:
    found = measured[name]
    assert found["said"] == CASES[name][1]
    assert found["rose"] < MEMORY, found
    assert found["seconds"] < SECONDS, found
