"""立案: who proposes it, and that a proposal is filed once."""

from collections.abc import Mapping

from liuhen import ledger
from liuhen.acts import checks
from liuhen.acts.act import Doing, Matter
from liuhen.acts.checks import BUSINESS


def two_handlers(doing: Doing) -> Mapping[str, str]:
    """Whoever proposes a filing is one of its handlers."""
    ids = {officer["id"] for officer in doing.payload.get("handlers", [])}
    if doing.actor.id not in ids:
        return {"handlers": "承办人：呈批人本人应当是承办人之一，请把自己选上"}
    return {}


def code_of_its_kind(doing: Doing) -> Mapping[str, str]:
    """A natural person has no unified code; that of an individual business begins as no other's does."""
    kind, code = doing.payload.get("party_kind"), str(doing.payload.get("party_code") or "")
    if not code:
        return {}
    if message := checks.code_fits_name(code, str(doing.payload.get("party_name") or "")):
        return {"party_code": f"统一社会信用代码：{message}"}
    if kind is None:
        return {}
    if kind == "citizen":
        return {
            "party_code": "统一社会信用代码：公民没有统一社会信用代码，请填写身份证件号码，或者改选当事人类别"
        }
    if (kind == "individual_business") != code.startswith(BUSINESS):
        said = "是个体工商户的" if code.startswith(BUSINESS) else "不是个体工商户的"
        return {
            "party_code": f"统一社会信用代码：{code}{said}（其代码以{BUSINESS}开头），与当事人类别不符，请对照营业执照"
        }
    return {}


def proposal_open(doing: Doing) -> Mapping[str, str]:
    """A proposal is filed once, and the unit's opinion is about this proposal and not an earlier one."""
    matter = doing.matter
    proposed = matter.last("filing_proposed") if matter else None
    if matter is None or proposed is None:
        return {}
    endorsed = matter.last("filing_endorsed")
    if endorsed is not None and endorsed.index < proposed.index:
        return {"": "承办人重新呈批以后，承办机构负责人还没有签署意见：请先由其对新的呈批签署意见"}
    cases = ledger.adopters({matter.stream}) - {matter.stream} if matter.adopted else set()
    filed = [entry for case in cases for entry in ledger.read([case]) if entry.kind == "filed"]
    if any(entry.index > proposed.index for entry in filed):
        return {"": "这份呈批已经立案；同一案源另立一案的，请由承办人重新呈批"}
    return {}


_OF_THE_INVESTIGATION = frozenset({"inspected", "inquired", "evidence_collected"})


def filed_after(matter: Matter | None, kind: str, happened_ms: int) -> int | None:
    """When the case was filed, if what is to be entered in it is told to have happened before that; else None."""
    filed = matter.last("filed") if matter is not None and matter.type == "case" else None
    if filed is None or kind not in _OF_THE_INVESTIGATION or happened_ms >= filed.happened_ms:
        return None
    return filed.happened_ms
