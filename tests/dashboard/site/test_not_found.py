from django.test import Client


def test_a_candidate_is_led_back_and_may_search(as_alice: Client) -> None:
    answer = as_alice.get("/nowhere/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert ">Back to Today</a>" in page
    assert 'action="/search/"' in page


def test_others_are_led_to_the_start(as_bob: Client, client: Client) -> None:
    for visitor in (as_bob, client):
        page = visitor.get("/nowhere/").content.decode()
        assert 'href="/">Go to the start page</a>' in page
        assert 'action="/search/"' not in page
