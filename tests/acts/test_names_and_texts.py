"""What is kept is what is shown: no hidden characters in texts or in the names of files."""

import pytest

from liuhen.acts.payload import has_control
from liuhen.acts.uploads import NAME_MAX, receive
from liuhen.ledger import UploadRefused


@pytest.mark.parametrize("text", ["诊所\u202egpj.exe", "案由\x00", "\u2066隐"])
def test_hidden_characters_are_seen(text: str):
    assert has_control(text)


def test_ordinary_texts_pass():
    assert not has_control("第一行\n\t第二行，张堃璟、𠮷")


@pytest.mark.parametrize("name", ["a\x00.jpg", "诊所\u202egpj.jpg", "长" * NAME_MAX + ".jpg", "a\n.jpg"])
def test_a_name_that_cannot_be_kept_is_refused(name: str):
    with pytest.raises(UploadRefused, match="文件名含有不能保存的字符"):
        receive([b"\xff\xd8\xff"], owner="x", name=name, now_ms=0)
