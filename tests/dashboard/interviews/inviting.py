"""Invitations, uploaded and taken over as their page proposes."""

import re
from html import unescape
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

DATA = Path(__file__).parents[2] / "data" / "invitations"
URL = "/interviews/from-invitation/"


def upload(client: Client, content: bytes) -> HttpResponse:
    return client.post(URL, {"file": SimpleUploadedFile("invite.ics", content)})


def google(**changes: str) -> bytes:
    """The invitation, with each text replaced by another."""
    text = (DATA / "google.ics").read_text()
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return text.encode()


def moved(sequence: int) -> bytes:
    return google(
        **{"20261202T143000": "20261203T100000", "20261202T151500": "20261203T110000"}
        | {"SEQUENCE:0": f"SEQUENCE:{sequence}"}
    )


def cancelled(sequence: int) -> bytes:
    return google(**{"METHOD:REQUEST": "METHOD:CANCEL", "SEQUENCE:0": f"SEQUENCE:{sequence}"})


def filled(page: HttpResponse) -> tuple[str, dict[str, str]]:
    """Where the page's form goes, and what it sends if nothing is changed."""
    html = page.content.decode()
    form = next(
        found
        for found in re.findall(r"<form[^>]*>.*?</form>", html, re.DOTALL)
        if "starts_at_0" in found
    )
    action = re.search(r'<form[^>]*action="([^"]+)"', form)
    assert action is not None
    data = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = {
            name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)
        }
        if "name" in attributes and attributes.get("type") != "radio":
            data[attributes["name"]] = attributes.get("value", "")
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        data[name] = chosen[1] if chosen else ""
    return action[1], data


def booking(sequence: int | None, stamped: int, *, method: str = "REQUEST", hour: int = 9) -> bytes:
    counted = "" if sequence is None else f"SEQUENCE:{sequence}\r\n"
    return (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:booking-77\r\n{counted}"
        f"DTSTAMP:202611{stamped}T080000Z\r\nDTSTART:20261208T{hour:02}0000Z\r\nSUMMARY:Talk\r\n"
        "ORGANIZER;CN=Ines Halvorsen:mailto:ines@nordkai.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
