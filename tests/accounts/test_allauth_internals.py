"""The internals of allauth that we use exist: after an upgrade this says what to look for."""

import ast
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from pkgutil import resolve_name

import pytest

from accounts import allauth_internals

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "interviews", "config")
FILES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
DOOR = ROOT / "accounts" / "allauth_internals.py"
ADAPTER, VIEWS = "accounts/adapters.py", "accounts/views/sign_in.py"
# Overridden: where allauth has no such method any more, ours is never called.
OVERRIDDEN = {
    "allauth.account.adapter.DefaultAccountAdapter._get_login_attempts_cache_key": ADAPTER,
    "allauth.account.adapter.DefaultAccountAdapter._delete_login_attempts_cached_email": ADAPTER,
    # Of what is made of a class's, and so is not seen in the names that follow a module's.
    "allauth.mfa.totp.internal.auth.TOTP._mark_code_used": "accounts/forms/second_factor.py",
    "allauth.account.views.ConfirmLoginCodeView._verify_form_valid": VIEWS,
    "allauth.account.views.ConfirmLoginCodeView._resend_form_valid": VIEWS,
    "allauth.account.views.ConfirmEmailVerificationCodeView._resend_form_valid": VIEWS,
}


def used() -> Iterator[tuple[str, str]]:
    """The dotted name of each part, and the file and line that uses it."""
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {name for module, name in _imported(tree) if module == allauth_internals.__name__}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                name = node.value.id
                if name in modules:
                    inside = getattr(allauth_internals, name).__name__
                    yield f"{inside}.{node.attr}", f"{path.relative_to(ROOT)}:{node.lineno}"


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", each.name) for each in node.names)
        elif isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names)


@pytest.mark.parametrize(("dotted", "where"), [*used(), *OVERRIDDEN.items()])
def test_it_is_there(dotted: str, where: str) -> None:
    module, name = dotted.rsplit(".", 1)
    said = f"django-allauth {version('django-allauth')} has no {dotted} any more; {where} needs it."
    assert hasattr(resolve_name(module), name), said


def test_they_come_through_one_file() -> None:
    taken = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in FILES
        for module, name in _imported(ast.parse(path.read_text(encoding="utf-8")))
        if path != DOOR
        and module.startswith("allauth.")
        and "internal" in [*module.split("."), name]
    }
    assert not taken, "What is internal to allauth comes through accounts/allauth_internals.py."
