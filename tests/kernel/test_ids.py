"""Identifiers are unique, ordered by their making, and of one shape."""

from concurrent.futures import ThreadPoolExecutor

from liuhen.kernel.ids import ID_LENGTH, is_id, new_id


def test_ids_are_ordered_and_unique() -> None:
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_threads_never_share_an_id() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [
            one for batch in pool.map(lambda _: [new_id() for _ in range(500)], range(8)) for one in batch
        ]
    assert len(set(made)) == 4_000


def test_shape() -> None:
    made = new_id()
    assert len(made) == ID_LENGTH
    assert is_id(made)
    assert not is_id(made[:-1])
    assert not is_id(made.upper()) or made.isdigit()
    assert not is_id("../" + made[3:])
