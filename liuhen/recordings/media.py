"""音像文件 held against what the recording says it is: a 录像 has a picture that moves, a 录音 has sound."""

from liuhen.acts.act import Doing, fields_of

_FITTING = {"photo": ("image/",), "sound": ("audio/", "video/"), "video": ("video/",)}


def of_its_medium(doing: Doing) -> dict[str, str]:
    """A message where none of the files stored is of the medium (记录形式) that was registered."""
    made = doing.matter.last("recording_ended") if doing.matter else None
    files = doing.payload.get("files") or []
    if made is None or not files:
        return {}
    medium = str(fields_of(made).get("medium"))
    wanted = _FITTING.get(medium)
    if wanted is None or any(str(file.get("media_type", "")).startswith(wanted) for file in files):
        return {}
    said = {"photo": "照片", "sound": "录音", "video": "录像"}[medium]
    return {
        "files": f"音像文件：登记的记录形式是“{said}”，所附的文件中没有{said}；请核对原件，或者更正登记的记录形式"
    }
