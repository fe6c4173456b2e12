"""听写: a port. Words spoken to the page become text by whatever recogniser the installation has; none comes with it.

The speech recognition of browsers sends what is said to somebody else's machines and is not used.
"""

from collections.abc import Iterable
from typing import Protocol

MAX_BYTES = 20 * 1024**2
"""A few minutes of speech."""


class DictationError(RuntimeError):
    """听写没有成功. The message is Chinese and says what to do."""


class Dictation(Protocol):
    """A recogniser of Chinese speech."""

    def heard(self, sound: bytes, media_type: str) -> str:
        """What was said. Raises `DictationError`."""
        ...


class NotSetUp:
    """没有设置听写: what answers until a recogniser is set."""

    def heard(self, sound: bytes, media_type: str) -> str:
        """Says that there is none, and who can set one."""
        raise DictationError(
            "本机关没有设置听写服务，请键入；需要听写的，请系统管理员设置（LIUHEN_DICTATION）"
        )


_used: list[Dictation] = [NotSetUp()]


def use(dictation: Dictation | None) -> None:
    """Let this recogniser answer; None: there is none."""
    _used[0] = dictation or NotSetUp()


def is_set_up() -> bool:
    """Whether there is a recogniser."""
    return not isinstance(_used[0], NotSetUp)


def heard(chunks: Iterable[bytes], media_type: str) -> str:
    """What was said in these bytes. Raises `DictationError`."""
    sound = bytearray()
    for chunk in chunks:
        sound += chunk
        if len(sound) > MAX_BYTES:
            raise DictationError(f"这一段录音超过{MAX_BYTES // 1024**2}MB，请分成几段说")
    if not sound:
        raise DictationError("没有录到声音，请检查话筒后再试")
    return _used[0].heard(bytes(sound), media_type).strip()
