"""证据页: photographs and stills laid on sheets with their captions; copies compared with their originals."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.acts.act import Act, Doing, Made, Matter
from liuhen.acts.errors import Invalid
from liuhen.acts.uploads import files_held
from liuhen.cases.courses.places import CASE, HANDLERS, OVER, until
from liuhen.documents.pictures import cannot_be_shown
from liuhen.recordings.clock import began

PICTURES = frozenset({"image/jpeg", "image/png"})
PICTURES_MAX = 60
_TIME_CODE = re.compile(r"\d{1,3}:[0-5]\d:[0-5]\d(\.\d{1,3})?")


def _laid(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """How many there are; each is a picture and has its caption."""
    files, captions = values["files"], values["captions"]
    wrong = [file["name"] for file in files if file["media_type"] not in PICTURES]
    if wrong:
        raise Invalid({"files": f"照片、截图：“{'、'.join(wrong)}”不是 JPEG、PNG 图片，请去掉或者转换后再传"})
    unfit = [f"“{file['name']}”{why}" for file in files if (why := cannot_be_shown(file))]
    if unfit:
        raise Invalid({"files": f"照片、截图：{'；'.join(unfit)}"})
    if len(files) > PICTURES_MAX:
        raise Invalid(
            {"files": f"照片、截图：共{len(files)}幅，一份证据页最多{PICTURES_MAX}幅，请分几份制作"}
        )
    if len(files) != len(captions):
        text = f"照片说明：照片{len(files)}幅，说明{len(captions)}行，应当一幅一行"
        raise Invalid({"captions": text})
    stills = _cut(values.get("cut_from") or [], files, matter)
    return {"count": len(files), **({"stills": stills} if stills else {})}


def _cut(
    rows: Sequence[Mapping[str, str]], files: Sequence[Mapping[str, Any]], matter: Matter | None
) -> list[dict[str, str]]:
    """Of each still: its number and digest, the recording of this case that it was cut from, and where in it."""
    held = {} if matter is None else files_held(matter)
    names = [str(file["name"]) for file in files]
    stills = []
    for number, row in enumerate(rows, 1):
        name, digest, at = (str(row.get(word, "")).strip() for word in ("still", "digest", "at"))
        recording = held.get(digest.lower())
        why = ""
        if names.count(name) != 1:
            why = f"截图“{name}”不在所附的照片、截图之中（或者同名的不止一幅），请删去这一行或者补传截图"
        elif recording is None or not str(recording["media_type"]).startswith("video/"):
            why = f"“{row.get('recording') or digest}”不是本案登记的录像，请从本案的录像中截取，或者先登记、储存录像"
        elif not _TIME_CODE.fullmatch(at):
            why = f"时间码“{at}”应写成 时:分:秒，如 00:12:03.250"
        if why or recording is None:
            raise Invalid({"cut_from": f"截图出处：第{number}行：{why}"})
        picture = names.index(name)
        stills.append(
            {
                "picture": f"图{picture + 1}",
                "source": f"{recording['name']}　{at}",
                "clock": began(matter, digest.lower()).said if matter else "",
                "recording_digest": digest.lower(),
                "still_digest": str(files[picture]["sha256"]),
            }
        )
    return stills


def _captions_whole(doing: Doing) -> Mapping[str, str]:
    """Each picture says who made it, when, where, and what it proves; what was compared says when."""
    columns = {"maker": "制作人", "made_at": "制作时间", "place": "制作地点", "proves": "证明对象"}
    for number, row in enumerate(doing.payload["captions"], 1):
        if lacking := [label for name, label in columns.items() if not row.get(name)]:
            return {"captions": f"照片说明：第{number}幅没有写{'、'.join(lacking)}，请补上"}
    if doing.payload["compared"] and not doing.payload.get("compared_at"):
        return {"compared_at": "核对时间：与原件核对过的，请写明核对的时间"}
    return {}


def _counted(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """How many copies, of how many pages together."""
    rows = values["copies"]
    pages = [str(row.get("pages", "")).strip() for row in rows]
    if bad := [
        str(number) for number, text in enumerate(pages, 1) if not text.isascii() or not text.isdigit()
    ]:
        raise Invalid({"copies": f"复制件：第{'、'.join(bad)}行的页数应为整数"})
    return {"count": len(rows), "page_count": sum(map(int, pages))}


def _difference_told(doing: Doing) -> Mapping[str, str]:
    """What does not agree is said."""
    if doing.payload["result"] == "differ" and not doing.payload.get("differ_note"):
        return {"differ_note": "不一致之处：核对结果为不一致的，请写明哪一件、哪里不一致"}
    return {}


ACTS = until(
    OVER,
    Act(
        "pictures_laid",
        on=CASE,
        new_key=True,
        suggested={"officers": HANDLERS},
        made=Made(("count", "stills"), _laid),
        checks=(_captions_whole,),
    ),
    Act(
        "copies_compared",
        on=CASE,
        new_key=True,
        suggested={"officers": HANDLERS, "holder": "filed.party_name"},
        made=Made(("count", "page_count"), _counted),
        checks=(_difference_told,),
    ),
)
