"""The virtual environment: created once, and updated when a lock file changes.

Standard library only: it runs before anything is installed.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "hearback-stamps"
INSTALLER = ROOT / "requirements" / "uv.txt"


def run_inside(locks: list[str], command: list[str]) -> NoReturn:
    """Update .venv to the named lock files, then become the command, run in it."""
    os.chdir(ROOT)
    try:
        version = _ensure_venv()
        for name in locks:
            _ensure_lock(name, version)
    except KeyboardInterrupt:
        sys.exit(130)
    os.environ["VIRTUAL_ENV"] = str(VENV)
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.environ.pop("PYTHONHOME", None)
    sys.stdout.flush()
    os.execvp(command[0], command)


def _ensure_venv() -> str:
    """Return the version of .venv's Python; create .venv if there is none that works."""
    version = _venv_version()
    if version is None:
        _require_ensurepip()
        print("Making .venv", flush=True)
        # pip in it takes seconds, and is only needed without another one (install, below).
        _quietly([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)])
        version = _venv_version()
    if version is None:
        sys.exit("The Python in .venv does not run: remove .venv and start again.")
    return version


def _venv_version() -> str | None:
    """Return the version of .venv's Python, or None if it is missing, broken or too old.

    A system upgrade replaces python3 by another minor version, whose packages are then in another
    folder: the name of the folder tells.
    """
    probe = "import sys; print('%d.%d' % sys.version_info[:2]); sys.exit(sys.version_info < (3,11))"
    try:
        told = subprocess.run(
            [VENV_PYTHON, "-I", "-S", "-c", probe], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    version = told.stdout.strip()
    return version if (VENV / "lib" / f"python{version}" / "site-packages").is_dir() else None


def _require_ensurepip() -> None:
    """Debian packages what venv needs separately."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not may_install_debian_packages():
        sys.exit(f"This Python has no venv: install the package {package}, then start again.")
    install_debian_package(package)


def _ensure_lock(name: str, version: str) -> None:
    lock = ROOT / "requirements" / f"{name}.txt"
    wanted = f"{version} {hashlib.sha256(lock.read_bytes()).hexdigest()}"
    stamp = STAMPS / name
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"Installing requirements/{name}.txt (once)", flush=True)
    install(lock, python=VENV_PYTHON, installer=INSTALLER)
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(wanted)


def install(lock: Path, *, python: Path, installer: Path) -> None:
    """Install by uv, which takes a fifth of pip's time; or else by pip, because uv ignores pip's
    configuration of this machine."""
    checked = ["--quiet", "--require-hashes", "--only-binary", ":all:"]
    alone = ["--no-input", "--disable-pip-version-check"]
    uv = python.with_name("uv")
    if not uv.exists():
        # The pip of the running Python, which may have none.
        pip = [sys.executable, "-m", "pip", "--python", str(python), "install", *alone]
        _succeeds([*pip, *checked, "-r", str(installer)])
    by_uv = [str(uv), "pip", "install", *checked, "--system-certs", "--python", str(python)]
    if uv.exists() and _succeeds([*by_uv, "-r", str(lock)]):
        return
    _quietly([str(python), "-m", "ensurepip"])
    pip = [str(python), "-m", "pip", "install", *alone]
    _quietly([*pip, *checked, "-r", str(lock)])


def may_install_debian_packages() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists()


def install_debian_package(*names: str) -> None:
    """Install the first of these packages that this release has."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _quietly(["apt-get", "update", "-q"], environment)
    package = next((name for name in names if _is_offered(name)), names[-1])
    print(f"Installing Debian's package {package}", flush=True)
    _quietly(["apt-get", "install", "-qy", "--no-install-recommends", package], environment)


def _is_offered(package: str) -> bool:
    shown = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return shown.returncode == 0


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _quietly(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run it; on failure show the last lines of its output and exit."""
    try:
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
    except FileNotFoundError:
        sys.exit(f"{command[0]} is missing.")
    except subprocess.CalledProcessError as failed:
        last = "\n".join((failed.stdout or "").strip().splitlines()[-15:])
        sys.exit(f"{last}\nFailed: {' '.join(command[:4])} …")
