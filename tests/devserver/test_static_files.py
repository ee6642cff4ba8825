"""The static files of `make run` are collected once, and again when one has changed."""

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from devserver.static_files import collect


@pytest.fixture
def sheet(tmp_path: Path, settings: Settings) -> Path:
    """The only file there is."""
    written = tmp_path / "files" / "sheet.css"
    written.parent.mkdir()
    written.write_text("body { margin: 0 }")
    settings.STATICFILES_DIRS = [written.parent]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(tmp_path / "static")
    return written


def test_only_what_changed_is_collected_again(sheet: Path, tmp_path: Path) -> None:
    collect()
    collected = tmp_path / "static" / "sheet.css"
    assert collected.read_text() == "body { margin: 0 }"
    collected.write_text("kept")
    collect()
    assert collected.read_text() == "kept"
    os.utime(sheet, (1, 1))
    collect()
    assert collected.read_text() == "body { margin: 0 }"


def test_a_file_that_is_gone_is_served_no_longer(sheet: Path, tmp_path: Path) -> None:
    collect()
    sheet.rename(sheet.with_name("other.css"))
    collect()
    assert [file.name for file in (tmp_path / "static").iterdir()] == ["other.css"]


def test_files_that_were_removed_are_collected_again(sheet: Path, tmp_path: Path) -> None:
    collect()
    (tmp_path / "static" / "sheet.css").unlink()
    (tmp_path / "static").rmdir()
    collect()
    assert (tmp_path / "static" / "sheet.css").exists()
