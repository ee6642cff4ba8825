"""Which questions are asked of whom, and when."""

import pytest

from interviews.models import Interview
from interviews.rules import Role
from interviews.text.interview_questions import question_sheet

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
    sheet = question_sheet(roles, stage="first")
    assert [question.key for question in sheet.about_work] == work
    assert [question.key for question in sheet.agreement] == agreement


@pytest.mark.parametrize("stage", Interview.Stage.values)
def test_every_question_is_one_and_says_what_it_is_good_for(stage: str) -> None:
    sheet = question_sheet([*Role], stage=stage)
    asked = [*sheet.about_work, *sheet.agreement]
    assert len({question.key for question in asked}) == len(asked)
    for question in asked:
        assert question.text.endswith("?")
        assert question.hint.endswith(".")


@pytest.mark.parametrize(
    ("stage", "roles", "work", "agreement"),
    [
        (
            "screening",
            [],
            ["next_steps", "most_important"],
            ["by_when_invited", "who_calls", "may_call", "whom_to_ask_for"],
        ),
        (
            "screening",
            [Role.RECRUITER],
            ["next_steps", "most_important"],
            ["by_when_invited", "who_calls", "may_call", "whom_to_ask_for"],
        ),
        ("test", [Role.PEER], ["my_work", "daily_work"], [*ALWAYS, "feedback_way"]),
        # With the management present, whoever of them is named.
        ("management", [], ["direction"], [*ALWAYS, "feedback_way", "card"]),
        (
            "management",
            [Role.RECRUITER],
            ["next_steps", "most_important", "direction"],
            [*ALWAYS, "feedback_way", "card"],
        ),
        (
            "final",
            [Role.HIRING_MANAGER],
            ["missing_for_yes", "first_months", "doubts"],
            ["by_when", "who_calls", "may_call", "offer_way", "feedback_way", "card"],
        ),
    ],
)
def test_chosen_for_the_stage(
    stage: str, roles: list[Role], work: list[str], agreement: list[str]
) -> None:
    sheet = question_sheet(roles, stage=stage)
    assert [question.key for question in sheet.about_work] == work
    assert [question.key for question in sheet.agreement] == agreement


@pytest.mark.parametrize("stage", Interview.Stage.values)
def test_never_more_than_can_be_asked(stage: str) -> None:
    sheet = question_sheet([*Role], stage=stage)
    assert len(sheet.agreement) <= 6
    assert len(sheet.about_work) <= 3
