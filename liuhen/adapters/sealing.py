"""政务签章 by a program on this machine that talks to the service: the document goes in, the sealed one comes out."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.documents.seals import SealError

_SECONDS = 60


@dataclass(frozen=True)
class SealProgram:
    """A service as a command: reads the PDF from its standard input, writes the sealed PDF to its standard output.

    `{agency}` in the command stands for the agency's name.
    """

    command: Sequence[str]

    def sealed(self, pdf: bytes, agency: str) -> bytes:
        """What the program gave back. Raises `SealError`."""
        command = [word.replace("{agency}", agency) for word in self.command]
        try:
            done = subprocess.run(command, input=pdf, capture_output=True, timeout=_SECONDS, check=True)
        except FileNotFoundError as error:
            raise SealError(f"签章程序“{command[0]}”没有找到，没有加盖：请系统管理员核对设置") from error
        except subprocess.TimeoutExpired as error:
            raise SealError(f"签章服务{_SECONDS}秒没有答复，没有加盖：请稍后再试") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise SealError("签章服务没有加盖：请稍后再试；一直不行的，请系统管理员检查签章服务") from error
        return done.stdout
