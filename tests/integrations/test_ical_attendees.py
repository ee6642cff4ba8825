"""The people of an invitation, however names and addresses are written; never the candidate."""

import pytest

from integrations.ical_attendees import company_of
from tests.integrations.dialects import event

INES = "ines.halvorsen@nordkai-example.com"


@pytest.mark.parametrize(
    ("line", "person"),
    [
        (f"ORGANIZER;CN=\"Ana ^'Nita^' Prado\":mailto:{INES}", ('Ana "Nita" Prado', INES)),
        (f"ORGANIZER;CN=Prado\\, Ana:mailto:{INES}", ("Prado, Ana", INES)),
        (f'ORGANIZER;CN="Hale \\"TJ\\" Tom":mailto:{INES}', ('Hale "TJ" Tom', INES)),
        (f"ORGANIZER;CN=Prado, Ana:mailto:{INES}", ("Prado, Ana", INES)),
        (f'ORGANIZER;X-A="a:b;c";CN=Ana^nPrado:mailto:{INES}', ("Ana Prado", INES)),
        (f"ORGANIZER;CN=ACME\\ines:mailto:{INES}", ("ACME\\ines", INES)),
        (f'ORGANIZER;CN="Ana\\":mailto:{INES}', ("Ana\\", INES)),
        (f'ORGANIZER;CN="\u202bמיכל כהן\u202c":mailto:{INES}', ("מיכל כהן", INES)),
        (f"ORGANIZER;CN=Ines\u202e H\x07:mailto:{INES}", ("Ines H", INES)),
        (f'ORGANIZER;CN="=?UTF-8?Q?J=C3=BCrgen_Gro=C3=9F?=":mailto:{INES}', ("Jürgen Groß", INES)),
        (f"ORGANIZER;CN==?iso-8859-1?B?SvxyZ2Vu?=:mailto:{INES}", ("Jürgen", INES)),
        # Of a directory.
        (f'ORGANIZER;CN="Ines Halvorsen/Nordkai/DE":mailto:{INES}', ("Ines Halvorsen", INES)),
        (f"ORGANIZER;CN=Ines Halvorsen/Nordkai:mailto:{INES}", ("Ines Halvorsen", INES)),
        (f"ORGANIZER;CN=Ines H/New York/ACME@ACMEUS:mailto:{INES}", ("Ines H", INES)),
        (f"ORGANIZER;CN=CN=Ines/OU=HR/O=Nordkai:mailto:{INES}", ("Ines", INES)),
        (f'ORGANIZER;CN="CN=Ines H,OU=HR,DC=acme":mailto:{INES}', ("Ines H", INES)),
        (f"ORGANIZER;CN=Ines H/Tom Hale:mailto:{INES}", ("Ines H/Tom Hale", INES)),
        (f"ORGANIZER;CN=Recruiting (m/w/d):mailto:{INES}", ("Recruiting (m/w/d)", INES)),
        # Of who was told no name, or a name with its address.
        (f"ORGANIZER;CN=undefined undefined:mailto:{INES}", ("Ines Halvorsen", INES)),
        (f"ORGANIZER;CN=null:mailto:{INES}", ("Ines Halvorsen", INES)),
        (f'ORGANIZER;CN="I. Halvorsen <{INES}>":mailto:{INES}', ("I. Halvorsen", INES)),
        (f"ORGANIZER;CN=I. Halvorsen ({INES}):mailto:{INES}", ("I. Halvorsen", INES)),
        (f"ORGANIZER;CN=Ines:MAILTO:mailto:{INES}", ("Ines", INES)),
        (f"ORGANIZER;CN=Ines:mailto://{INES}", ("Ines", INES)),
        # The address in EMAIL, behind a relay or with none of its own; of whoever sent it.
        (f"ORGANIZER;CN=Ines H;EMAIL={INES}:/aMTc4/principal/", ("Ines H", INES)),
        (f'ORGANIZER;CN=Ines H;EMAIL="{INES}":mailto:2_GEZ@imip.me.com', ("Ines H", INES)),
        ("ORGANIZER;CN=Ines H:mailto:2_GEZ@imip.me.com", ("Ines H", "")),
        ("ATTENDEE;CN=Ines H:invalid:nomail", ("Ines H", "")),
        (
            f'ORGANIZER;CN=Talks;SENT-BY="mailto:{INES}":mailto:no-reply@acme.example',
            ("Ines Halvorsen", INES),
        ),
        (
            f'ORGANIZER;CN=Bo;SENT-BY="mailto:{INES}":mailto:bo@acme.example',
            ("Bo", "bo@acme.example"),
        ),
        # As mail writes an address.
        ("ATTENDEE:MAILTO:tom%2Bwork@acme.example?subject=x", ("Tom", "tom+work@acme.example")),
        ('ATTENDEE:mailto:"Tom" <tom.hale@acme.example>', ("Tom Hale", "tom.hale@acme.example")),
    ],
)
def test_names_and_addresses(line: str, person: tuple[str, str]) -> None:
    assert [(each.name, each.email) for each in event(line).people] == [person]


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE;CN=Alice:mailto:ALICE@example.org",
        "ATTENDEE;CN=Alice:mailto:alice+jobs@example.org",
        "ATTENDEE;CN=Alice:mailto:a.adams+jobs@gmail.com",
        "ATTENDEE;CN=Alice:mailto:aadams@googlemail.com",
        "ATTENDEE;CN=Alice;EMAIL=alice+x@example.org:/principal/1",
        "ATTENDEE;CN=Alice:mailto:alice@xn--bcker-gra.example",
        "ATTENDEE;CN=Alice;EMAIL=alice@example.org:mailto:2_GEZ@imip.me.com",
        "ATTENDEE;CN=alice@example.org:/principal/1",
        "ATTENDEE;CN=alice  adams:invalid:nomail",
        'ORGANIZER;SENT-BY="mailto:alice@example.org":mailto:noreply@acme.example',
        # Nobody at all.
        "ORGANIZER;CN=Acme:mailto:no-reply@acme.example",
        "ORGANIZER;CN=Acme:mailto:calendar-noreply@acme.example",
        "ORGANIZER;CN=Acme:mailto:do_not_reply@acme.example",
        "ORGANIZER;CN=Acme:mailto:no.reply2+17@acme.example",
        "ORGANIZER;CN=Doodle:mailto:mailer@doodle.com",
        "ORGANIZER;CN=Rooms:mailto:c_1@resource.calendar.google.com",
        "ATTENDEE;CN=Room 4;CUTYPE=ROOM:mailto:room4@acme.example",
        # Who does not come.
        "ATTENDEE;CN=Tom;PARTSTAT=DECLINED:mailto:tom@acme.example",
        'ATTENDEE;CN=Tom;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:a@acme.example":mailto:t@acme.example',
        'ATTENDEE;CN=Tom;DELEGATED-TO="mailto:alice@example.org":mailto:tom@acme.example',
        "ATTENDEE;CN=Tom;ROLE=NON-PARTICIPANT:mailto:tom@acme.example",
    ],
)
def test_who_is_no_interviewer(line: str) -> None:
    assert event(line).people == ()


def test_whoever_invites_is_there_however_the_own_answer_stands() -> None:
    lines = [
        f"ORGANIZER;CN=Ines:mailto:{INES}",
        f"ATTENDEE;CN=Ines;PARTSTAT=DECLINED:mailto:{INES}",
        'ATTENDEE;CN=Ann;DELEGATED-FROM="mailto:tom@acme.example":mailto:ann@acme.example',
    ]
    assert [each.name for each in event(*lines).people] == ["Ines", "Ann"]


def test_each_person_is_one_whether_or_not_an_address_is_told() -> None:
    people = event(
        f"ORGANIZER;CN=Ines:mailto:{INES}",
        f"ATTENDEE;CN=Ines:mailto:{INES.upper()}",
        "ATTENDEE;CN=Ines:invalid:nomail",
        "ATTENDEE;CN=Tom:mailto:talks+tom@acme.example",
        "ATTENDEE;CN=Ann:mailto:talks+ann@acme.example",
    ).people
    assert [each.name for each in people] == ["Ines", "Tom", "Ann"]


@pytest.mark.parametrize(
    ("email", "company"),
    [
        ("kenji.mori@kawabe-example.or.jp", "Kawabe Example"),
        ("petra@xn--bckerei-example-0kb.de", "Bäckerei Example"),
        ("petra@bäckerei-example.de", "Bäckerei Example"),
        ("petra@xn--strae-oqa.example", "Straße"),
        ("a@mail.firma.com.tr", "Firma"),
        ("a@hr.acme.nsw.edu.au", "Acme"),
        ("ines@nordkai.onmicrosoft.com", "Nordkai"),
        ("ines@nordkai.mail.onmicrosoft.com", "Nordkai"),
        ("ines@onmicrosoft.com", ""),
        ("nordkai@myworkday.com", ""),
        ("a@us.greenhouse-mail.io", ""),
        ("a@web.de", ""),
        ("a@yahoo.co.uk", ""),
        ("a@co.uk", ""),
    ],
)
def test_the_company_by_the_public_suffixes(email: str, company: str) -> None:
    assert company_of(email) == company


def test_the_company_of_the_first_who_has_one() -> None:
    lines = ["ORGANIZER;CN=Ines:mailto:ines@gmail.com", "ATTENDEE;CN=Tom:mailto:tom@acme.example"]
    assert event(*lines).company == "Acme"
