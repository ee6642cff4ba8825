"""The link to the call: which one, and without the mail gateways around it."""

import base64
from urllib.parse import quote

import pytest

from tests.integrations.dialects import event

CALL = "https://nordkai.zoom.us/j/91234567890?pwd=QUJD"
CODED = quote(CALL, safe="")
MEET = "https://meet.google.com/abc-defg-hij"
ROOM = "https://video.acme.example/room/7"
JOB = "https://acme.example/jobs/1"


def twice(link: str) -> str:
    return quote(f"https://www.google.com/url?q={quote(link, safe='')}&sa=D", safe="")


@pytest.mark.parametrize(
    "wrapped",
    [
        f"https://eur03.safelinks.protection.outlook.com/?url={CODED}&data=05%7C02&reserved=0",
        f"https://nam02.safelinks.protection.outlook.com/ap/t-5958/?url={CODED}&amp\\;data=x",
        f"https://urldefense.proofpoint.com/v1/url?u={CODED}&k=x",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__nordkai.zoom.us_j_91234567890-3Fpwd"
        "-3DQUJD&d=DwMF&c=x",
        f"https://urldefense.com/v3/__{CALL}__\\;!!abc!Xyz$",
        "https://urldefense.com/v3/__https:/nordkai.zoom.us/j/91234567890*pwd*QUJD__\\;Pz0!!abc!X$",
        "https://urldefense.us/v3/__https://nordkai.zoom.us/j/91234567890**Bd=QUJD__\\;P3B3!!a!X$",
        f"https://linkprotect.cudasvc.com/url?a={CODED}&c=E,1,x&typo=1",
        f"https://secure-web.cisco.com/1abcDEF/{CODED}",
        f"https://www.google.com/url?q={CODED}&sa=D&source=calendar",
        f"https://imsva91-ctp.trendmicro.com:443/wis/clicktime/v1/query?url={CODED}&umid=1",
        f"https://clicktime.symantec.com/15t5Z?h=abc&u={CODED}",
        f"https://protect2.fireeye.com/v1/url?k=1&q=1&e=2&u={CODED}",
        f"https://protect.checkpoint.com/v2/___{CALL}___.YXAz",
        f"https://url.avanan.click/v2/r01/___{CALL}___.YXAz",
        "https://eu-west-1.protection.sophos.com/?d=zoom.us&u="
        + base64.b64encode(CALL.encode()).decode(),
        f"https://deref-gmx.net/mail/client/abc/dereferrer/?redirectUrl={CODED}",
        f"https://eur03.safelinks.protection.outlook.com/?url={twice(CALL)}&data=1",
        "https://click.pstmrk.it/3s/nordkai.zoom.us%2Fj%2F91234567890%3Fpwd%3DQUJD/a1/b2",
        f"https://meet.google.com/linkredirect?authuser=0&dest={CODED}",
        # One that nobody knows, but for the call within it.
        f"https://gate.acme.example/x/{CODED}/signature",
    ],
)
def test_gateways(wrapped: str) -> None:
    assert event(f"DESCRIPTION:Join: {wrapped}\\nThanks").link == CALL


def test_what_a_gateway_keeps_to_itself_is_kept_as_it_is() -> None:
    link = "https://protect-eu.mimecast.com/s/AbC?domain=nordkai.zoom.us"
    assert event(f"URL:{JOB}", f"DESCRIPTION:{link}").link == link


@pytest.mark.parametrize(
    ("lines", "link"),
    [
        ([f"URL:{JOB}", f"LOCATION:{CALL}"], CALL),
        ([f"URL:{JOB}", f"LOCATION:{ROOM}"], ROOM),
        ([f"URL:{JOB}", f"DESCRIPTION:{JOB}\\nJoin: {CALL}."], CALL),
        ([f"URL:{JOB}", f"DESCRIPTION:Zur Besprechung:\\n{ROOM}\\nUs: {JOB}"], ROOM),
        ([f"URL:{JOB}", f"DESCRIPTION:About us: {JOB}/us"], JOB),
        ([f"LOCATION:Head office (or {ROOM})"], ROOM),
        ([f"DESCRIPTION:Local numbers: https://zoom.us/u/abc\\n{CALL}"], CALL),
        ([f"X-GOOGLE-CONFERENCE:{MEET}", f"LOCATION:{CALL}"], MEET),
        ([f"CONFERENCE;FEATURE=PHONE:{JOB}", f"CONFERENCE;FEATURE=VIDEO:{ROOM}"], ROOM),
        (["CONFERENCE;VALUE=URI:tel:+49301", f"URL:{JOB}"], JOB),
        ([f'X-ALT-DESC;FMTTYPE=text/html:<a href="{MEET}">Join</a>'], MEET),
        ([f"DESCRIPTION:<p>{CALL}&nbsp\\;</p><a href='{MEET}'>x</a>"], CALL),
        ([f"DESCRIPTION:<a href='{CALL}&amp\\;tk=1'>x</a>"], f"{CALL}&tk=1"),
        ([f"DESCRIPTION:{CALL}&copy=1"], f"{CALL}&copy=1"),
        ([f"DESCRIPTION:{CALL}。"], CALL),
        ([f'STYLED-DESCRIPTION;FMTTYPE=text/html:<a href="{MEET}">Join</a>'], MEET),
        ([f"URL:{JOB}", f"X-TELEMOST-CONFERENCE:{MEET}"], MEET),
        # Pages about a service.
        (["DESCRIPTION:see https://learn.microsoft.com/teams"], ""),
        ([f"DESCRIPTION:Test: https://zoom.us/test\\n{CALL}"], CALL),
        ([f"DESCRIPTION:https://www.webex.com/test-meeting.html\\n{CALL}"], CALL),
        ([f"DESCRIPTION:https://meet.google.com/ https://teams.microsoft.com\\n{CALL}"], CALL),
        ([f"DESCRIPTION:https://nordkai.zoom.us/meeting/x1/ics?icsToken=y\\n{CALL}"], CALL),
        # Without its scheme.
        (["LOCATION:meet.google.com/abc-defg-hij"], MEET),
        ([f"URL:{JOB}", f"DESCRIPTION:Zoom (nordkai.{CALL[16:]})."], CALL),
        (["DESCRIPTION:and/or acme.example/x or a@zoom.us/j/1"], ""),
        (["DESCRIPTION:" + "legal notice " * 5000 + CALL], CALL),
    ],
)
def test_which(lines: list[str], link: str) -> None:
    assert event(*lines).link == link


def test_the_advertisement_is_named_beside_the_call() -> None:
    found = event(f"URL:{JOB}", f"LOCATION:{CALL}")
    assert found.remarks == (f"The invitation also links to {JOB}.",)
    assert event(f"URL:{CALL}", f"LOCATION:{CALL}").remarks == ()


@pytest.mark.parametrize(
    "link",
    [
        "https://teams.microsoft.com@evil.example/",
        "https://teams.microsoft.com%2Fl@evil.example/j/1",
        "https://a:b@meet.google.com/abc",
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%40evil.example%2F&data=05",
        "https://www.google.com/url?q=https%3A%2F%2Fzoom.us%3Ax%40evil.example%2Fj%2F1&sa=D",
    ],
)
@pytest.mark.parametrize("name", ["URL", "LOCATION", "X-GOOGLE-CONFERENCE", "DESCRIPTION"])
def test_a_link_that_hides_its_host_is_said_and_left_out(link: str, name: str) -> None:
    found = event(f"{name}:{link}")
    assert found.link == ""
    assert found.remarks == ("We left out a link that hides where it leads.",)


@pytest.mark.parametrize(
    "link", ["ftp://zoom.us/j/1", "javascript:alert(1)//zoom.us/", "//zoom.us/j/1"]
)
def test_other_schemes_are_no_links(link: str) -> None:
    assert event(f"URL:{link}", f"LOCATION:{link}", f"X-GOOGLE-CONFERENCE:{link}").link == ""


def test_a_link_that_is_too_long_is_said() -> None:
    found = event(f"DESCRIPTION:{CALL}{'x' * 600}")
    assert (found.link, len(found.remarks)) == ("", 1)


def test_the_place_is_no_second_time_the_link() -> None:
    wrapped = f"https://eur03.safelinks.protection.outlook.com/?url={CODED}&data=1"
    assert event(f"LOCATION:{wrapped}").place == ""
    assert event("LOCATION:meet.google.com/abc-defg-hij").place == ""
    assert event(f"LOCATION:Room 4, {CALL}").place == f"Room 4, {CALL}"
