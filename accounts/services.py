"""What a user may change about the account itself."""

from accounts.models import User


def rename_user(*, user: User, name: str) -> None:
    user.name = name.strip()
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name"])
