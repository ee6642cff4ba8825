"""This morning: which interview stands where, and in which words."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/interviews/candidate/",
        "/admin/interviews/interview/",
        "/admin/interviews/result/",
        "/admin/interviews/proposal/",
        "/admin/interviews/coachnote/",
        "/admin/interviews/coaching/",
    ],
)
def test_opens(as_bob: Client, path: str) -> None:
    assert as_bob.get(path).status_code == 200
