"""音像时长: a clip of three seconds for a hearing of two hours is pointed out; a fitting one is not."""

from html import unescape

import pytest

from liuhen.acts.matter import load_matter
from liuhen.acts.uploads import receive
from liuhen.kernel.clock import MS_PER_HOUR
from liuhen.kernel.ids import new_id
from liuhen.oversight.scenarios.samples import sample
from tests.web.conftest import SignIn
from tests.web.played import Play


@pytest.mark.parametrize(("name", "seconds", "said"), [
    ("听证.mp4", 3, "音像文件合计3秒，登记的记录起止合计2小时，短1小时59分：请核对是否选错"),
    ("听证.webm", 7200, ""),
    ("听证.wav", 7100, ""),
    ("听证.wav", 10800, "长1小时："),
])  # fmt: skip
def test_files_are_as_long_as_what_they_record(
    play: Play, as_person: SignIn, name: str, seconds: int, said: str
) -> None:
    case = play.file_case()
    now = play.clock.ms
    medium = "sound" if name.endswith("wav") else "video"
    span = {"started": now - 2 * MS_PER_HOUR, "ended": now}
    recording = play.act("register_recording", "zhang", case, medium=medium, **span).stream
    sent = receive([sample(name, seconds)], owner=play.who("zhang").id, name=name, now_ms=play.clock.ms)
    play.act("store_recording", "zhang", recording, files=[sent.id])
    assert load_matter(recording).value("recording_stored", "seconds") == pytest.approx(seconds, abs=1)
    page = as_person("zhang.qingxi").get(f"/recordings/{recording}/").content.decode()
    assert ("请核对时长" in page) is bool(said) and said in page


def test_a_file_of_another_kind_is_named_before_its_length_is_asked(play: Play, as_person: SignIn) -> None:
    """What the door works out is worked out of files it has taken; of a refused form it has not taken any."""
    case = play.file_case()
    recording = play.act("register_recording", "zhang", case, medium="video").stream
    sent = receive([sample("现场.jpg")], owner=play.who("zhang").id, name="现场.jpg", now_ms=play.clock.ms)
    form = {"_key": new_id(), "carrier": "system", "files": sent.id}
    refused = as_person("zhang.qingxi").post(f"/do/store_recording/{recording}/", form)
    assert refused.status_code == 422
    assert "登记的记录形式是“录像”，所附的文件中没有录像" in unescape(refused.content.decode())


def test_the_form_opens_anew_for_another_kind_of_act(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    form = as_person("zhang.qingxi").get(f"/do/register_recording/{case}/?of=hearing_held").content.decode()
    assert 'data-refill="of"' in form and '<option value="hearing_held" selected' in form
