"""Which questions are asked of whom."""

import pytest

from interviews.questions import question_sheet
from interviews.rules import Role

ALWAYS = ["by_when", "who_calls", "may_call", "silence"]


@pytest.mark.parametrize(
    ("roles", "work", "agreement"),
    [
        ([], ["doubts"], [*ALWAYS, "whom_to_ask_for"]),
        (
            [Role.RECRUITER],
            ["next_steps", "most_important"],
            [*ALWAYS, "whom_to_ask_for"],
        ),
        ([Role.HIRING_MANAGER], ["first_months", "doubts"], [*ALWAYS, "feedback_way", "card"]),
        ([Role.TOP_MANAGER], ["direction"], [*ALWAYS, "feedback_way", "card"]),
        ([Role.PEER], ["daily_work"], [*ALWAYS, "feedback_way"]),
        (
            [Role.TOP_MANAGER, Role.RECRUITER, Role.TOP_MANAGER],
            ["next_steps", "most_important", "direction"],
            [*ALWAYS, "feedback_way", "card"],
        ),
    ],
)
def test_chosen_for_the_room(roles: list[Role], work: list[str], agreement: list[str]) -> None:
    sheet = question_sheet(roles)
    assert [question.key for question in sheet.about_work] == work
    assert [question.key for question in sheet.agreement] == agreement


def test_every_question_is_one_and_says_what_it_is_good_for() -> None:
    sheet = question_sheet([*Role])
    asked = [*sheet.about_work, *sheet.agreement]
    assert len({question.key for question in asked}) == len(asked)
    for question in asked:
        assert question.text.endswith("?")
        assert question.hint.endswith(".")
