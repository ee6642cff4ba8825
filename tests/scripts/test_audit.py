"""An audit that checked nothing must not look like one that found nothing."""

import json

from scripts.audit import read_report

SAFE = {"name": "django", "version": "5.2.19", "vulns": []}
UNKNOWN = {"name": "vine", "skip_reason": "Dependency not found on PyPI and could not be audited"}
OPEN = {
    "name": "kombu",
    "version": "5.7.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["5.7.1"], "aliases": []}],
}


def report(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_source_that_knows_nothing_has_not_answered() -> None:
    assert read_report(report(UNKNOWN, UNKNOWN)) is None
    assert read_report("") is None


def test_what_is_known_and_what_is_not() -> None:
    found = read_report(report(SAFE, UNKNOWN, OPEN))
    assert found is not None
    assert (found.checked, found.unchecked) == (2, ["vine"])
    assert found.vulnerabilities == ["kombu 5.7.0: PYSEC-2026-1, mended in 5.7.1"]
