"""The drafts: their content, without placeholders and guesses."""

from dataclasses import replace
from datetime import date

import pytest

from interviews.rules import Channel, Initiator, ResultKind, Rule
from interviews.text.letters import AgreedText, LetterKind, Writing, draft, kind_for, writing_of
from tests.interviews.text.wording_table import BERLIN, FRIDAY, MONDAY, TUESDAY, at
from tests.interviews.text.wording_table import STEPS as TABLE

NOW = at("2026-11-25 12:00").astimezone(BERLIN)
STEPS = {name: what for name, what, _moments in TABLE}
FULL = Writing(
    position="Product analyst",
    interviewed_on=date(2026, 11, 16),
    person="Anna Petrova",
    sender="Alice Weber",
)


def body(kind: LetterKind, writing: Writing = FULL) -> str:
    return draft(kind, writing, now=NOW).body


def test_a_late_answer_in_full() -> None:
    letter = draft(LetterKind.LATE_ANSWER, replace(FULL, promised_on=FRIDAY), now=NOW)
    assert letter.subject == "Interview on Monday 16 November: Product analyst"
    assert letter.body == (
        "Dear Anna Petrova,\n"
        "\n"
        "Thank you again for our conversation on Monday 16 November about the Product analyst "
        "position.\n"
        "\n"
        "I had hoped to hear from you by Friday 20 November. I know that decisions often take "
        "longer than planned.\n"
        "\n"
        "May I ask where things stand? If the decision is still open, it would help me to know "
        "when you expect to make it.\n"
        "\n"
        "If you have chosen someone else, I would be grateful for a line or two about what was "
        "missing. I do not want to question your decision. It would help me work on the right "
        "things.\n"
        "\n"
        "Kind regards,\n"
        "Alice Weber\n"
    )


@pytest.mark.parametrize(
    ("writing", "said"),
    [
        (
            replace(FULL, tried_on=(FRIDAY, MONDAY, TUESDAY)),
            "by phone on Monday 23 November and Tuesday 24 November, without success",
        ),
        (replace(FULL, spoken_on=FRIDAY), "in touch, on Friday 20 November, the decision was"),
        (FULL, "I know that such decisions often take longer than planned."),
    ],
)
def test_a_late_answer_cites_what_happened(writing: Writing, said: str) -> None:
    assert said in body(LetterKind.LATE_ANSWER, writing)


@pytest.mark.parametrize("kind", [*LetterKind])
@pytest.mark.parametrize(
    "writing",
    [FULL, replace(FULL, person=None, sender=None), replace(FULL, position="100 % %(x)s")],
)
def test_every_letter(kind: LetterKind, writing: Writing) -> None:
    letter = draft(kind, writing, now=NOW)
    whole = letter.subject + letter.body
    assert writing.position in whole
    assert "None" not in whole
    assert "!" not in whole
    assert letter.body.startswith("Dear Anna Petrova," if writing.person else "Dear all,")
    assert letter.body.endswith(f"{writing.sender or '[your name]'}\n")
    assert "%(" not in whole.replace(writing.position, "")


def test_names_may_hold_any_sign() -> None:
    odd = replace(FULL, person="50% %(position)s", sender="%s")
    assert body(LetterKind.LATE_ANSWER, odd).startswith("Dear 50% %(position)s,")
    assert body(LetterKind.LATE_ANSWER, odd).endswith("%s\n")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (LetterKind.LATE_ANSWER, "help me work on the right things"),
        (LetterKind.MAY_NOT_CALL, "As you would rather not be called"),
        (LetterKind.AS_AGREED, "As agreed, I am following up"),
        (LetterKind.AFTER_REFUSAL, "what to work on next"),
        (LetterKind.LETTING_GO, "I would value your feedback"),
        (LetterKind.THANKS, "when can I expect to hear from you"),
    ],
)
def test_each_letter_asks_for_its_own(kind: LetterKind, said: str) -> None:
    assert said in body(kind)


def test_an_assumed_refusal_is_not_thanked_for() -> None:
    assumed = body(LetterKind.AFTER_REFUSAL, replace(FULL, is_refusal_assumed=True))
    assert "As agreed, since I have not heard from you" in assumed
    assert "letting me know" not in assumed
    assert "letting me know" in body(LetterKind.AFTER_REFUSAL)


OWN = Initiator.CANDIDATE


@pytest.mark.parametrize(
    ("agreed", "points"),
    [
        (
            AgreedText(due_on=FRIDAY, may_call=True),
            "– You will call me by Friday 20 November.\n"
            "– If I have not heard from you by then, I may call you.",
        ),
        (
            AgreedText(due_on=FRIDAY, may_call=True, silence_is_refusal=True),
            "– You will call me by Friday 20 November.\n"
            "– If I do not hear from you, I will assume that you have chosen someone else.",
        ),
        (AgreedText(channel=Channel.EMAIL), "– You will write to me when there is news."),
        (AgreedText(channel=Channel.EMAIL, due_on=FRIDAY), "– You will write to me by Friday 20"),
        (AgreedText(), "– You will call me when there is news."),
        (
            AgreedText(OWN, due_on=FRIDAY, may_call=True),
            "– I will call you on Friday 20 November.\n\n",
        ),
        (AgreedText(OWN, Channel.MESSAGE, FRIDAY), "– I will write to you on Friday 20 November."),
        (AgreedText(OWN), "– I will call you in the next few days."),
        (AgreedText(OWN, Channel.EMAIL), "– I will write to you in the next few days."),
    ],
)
def test_thanks_repeat_what_was_agreed(agreed: AgreedText, points: str) -> None:
    letter = body(LetterKind.THANKS, replace(FULL, agreed=agreed))
    assert f"here is how I understood the next step:\n{points}" in letter
    assert "Please let me know if you remember it differently." in letter


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (Rule.MAY_NOT_CALL, LetterKind.MAY_NOT_CALL),
        (Rule.YOUR_TURN, LetterKind.AS_AGREED),
        (Rule.LEARN_FROM_REFUSAL, LetterKind.AFTER_REFUSAL),
        (Rule.NOT_INTERESTED, LetterKind.LETTING_GO),
        (Rule.NOT_REACHED, LetterKind.LATE_ANSWER),
        (Rule.ALREADY_ASKED, LetterKind.LATE_ANSWER),
        (Rule.AGREEMENT_MISSING, LetterKind.THANKS),
    ],
)
def test_which_letter_fits(rule: Rule, kind: LetterKind) -> None:
    assert kind_for(rule) == kind


def test_a_stored_reason_is_enough_for_a_letter() -> None:
    def writing(name: str) -> Writing:
        return writing_of(
            STEPS[name].reason,
            position=FULL.position,
            interviewed_on=FULL.interviewed_on,
            person=FULL.person,
            sender=FULL.sender,
        )

    assert writing("may not call") == replace(FULL, promised_on=FRIDAY)
    assert writing("in vain") == replace(FULL, promised_on=FRIDAY, tried_on=(MONDAY, TUESDAY))
    assert writing("asked before") == replace(FULL, spoken_on=FRIDAY)
    assert writing("own letter") == FULL
    assert writing("window") == FULL
    assert writing("refusal assumed").is_refusal_assumed
    assert STEPS["refusal assumed"].reason.result == ResultKind.ASSUMED_REFUSAL
