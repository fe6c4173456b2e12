"""文号: numbers of documents from one counter per agency, series and year.

The counter's row stays locked until the caller's transaction ends, so numbers come in the order of the
commits, and a rollback gives its number back: no gap arises. A number once committed is never used again; a
void is an act.
"""

import re
from string import Formatter

from django.db import connection
from django.db.transaction import TransactionManagementError

DEFAULT_TEMPLATES = {
    "filing": "{code}医保立〔{year}〕{n}号",
    "notice": "{code}医保罚告〔{year}〕{n}号",
    "decision": "{code}医保罚〔{year}〕{n}号",
    "coercion": "{code}医保强〔{year}〕{n}号",
    "assistance": "{code}医保协查〔{year}〕{n}号",
    "commission": "{code}医保委〔{year}〕{n}号",
    "enforcement": "{code}医保强执〔{year}〕{n}号",
    "inspection": "{code}医保检通〔{year}〕{n}号",
    "hearing": "{code}医保听告〔{year}〕{n}号",
    "hearing_notice": "{code}医保听通〔{year}〕{n}号",
    "preservation": "{code}医保登保〔{year}〕{n}号",
    "disposal": "{code}医保登处〔{year}〕{n}号",
    "inquiry": "{code}医保询通〔{year}〕{n}号",
    "evidence": "{code}医保调证〔{year}〕{n}号",
    "correction": "{code}医保责改〔{year}〕{n}号",
    "urging": "{code}医保催〔{year}〕{n}号",
    "dossier": "{year}-{n:04d}",
}
"""Templates of the series that the dictionary names (`numbered:`), until an agency sets its own.

`code` is the agency's 机关代字, such as 豫 or 望.
"""

_NAMES = frozenset({"code", "year", "n"})
_SERIES = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TAKE = """
INSERT INTO document_counter (agency, series, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency, series, year) DO UPDATE SET last = document_counter.last + 1
RETURNING last
"""
_PEEK = "SELECT last FROM document_counter WHERE agency = %s AND series = %s AND year = %s"


class TemplateError(ValueError):
    """文号模板不合格式. The message is Chinese."""


def next_number(agency_id: str, series: str, year: int, template: str, *, code: str = "") -> str:
    """The next number of a series, such as 豫医保罚〔2026〕3号; within the caller's transaction.

    `template` names `{year}` and `{n}`, and may name `{code}` (机关代字). Raises `TemplateError` for a
    template that cannot give distinct numbers, `TransactionManagementError` outside a transaction.
    """
    check_template(template)
    if not _SERIES.fullmatch(series):
        raise TemplateError(f"文号序列“{series}”不合格式")
    if not connection.in_atomic_block:
        raise TransactionManagementError("文号只能在事务中领取")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [agency_id, series, year])
        (n,) = cursor.fetchone()
    return template.format(code=code, year=year, n=n)


def last_number(agency_id: str, series: str, year: int) -> int:
    """The last number taken of a series, 0 where none was."""
    with connection.cursor() as cursor:
        cursor.execute(_PEEK, [agency_id, series, year])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def check_template(template: str) -> None:
    """Raise `TemplateError` unless the template names year and number, and nothing unknown."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        sample = template.format(code="", year=2026, n=1) if names <= _NAMES else ""
    except (ValueError, IndexError, KeyError) as error:
        raise TemplateError(f"文号模板“{template}”不合格式：应如 豫医保罚〔{{year}}〕{{n}}号") from error
    if unknown := "、".join(sorted(names - _NAMES)):
        raise TemplateError(f"文号模板“{template}”中有不认识的项目：{unknown}；可用 code、year、n")
    if missing := "、".join(sorted({"year", "n"} - names)):
        raise TemplateError(f"文号模板“{template}”缺少 {missing}：年份和顺序号都要写入文号")
    if "[" in sample or "]" in sample:
        raise TemplateError(f"文号模板“{template}”的年份应用六角括号〔〕")
