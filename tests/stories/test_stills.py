"""截图: cut from a recording of the case, each with both digests and where in it; others are refused."""

import hashlib
from typing import Any

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.acts.uploads import receive
from liuhen.documents.fonts import load_fonts
from liuhen.documents.queries import documents_of, render_document
from liuhen.documents.witness import issuer
from liuhen.oversight.scenarios.samples import sample
from tests.documents.pdftext import text_of
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")
NAME = "截图_现场检查_00-12-03.250.png"
CLIP = hashlib.sha256(sample("现场检查.webm")).hexdigest()
FROM = {"still": NAME, "at": "00:12:03.250", "recording": "现场检查.webm", "digest": CLIP}


def recorded() -> tuple[Office, str]:
    """A case whose inspection was recorded and stored."""
    office, streams = case_as_far_as("video")
    stored = receive(
        [sample("现场检查.webm")],
        owner=office.officer("zhang").id,
        name="现场检查.webm",
        now_ms=office.clock.ms,
    )
    office.do("zhang", "store_recording", {"carrier": "system", "files": [stored.id]}, streams["video"])
    return office, streams["case"]


def lay(office: Office, stream: str, **changed: Any) -> Any:
    picture = receive(
        [sample("截图.png")], owner=office.officer("zhang").id, name=NAME, now_ms=office.clock.ms
    )
    given = {
        "origin": "still", "files": [picture.id], "carrier": "执法信息系统", "compared": False,
        "captions": [{"maker": "张明远", "made_at": "2026-03-12 09:37:03", "place": "诊所", "proves": "收费"}],
        "officers": office.ids("zhang", "li"), "cut_from": [FROM],
    }  # fmt: skip
    return office.do("zhang", "lay_pictures", given | changed, stream)


def test_a_still_is_kept_with_the_recording_it_was_cut_from_and_printed_so() -> None:
    office, stream = recorded()
    receipt = lay(office, stream)
    assert receipt.fields["stills"] == [
        {
            "picture": "图1", "source": "现场检查.webm　00:12:03.250", "recording_digest": CLIP,
            "clock": "登记的录像开始时间（不是录像文件自带的）：2026-03-12 09:25:00起",
            "still_digest": hashlib.sha256(sample("截图.png")).hexdigest(),
        }
    ]  # fmt: skip
    entries, own = load_matter(stream).entries, issuer(office.agency)
    (ref,) = [one for one in documents_of(entries, own) if one.entry_id == receipt.entry]
    text = text_of(render_document(ref, entries, own, load_fonts())).replace(
        "\u200b", ""
    )  # where a line may break
    assert "截图出处" in text and "00:12:03.250" in text and CLIP[:16] in text and CLIP[48:] in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"still": "别的.png"}, "不在所附的照片、截图之中"),
        ({"digest": "ab" * 32}, "不是本案登记的录像"),
        ({"at": "12分3秒"}, "应写成 时:分:秒"),
    ],
)
def test_a_still_of_something_else_is_refused(changed: dict[str, str], said: str) -> None:
    office, stream = recorded()
    with pytest.raises(Invalid) as refused:
        lay(office, stream, cut_from=[FROM | changed])
    assert "第1行" in refused.value.errors["cut_from"] and said in refused.value.errors["cut_from"]
    assert not load_matter(stream).all("pictures_laid")
