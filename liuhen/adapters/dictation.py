"""听写 by a program on this machine: the sound goes in, the words come out; nothing leaves the machine by our doing."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.adapters.program import Failing, answer
from liuhen.documents.dictation import DictationError

_SECONDS = 120
_FAILING = Failing(
    DictationError,
    missing="听写程序“{program}”没有找到，请系统管理员核对设置",
    late=f"听写超过{_SECONDS}秒没有结果，请分成短一些的几段说",
    failed="听写程序没有给出结果，请键入，并请系统管理员检查",
)


@dataclass(frozen=True)
class Program:
    """A recogniser as a command: reads the sound from its standard input, writes UTF-8 text to its standard output.

    `{type}` in the command stands for the media type of the sound.
    """

    command: Sequence[str]

    def heard(self, sound: bytes, media_type: str) -> str:
        """What the program made of it. Raises `DictationError`."""
        found = answer(self.command, {"type": media_type}, sound, _SECONDS, _FAILING)
        return found.decode("utf-8", "replace")
