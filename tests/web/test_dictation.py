"""听写: a port; without a recogniser it says so, with one the words come back, and what fails says what to do."""

import sys
from collections.abc import Iterator

import pytest

from liuhen.adapters.dictation import Program
from liuhen.documents import dictation
from tests.web.conftest import SignIn
from tests.web.played import Play

HEARD = "import sys; sys.stdout.write('听到%d字节，%s' % (len(sys.stdin.buffer.read()), sys.argv[1]))"


@pytest.fixture(autouse=True)
def none_afterwards() -> Iterator[None]:
    yield
    dictation.use(None)


def test_words_come_back_and_failures_say_what_to_do(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    case = play.file_case()

    def said(sound: bytes = b"x" * 9) -> tuple[int, dict[str, str]]:
        answer = client.post(
            "/dictation/", sound, "application/octet-stream", headers={"X-Media-Type": "audio/ogg"}
        )
        return answer.status_code, answer.json()

    assert said()[0] == 409 and "没有设置听写服务" in said()[1]["message"]
    assert "data-dictate" not in client.get(f"/do/inquire/{case}/").content.decode()
    python = ["env", "PYTHONIOENCODING=utf-8", sys.executable, "-c"]
    dictation.use(Program([*python, HEARD, "{type}"]))
    assert said() == (200, {"text": "听到9字节，audio/ogg"})
    assert 'data-dictate="id_content"' in client.get(f"/do/inquire/{case}/").content.decode()
    assert "没有录到声音" in said(b"")[1]["message"]
    for command, words in (([*python, "raise SystemExit(1)"], "没有给出结果"), (["/no/such"], "没有找到")):
        dictation.use(Program(command))
        assert words in said()[1]["message"]
