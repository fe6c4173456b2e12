"""文书载明的机关以外的事项: to whom one turns against a decision and where one pays, as the agency has set it, dated.

    terms = terms_at(agency, entry.recorded_ms)   # {"review_organ": "清溪县人民政府", "fine_payment": "…", …}

What was set later, or for a later day, does not change a paper that was made before.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from liuhen import ledger
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.registry import Row
from liuhen.documents.figures import with_figures
from liuhen.kernel.clock import local_date

TERMS = "terms_set"
_ACCOUNT = re.compile(r"[0-9]{8,30}")
_COURT = "法院"
_PAID = {"fine": "罚款", "refund": "退回基金"}
_OF_AN_ACCOUNT = {"bank": "银行", "name": "账户名称", "account": "账号"}
MISSING = {
    "review_organ": "行政复议机关",
    "court": "行政诉讼管辖法院",
    "fine_payment": "罚款的代收银行和账户",
    "refund_payment": "退回基金的银行和账户",
}
"""What a paper wants of these, by name."""


def terms_fit(doing: Doing) -> Mapping[str, str]:
    """A court is one, an account is whole and a number, and nobody reviews his own decision by name."""
    fields, wrong = doing.payload, dict[str, str]()
    if _COURT not in str(fields["court"]):
        wrong["court"] = "行政诉讼管辖法院：应写人民法院的全称，例如 某某县人民法院"
    for paid, title in _PAID.items():
        given = {name: str(fields.get(f"{paid}_{name}") or "").strip() for name in _OF_AN_ACCOUNT}
        if any(given.values()) and not all(given.values()):
            lacks = next(name for name, said in given.items() if not said)
            wrong[f"{paid}_{lacks}"] = (
                f"{title}的{_OF_AN_ACCOUNT[lacks]}：银行、账户名称、账号要填就都填，缺一不能印上文书"
            )
        elif given["account"] and not _ACCOUNT.fullmatch(given["account"].replace(" ", "")):
            wrong[f"{paid}_account"] = f"{title}的账号：应为8至30位数字（可以用空格分开），请对照开户资料核对"
    return wrong


def terms_rows(matter: Matter) -> list[Row]:
    """The rows of `document_terms`."""
    return [
        {
            "stream": matter.stream,
            "entry": entry.number,
            "agency": matter.agency,
            "since": str(fields_of(entry)["from_on"]),
            "recorded": entry.recorded_ms,
            "said": json.dumps(fields_of(entry), ensure_ascii=False, sort_keys=True),
        }
        for entry in matter.all(TERMS)
    ]


def terms_at(agency: str, at_ms: int) -> Mapping[str, str]:
    """What was in force at an instant and had been set by then; empty where nothing was."""
    sql = (
        "SELECT said FROM document_terms WHERE agency = %s AND since <= %s AND recorded <= %s"
        " ORDER BY since DESC, recorded DESC, entry DESC LIMIT 1"
    )
    (found,) = ledger.run([(sql, [agency, local_date(at_ms).isoformat(), at_ms])])
    return _said(json.loads(found[0][0])) if found else {}


def lacking(agency: str, at_ms: int, *wanted: str) -> list[str]:
    """The titles of what a paper wants and the agency has not set."""
    terms = terms_at(agency, at_ms)
    return [MISSING[name] for name in wanted if not terms.get(name)]


def remedies_said(agency: str, at_ms: int) -> str:
    """救济途径 of a decision in words, naming whom one turns to; empty where the agency has not set them."""
    terms = terms_at(agency, at_ms)
    return with_figures(_words()["remedies"]).format(**terms) if terms else ""


@cache
def _words() -> Mapping[str, str]:
    text = files("liuhen.documents").joinpath("terms.yaml").read_text(encoding="utf-8")
    words: Mapping[str, str] = YAML(typ="safe", pure=True).load(text)
    return words


def _said(fields: Mapping[str, str]) -> dict[str, str]:
    said = {name: str(fields[name]) for name in ("review_organ", "court")}
    for paid in _PAID:
        bank, name, account = (fields.get(f"{paid}_{one}") for one in _OF_AN_ACCOUNT)
        if account:
            said[f"{paid}_account"] = str(account)
            said[f"{paid}_payment"] = f"银行：{bank}；账户名称：{name}；账号：{account}"
    return said
