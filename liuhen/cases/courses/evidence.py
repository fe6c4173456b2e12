"""证据页: photographs and stills laid on sheets with their captions; copies compared with their originals."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts.act import Act, Doing, Made, Matter
from liuhen.acts.errors import Invalid
from liuhen.cases.courses.places import CASE, HANDLERS, OVER, until

PICTURES = frozenset({"image/jpeg", "image/png"})
PICTURES_MAX = 60


def _laid(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """How many there are; each is a picture and has its caption."""
    files, captions = values["files"], values["captions"]
    wrong = [file["name"] for file in files if file["media_type"] not in PICTURES]
    if wrong:
        raise Invalid({"files": f"照片、截图：“{'、'.join(wrong)}”不是 JPEG、PNG 图片，请去掉或者转换后再传"})
    if len(files) > PICTURES_MAX:
        raise Invalid(
            {"files": f"照片、截图：共{len(files)}幅，一份证据页最多{PICTURES_MAX}幅，请分几份制作"}
        )
    if len(files) != len(captions):
        text = f"照片说明：照片{len(files)}幅，说明{len(captions)}行，应当一幅一行"
        raise Invalid({"captions": text})
    return {"count": len(files)}


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
        made=Made(("count",), _laid),
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
