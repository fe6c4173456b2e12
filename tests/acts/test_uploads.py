"""收文件: what is no file at all is refused in words of its own."""

import pytest

from liuhen import ledger
from liuhen.acts.uploads import receive

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("name", ["诊室.jpg", "结算明细.pdf", "说明.txt"])
def test_an_empty_file_is_said_to_be_empty(name: str) -> None:
    with pytest.raises(ledger.UploadRefused, match="是空的（0 字节），没有保存"):
        receive([b""], owner="o", name=name, now_ms=1)


def test_another_content_than_its_name_says_is_still_said_to_be_that() -> None:
    with pytest.raises(ledger.UploadRefused, match="内容与名称不符"):
        receive([b"no picture"], owner="o", name="诊室.jpg", now_ms=1)
