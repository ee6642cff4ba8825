"""How many queries a page runs, also with coaches."""

from django.test import Client

from tests.site.world import World, pages
from tests.support.queries import count_queries

MOST = 8


def test_no_page_asks_much(as_alice: Client, world: World) -> None:
    as_alice.get("/today/")  # the session is written at the first look
    over = {}
    for paths in pages(world).values():
        for path in paths:
            count = count_queries(lambda path=path: as_alice.get(path))  # type: ignore[misc]
            if count > MOST:
                over[path] = count
    assert over == {}
