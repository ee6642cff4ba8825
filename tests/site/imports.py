"""An import of positions in every state, in letters that are no page's own words."""

from datetime import datetime

from integrations import position_import_runs as runs
from integrations.position_import import Refusal, read
from interviews.models import Candidate, PositionImport

# The days can be read both ways, one column is of passwords, and one word is not known.
LIST = """Компания,Должность,Дата отклика,Статус,Пароль
Ιώτα,Φούρναρης,03.04.2025,Отказ,1234
Κάππα,Μάγειρας,05.06.2025,Ωχ,1234
,Μυλωνάς,05.06.2025,Отказ,1234
"""
State = PositionImport.State
ENDED = (State.DONE, State.FAILED, State.UNDONE)


def make_imports(candidate: Candidate, *, now: datetime) -> dict[str, PositionImport]:
    """By state; none has brought anything."""
    table = read(LIST.encode(), "1.csv")
    assert not isinstance(table, Refusal)
    made = {}
    for state in State:
        found = runs.keep_upload(candidate=candidate, name="1.csv", table=table)
        found.state, found.finished_at = state, now if state in ENDED else None
        if state != State.MAPPING:
            found.rest = [{"row": 4, "reason": "no_company"}]
        found.lease_until = None
        found.save()
        made[state.value] = found
    return made


def paths_of_imports(imports: dict[str, PositionImport]) -> dict[str, list[str]]:
    """The pages of each name, as a signed-in owner may open them."""
    details = [f"/positions/import/{found.pk}/" for found in imports.values()]
    waiting, done = (f"/positions/import/{imports[state].pk}/" for state in ("mapping", "done"))
    return {
        "dashboard:position-import-create": ["/positions/import/"],
        "dashboard:position-import-detail": details,
        "dashboard:position-import-preview": [f"{waiting}preview/"],
        "dashboard:position-import-undo": [f"{done}undo/"],
    }
