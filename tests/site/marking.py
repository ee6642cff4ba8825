"""Put a word into every text that people or programs wrote, wherever it is stored."""

from django.apps import apps
from django.db.models import CharField, EmailField, Model, QuerySet, TextField, URLField

# Words of the product and of standards, and secrets: nobody wrote these.
FIXED = {
    *("password", "timezone", "due_timezone", "country", "subdivision", "step", "step_rule"),
    *("section", "token", "fingerprint", "uid", "key", "normalised_name", "message_id"),
    *("private_key", "public_key", "subscription", "target", "code_digest"),
    "table",  # of an import: cells in a program's own form
}
APPS = ("accounts", "interviews", "account")


def is_written(field: object) -> bool:
    is_text = isinstance(field, CharField | TextField)
    return is_text and not field.choices and field.name not in FIXED


def mark_all(word: str, *, around: str = "{}") -> int:
    """Mark all rows; return how many texts were marked, each with its number. `around` surrounds
    the word where any text is allowed."""
    count = 0
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            fields = [field for field in model._meta.concrete_fields if is_written(field)]
            for row in QuerySet(model) if fields else []:
                texts = {}
                for field in fields:
                    count += 1
                    texts[field.name] = _text(field, word, count, around)
                _write(model, row.pk, texts)
    return count


def _text(field: object, word: str, number: int, around: str) -> str:
    if isinstance(field, EmailField):
        return f"{word.lower()}{number}@example.org"
    if isinstance(field, URLField):
        return f"https://{word.lower()}.example/{number}"
    text = around.format(f"{word} {number}")
    return text if field.max_length is None else text[: field.max_length]


def _write(model: type[Model], key: object, texts: dict[str, str]) -> None:
    if hasattr(model, "normalised_name") and "name" in texts:
        texts |= {"normalised_name": texts["name"].casefold()}
    # Bypass everything that a service, a form or a manager would refuse.
    QuerySet(model).filter(pk=key).update(**texts)
