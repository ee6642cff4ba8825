"""Messages that say what to enter replace Django's; our own stay."""

from django import forms

from accounts.error_messages import say_what_is_right


class Form(forms.Form):
    name = forms.CharField(max_length=3)
    number = forms.IntegerField(min_value=5)
    address = forms.EmailField()
    at = forms.TimeField()
    kind = forms.ChoiceField(choices=[("a", "a")], error_messages={"required": "Ours."})


def faults(**data: str) -> dict[str, list[str]]:
    form = Form(data)
    say_what_is_right(form.fields.values())
    return {name: list(sentences) for name, sentences in form.errors.items()}


def test_what_is_missing() -> None:
    assert faults() == {
        "name": ["Fill in this field."],
        "number": ["Enter a number."],
        "address": ["Enter an email address, such as anna@example.org."],
        "at": ["Enter a time, such as 14:30."],
        "kind": ["Ours."],
    }


def test_what_is_wrong() -> None:
    assert faults(name="Anna", number="4", address="anna", at="noon", kind="b") == {
        "name": ["Use 3 characters or fewer. You have 4."],
        "number": ["Enter 5 or more."],
        "address": ["Enter an email address, such as anna@example.org."],
        "at": ["Enter a time, such as 14:30."],
        "kind": ["Choose one of the options listed."],
    }
