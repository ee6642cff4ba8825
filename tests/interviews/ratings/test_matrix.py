from interviews.models import Vacancy
from interviews.ratings.matrix import CELL, HEIGHT, LEFT, TOP, WIDTH, rating_matrix


def vacancies(*ratings: tuple[int | None, int | None]) -> list[Vacancy]:
    return [Vacancy(attractiveness=a, desire=d) for a, d in ratings]


def test_attractive_lies_to_the_right_and_wanted_on_top() -> None:
    low, high = vacancies((1, 1), (5, 5))
    drawn = rating_matrix([low, high], this=high)
    (ours, other) = sorted(drawn.dots, key=lambda dot: -dot.x)
    assert (ours.text, ours.is_this) == ("2", True)
    assert ours.x > other.x
    assert ours.y < other.y


def test_what_has_one_rating_alone_is_in_the_table_only() -> None:
    rows = vacancies((4, None), (None, 2), (3, 3))
    drawn = rating_matrix(rows, this=rows[2])
    assert [row.number for row in drawn.rows] == [1, 2, 3]
    assert [dot.text for dot in drawn.dots] == ["3"]


def test_a_full_square_counts_the_rest_and_shows_this_one() -> None:
    rows = vacancies(*[(3, 3)] * 25)
    drawn = rating_matrix(rows, this=rows[24])
    assert [dot.text for dot in drawn.dots] == ["25", "1", "2", "+22"]
    assert [dot.is_this for dot in drawn.dots] == [True, False, False, False]


def test_dots_of_one_square_neither_meet_nor_leave_it() -> None:
    rows = vacancies(*[(2, 4)] * 4)
    dots = rating_matrix(rows, this=rows[0]).dots
    left, top = LEFT + CELL, TOP + CELL
    for dot in dots:
        assert left + 10 <= dot.x <= left + CELL - 10
        assert top + 10 <= dot.y <= top + CELL - 10
    apart = [(a.x - b.x) ** 2 + (a.y - b.y) ** 2 for a in dots for b in dots if a is not b]
    assert min(apart) > 20**2


def test_it_fits_the_smallest_phone() -> None:
    assert WIDTH <= 320 - 32
    rows = vacancies((5, 1), (1, 5))
    for dot in rating_matrix(rows, this=rows[0]).dots:
        assert 0 < dot.x < WIDTH
        assert 0 < dot.y < HEIGHT
