"""How long Today takes for somebody with very many interviews."""

from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.database import database
from bench.figure import Figure
from bench.pace import milliseconds
from bench.rows import candidate, copies, waiting
from interviews.models import Candidate, Interview

MANY, FEW, TIMES = 200, 20, 15
ROWS = Template(
    "{% for row in rows %}<li><h2>{{ row.vacancy }}</h2><p>{{ row.step }} {{ row.step_due_at }}"
    "</p><a href='/interviews/{{ row.pk }}/'>{{ row.step_person.name }}</a></li>{% endfor %}"
)


def today_milliseconds() -> Figure:
    where = database()
    owner = _owner("Busy", MANY)
    client = _client(owner)
    bare = milliseconds(lambda: _bare(owner), times=TIMES)
    return Figure(
        name=f"Today with {MANY} interviews",
        value=round(milliseconds(lambda: _look(client), times=TIMES), 1),
        unit="ms",
        yardstick=f"the whole answer, all middleware, on {where}; a bare template of as many "
        f"rows with their parties: {bare:,.1f} ms",
    )


def today_queries() -> Figure:
    where = database()
    few = _queries(_client(_owner("Calm", FEW)))
    return Figure(
        name="queries of Today",
        value=_queries(_client(_owner("Busier", MANY))),
        unit="queries",
        yardstick=f"{MANY} interviews on {where}; with {FEW}: {few}",
    )


def _owner(name: str, interviews: int) -> Candidate:
    owner = candidate(name)
    copies(waiting(owner), interviews - 1)
    return owner


def _client(owner: Candidate) -> Client:
    client = Client()
    client.force_login(owner.user)
    _look(client)
    return client


def _look(client: Client) -> None:
    assert client.get("/today/").status_code == 200


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        _look(client)
    return len(captured)


def _bare(owner: Candidate) -> None:
    ROWS.render(Context({"rows": Interview.objects.of(owner).with_parties()}))
