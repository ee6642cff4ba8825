import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password", ["hearback2026!", "Interview123", "job hunt 2026", "coachcoach"]
)
def test_what_somebody_would_try_first_here(password: str) -> None:
    with pytest.raises(ValidationError, match="first words that somebody would try"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["my interview with a purple horse", "пароль из четырёх слов", "x" * 7 + "y" * 70]
)
def test_any_signs_and_any_length_may_be_one(password: str) -> None:
    validate_password(password)
