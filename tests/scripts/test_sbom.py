"""`make sbom`: everything that a running Hearback consists of, and no more."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.config.test_version import PROJECT, ROOT

COMMAND = re.compile(r"^sbom:.*\n\t@exec \$\(IN_DEV\) (.*)$", re.MULTILINE)


def test_it_names_every_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    found = COMMAND.search((ROOT / "Makefile").read_text())
    assert found is not None
    program, *words = shlex.split(found[1].replace("$(SBOM)", str(tmp_path / "sbom.json")))
    command = [Path(sys.executable).with_name(program), *words]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    told = json.loads((tmp_path / "sbom.json").read_text())
    assert told["bomFormat"] == "CycloneDX"
    itself = told["metadata"]["component"]
    assert (itself["name"], itself["version"]) == (PROJECT["name"], PROJECT["version"])
    lock = (ROOT / "requirements" / "run.txt").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]+\])?==([^\s;]+)", lock, re.MULTILINE))
    parts = {part["name"]: part for part in told["components"]}
    assert {name: part["version"] for name, part in parts.items()} == locked
    assert all(part["externalReferences"][0]["hashes"] for part in parts.values())
