"""预览图的暂存: a document is drawn once, another content anew, and what is kept stays within its bound."""

from liuhen.documents import previews


def test_drawn_once_and_within_bounds() -> None:
    drawn: list[str] = []

    def draw(name: str, size: int = 10) -> list[bytes]:
        def new() -> list[bytes]:
            drawn.append(name)
            return [b"x" * size]

        return previews.pages_of(name, new)

    assert draw("a") == draw("a") == [b"x" * 10]
    assert drawn == ["a"]
    draw("b", previews.MOST_BYTES)
    draw("a")
    assert drawn == ["a", "b", "a"], "the oldest made room"
    assert draw("c", previews.MOST_BYTES + 1)[0][:1] == b"x", "too large to be kept, shown all the same"
