"""政务签章 by a program on this machine that talks to the service: the document goes in, the sealed one comes out."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.adapters.program import Failing, answer
from liuhen.documents.seals import SealError

_SECONDS = 60
_FAILING = Failing(
    SealError,
    missing="签章程序“{program}”没有找到，没有加盖：请系统管理员核对设置",
    late=f"签章服务{_SECONDS}秒没有答复，没有加盖：请稍后再试",
    failed="签章服务没有加盖：请稍后再试；一直不行的，请系统管理员检查签章服务",
)


@dataclass(frozen=True)
class SealProgram:
    """A service as a command: reads the PDF from its standard input, writes the sealed PDF to its standard output.

    `{agency}` in the command stands for the agency's name.
    """

    command: Sequence[str]

    def sealed(self, pdf: bytes, agency: str) -> bytes:
        """What the program gave back. Raises `SealError`."""
        return answer(self.command, {"agency": agency}, pdf, _SECONDS, _FAILING)
