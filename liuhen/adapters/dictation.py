"""听写 by a program on this machine: the sound goes in, the words come out; nothing leaves the machine by our doing."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.documents.dictation import DictationError

_SECONDS = 120


@dataclass(frozen=True)
class Program:
    """A recogniser as a command: reads the sound from its standard input, writes UTF-8 text to its standard output.

    `{type}` in the command stands for the media type of the sound.
    """

    command: Sequence[str]

    def heard(self, sound: bytes, media_type: str) -> str:
        """What the program made of it. Raises `DictationError`."""
        command = [word.replace("{type}", media_type) for word in self.command]
        try:
            done = subprocess.run(command, input=sound, capture_output=True, timeout=_SECONDS, check=True)
        except FileNotFoundError as error:
            raise DictationError(f"听写程序“{command[0]}”没有找到，请系统管理员核对设置") from error
        except subprocess.TimeoutExpired as error:
            raise DictationError(f"听写超过{_SECONDS}秒没有结果，请分成短一些的几段说") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise DictationError("听写程序没有给出结果，请键入，并请系统管理员检查") from error
        return done.stdout.decode("utf-8", "replace")
