"""python -m scripts.audit: known vulnerabilities and licences of the locked packages.

It exits with 0 only if an advisory source answered for every locked package and knows no
vulnerability. A source that is unreachable or does not know a package proves nothing.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LOCK = "requirements/run.txt"
SOURCES = ("pypi", "osv")
UNCHECKED = 2


@dataclass(frozen=True, slots=True)
class Found:
    checked: int
    unchecked: list[str]
    vulnerabilities: list[str]


def main() -> int:
    print(_licences())
    found = next((each for each in map(_ask, SOURCES) if each is not None), None)
    if found is None:
        print(f"No advisory source answered: the packages of {LOCK} were NOT checked.")
        return UNCHECKED
    for line in found.vulnerabilities:
        print(line)
    print(f"{found.checked} packages checked, {len(found.vulnerabilities)} known vulnerabilities.")
    if found.unchecked:
        print(f"Not checked, since no source knows them: {', '.join(found.unchecked)}.")
    if found.vulnerabilities:
        return 1
    return UNCHECKED if found.unchecked else 0


def _ask(source: str) -> Found | None:
    """Return None if the source is unreachable or knows none of the packages."""
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", source]
    command += ["--requirement", LOCK, "--disable-pip", "--require-hashes"]
    command += ["--format", "json", "--progress-spinner", "off"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return read_report(run.stdout)


def read_report(report: str) -> Found | None:
    """Parse pip-audit's JSON; return None if it covers no package."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return None
    checked = [each for each in packages if "skip_reason" not in each]
    if not checked:
        return None
    return Found(
        checked=len(checked),
        unchecked=[each["name"] for each in packages if "skip_reason" in each],
        vulnerabilities=[
            f"{each['name']} {each['version']}: {fault['id']}, "
            f"mended in {', '.join(fault['fix_versions']) or 'no release yet'}"
            for each in checked
            for fault in each["vulns"]
        ],
    )


def _licences() -> str:
    """Return the licences of the packages that a running Hearback loads."""
    with Path(LOCK).open() as lines:
        names = [line.split("==")[0].split("[")[0] for line in lines if "==" in line]
    command = ["pip-licenses", "--format=markdown", "--order=license", "--packages", *names]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
