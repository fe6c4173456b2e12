"""What somebody looked at or tried, as people name it: a matter by its kind and party, an act by its title."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote_plus

from django.db import connection

from liuhen.accounts import queries
from liuhen.acts import registry
from liuhen.cases.models import CaseRow, LeadRow
from liuhen.web.whose import parties
from liuhen.web.words import STREAMS

_ID = re.compile(r"[0-9a-f]{32}")
_SOLE = {"account": "登录账号", "ledger": "全部记录", "board": "科室一览"}
_LISTS = {"cases": "案件查询", "audit": "审计记录"}


class Told:
    """The names of everything in these texts, read together."""

    def __init__(self, texts: Iterable[str]) -> None:
        ids = {found for text in texts for found in _ID.findall(text)}
        self._types = _types(sorted(ids))
        cases = CaseRow.objects.filter(stream__in=self._types).values_list("stream", "party_name")
        leads = LeadRow.objects.filter(stream__in=self._types).values_list("stream", "suspect")
        self._parties = {**parties(sorted(self._types)), **dict(leads), **dict(cases)}
        self._people: Mapping[str, str] = queries.names(ids - self._types.keys())

    def of(self, text: str) -> str:
        """One text in words; as it stands where it names nothing that is known."""
        if text in _SOLE:
            return _SOLE[text]
        name, asks, query = text.partition("?")
        if asks and name in _LISTS:
            return f"{_LISTS[name]}：{unquote_plus(query)}" if query else _LISTS[name]
        head, _, rest = text.partition(":")
        if head == "person":
            return f"人员：{self._people.get(rest, rest)}"
        words = [self._matter(head), self._rest(rest)]
        return "　".join(word for word in words if word) or text

    def _matter(self, stream: str) -> str:
        if stream not in self._types:
            return stream
        kind = STREAMS.get(self._types[stream], self._types[stream])
        party = self._parties.get(stream, "")
        return f"{kind}：{party}" if party else f"{kind} {stream[-8:]}"

    def _rest(self, rest: str) -> str:
        acts = registry.acts()
        return registry.kind_of(acts[rest]).title if rest in acts else rest


def _types(ids: list[str]) -> dict[str, str]:
    """The type of each of these that is a stream."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, type FROM ledger_stream WHERE id IN ({', '.join(['%s'] * len(ids))})", ids
        )
        return dict(cursor.fetchall())
