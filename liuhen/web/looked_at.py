"""What somebody looked at or tried, as people name it: a matter by its kind and party, an act by its title."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from urllib.parse import parse_qsl, unquote_plus

from django.db import connection
from django.db.models import Q
from django.urls import Resolver404, resolve

from liuhen.accounts import queries
from liuhen.accounts.models import Agency, Officer
from liuhen.acts import registry
from liuhen.cases.models import CaseRow, LeadRow
from liuhen.cases.stages import STREAMS
from liuhen.documents.catalogue import catalogue
from liuhen.oversight.looking import KINDS
from liuhen.registers.kinds import REGISTERS
from liuhen.web.whose import parties

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_MEANT_MAX = 40
"""So many matters, acts and people are looked for at most where words stand for them."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SOLE = {"account": "登录账号", "ledger": "全部记录", "board": "科室一览"}
_LISTS = {"cases": "案件查询", "audit": "审计记录"}
_FIELDS = {
    "q": "字词", "who": "人员", "kind": "类别", "from": "自", "to": "至", "stage": "阶段", "procedure": "程序",
    "officer": "承办人", "sort": "排序", "page": "页",
}  # fmt: skip
_WORDS = {
    "claims": "违规明细", "dossier": "案卷目录", "scans": "归位扫描件", "ahead": "推算", "sums": "金额",
    "matrix": "事实、证据、依据对照", "texts": "各次文本", "party": "交当事人的一份",
    **{name: title for name, (title, _) in KINDS.items()},
}  # fmt: skip
_PAGES = {
    "settings": "机关设置", "audit": "审计", "audit-export": "导出审计", "people": "人员", "person": "人员",
    "person-password": "重置密码", "person-unlock": "解除登录锁定", "oversight": "下级机关",
    "oversight-agency": "下级机关", "oversight-matters": "下级机关", "oversight-matter": "下级机关的案卷",
    "leads": "案源", "lead": "案源", "cases": "案件", "case": "案件", "inspections": "检查", "inspection": "检查",
    "recordings": "音像", "recording": "音像", "disclosure": "公示", "publication": "公示", "law-text": "法规文本",
    "act": "办理", "act-on": "办理", "correct": "更正", "document": "文书", "document-pdf": "文书", "file": "附件",
    "dossier": "案卷目录", "claims": "违规明细", "claims-csv": "违规明细", "claims-sheet": "违规明细",
    "ahead": "推算", "sums": "金额", "matrix": "事实、证据、依据对照", "publication-texts": "公示各次文本",
    "scans": "归位扫描件", "verification": "核验", "documents-print": "打印文书",
    "document-sealed": "盖章文书", "document-editable": "可编辑的文书副本", "document-page": "文书",
    "to-sign": "待签批",
    "board": "科室一览", "board-sheet": "科室一周待办", "board-of": "科室一览", "board-role": "科室一览",
    "hand-over": "移交承办", "originals": "原件", "readings": "读法", "annual": "年度数据",
    "annual-year": "年度数据", "annual-line": "年度数据", "beforehand": "事前公示", "sums-sheet": "金额",
    "scans-read": "归位扫描件", "inspection-dossier": "案卷目录", "signing": "在另一设备上签名",
    "signing-on": "在另一设备上签名", "preview": "文书预览", "preview-on": "文书预览", "earlier-text": "以前的文书",
    "earlier-text-on": "以前的文书", "own-form-text": "本机关的样式", "own-form-preview": "本机关的样式",
    "api-matters": "接口：事项列表", "api-matter": "接口：事项", "api-acts": "接口：可办事项",
    "api-act-on": "接口：办理", "api-documents": "接口：文书", "api-document-pdf": "接口：文书",
}  # fmt: skip
"""Pages from which somebody can be turned away, by the names of their routes."""


def meant_by(words: str, agency: str) -> list[str]:
    """How the record names what an auditor names: matters by party or number, acts by title, people by name."""
    if not words:
        return []
    cases = CaseRow.objects.filter(
        Q(party_name__contains=words) | Q(number__contains=words) | Q(decision_number__contains=words),
        agency=agency,
    )
    leads = LeadRow.objects.filter(agency=agency, suspect__contains=words)
    officers = Officer.objects.filter(agency_id=agency, name__contains=words)
    streams = [
        *cases.values_list("stream", flat=True)[:_MEANT_MAX],
        *leads.values_list("stream", flat=True)[:_MEANT_MAX],
    ]
    acts = [f":{name}" for name, act in registry.acts().items() if words in registry.kind_of(act).title]
    people = [f"person:{id}" for id in officers.values_list("id", flat=True)[:_MEANT_MAX]]
    papers = [f":{form}@" for form, title in _forms().items() if words in title]
    return [*streams, *acts[:_MEANT_MAX], *people, *papers[:_MEANT_MAX]]


class Told:
    """The names of everything in these texts, read together."""

    def __init__(self, texts: Iterable[str]) -> None:
        ids = {found for text in texts for found in _ID.findall(text)}
        self._types = _types(sorted(ids))
        cases = CaseRow.objects.filter(stream__in=self._types).values_list("stream", "party_name")
        leads = LeadRow.objects.filter(stream__in=self._types).values_list("stream", "suspect")
        self._parties = {**parties(sorted(self._types)), **dict(leads), **dict(cases)}
        self._people: Mapping[str, str] = queries.names(ids - self._types.keys())

    @cached_property
    def _agencies(self) -> Mapping[str, str]:
        """Agencies as addresses name them; read once, and only where something may be one."""
        return dict(Agency.objects.values_list("slug", "name"))

    def of(self, text: str) -> str:
        """One text in words; as it stands where it names nothing that is known."""
        if text in _SOLE:
            return _SOLE[text]
        if text.startswith("/"):
            return self._page(text)
        name, asks, query = text.partition("?")
        if asks and (title := _LISTS.get(name) or _register(name)):
            asked = self._asked(query)
            return f"{title}：{asked}" if asked else title
        if name.startswith("register/"):
            return _register(name)
        if _DIGEST.fullmatch(text):
            return "法规文本"
        if text.startswith("annual/"):
            return f"年度数据：{text.split('/')[1]}年度"
        head, _, rest = text.partition(":")
        if head == "person":
            return f"人员：{self._people.get(rest, '不在名单中的人员')}"
        words = [self._matter(head), *(self._word(one) for one in rest.split(":") if one)]
        return "　".join(word for word in words if word) or text

    def _page(self, path: str) -> str:
        """A page from which somebody was turned away."""
        try:
            found = resolve(path, "liuhen.config.urls")
        except Resolver404:
            return path
        kept = [self._word(str(value)) for value in found.kwargs.values()]
        title = _PAGES.get(found.url_name or "", "")
        return "　".join(filter(None, (title or "页面", *kept)))

    def _asked(self, query: str) -> str:
        """What was searched for: the fields that were filled in."""
        fields = [(name, self._word(value)) for name, value in parse_qsl(query)] or [
            ("", unquote_plus(query))
        ]
        return "，".join(f"{_FIELDS.get(name, name)} {value}".strip() for name, value in fields)

    def _matter(self, named_by: str) -> str:
        stream, dot, number = named_by.partition(".")
        if stream not in self._types:
            return self._word(named_by)
        kind = STREAMS.get(self._types[stream], self._types[stream])
        party = self._parties.get(stream, "")
        named = f"{kind}：{party}" if party else f"{kind} {stream[-8:]}"
        return f"{named}　第 {number} 条记录" if dot else named

    def _word(self, word: str) -> str:
        """An act, a document, a person, a file, a part of the case file."""
        acts = registry.acts()
        if word in acts:
            return registry.kind_of(acts[word]).title
        form, of, _ = word.partition("@")
        if of and form in (titles := _forms()):
            return f"文书：{titles[form]}"
        if _DIGEST.fullmatch(word):
            return "附件"
        if _ID.fullmatch(word):
            return self._matter(word) if word in self._types else self._people.get(word, "")
        return _WORDS.get(word) or self._agencies.get(word, word)


def _register(name: str) -> str:
    """A register by its address, `register/<slug>`; empty for anything else."""
    of, _, rest = name.partition("/")
    known = REGISTERS.get(rest.partition("/")[0]) if of == "register" else None
    return f"名录：{known.title}" if known else ""


@cache
def _forms() -> Mapping[str, str]:
    return {form.id: form.title for form in catalogue()}


def _types(ids: list[str]) -> dict[str, str]:
    """The type of each of these that is a stream."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, type FROM ledger_stream WHERE id IN ({', '.join(['%s'] * len(ids))})", ids
        )
        return dict(cursor.fetchall())
