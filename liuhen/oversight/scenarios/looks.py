"""What stands at a time: verdicts, documents, what the public site shows; compared with what a step expects."""

from collections.abc import Iterator, Mapping
from typing import Any

from liuhen import law
from liuhen.accounts.models import Agency
from liuhen.acts import Actor, Matter, judgement
from liuhen.acts.matter import load_matter
from liuhen.disclosure.publishing import shown
from liuhen.documents.queries import documents_of
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import format_local, parse_local
from liuhen.oversight.scenarios.listed import TITLES, turned
from liuhen.oversight.scenarios.outcome import Came
from liuhen.oversight.scenarios.reading import Step
from liuhen.oversight.scenarios.values import Names

_WORDS = {
    "verdict": "结论",
    "due": "期限",
    "starts": "起算",
    "met": "完成",
    "left": "剩余",
    "missing": "缺",
    "provisional": "暂定",
}
_END_OF_DAY = "23:59"


def look(
    step: Step, stream: str | None, agency: Agency, now_ms: int, names: Names, viewer: Actor | None = None
) -> Iterator[Came | None]:
    """One answer for each thing expected: None, or what came instead. `viewer`: who turns the pages of a list."""
    matter = load_matter(stream) if stream else None
    for rule, wanted in (step.words.get("expect") or {}).items():
        yield _verdict(step, matter, rule, wanted, now_ms, names)
    titles = _titles(matter, agency)
    for title in step.words.get("documents") or ():
        yield (
            None if title in titles else _came(step, f"《{title}》", "已有", f"没有；有：{'、'.join(titles)}")
        )
    for title in step.words.get("without_documents") or ():
        yield _came(step, f"《{title}》", "没有", "已有") if title in titles else None
    if "published" in step.words:
        found = shown(agency.id)
        wanted = int(step.words["published"])
        yield None if found == wanted else _came(step, "公众网站上的公示", f"{wanted}件", f"{found}件")
    if viewer is not None:
        yield from _lists(step, viewer)


def _lists(step: Step, viewer: Actor) -> Iterator[Came | None]:
    for name, wanted in (step.words.get("listed") or {}).items():
        told, met = turned(name, viewer)
        fits = told == met == wanted
        yield None if fits else _came(step, TITLES[name], f"{wanted}件", f"说有{told}件，翻完列出{met}件")


def _verdict(
    step: Step, matter: Matter | None, rule: str, wanted: Any, now_ms: int, names: Names
) -> Came | None:
    if matter is None:
        return _came(step, rule, "写明 on", "没有写看哪一件事项")
    rows = [row for row in judgement.owed(matter) if row.rule == rule]
    listed = wanted if isinstance(wanted, list) else [wanted]
    if wanted == "none":
        return None if not rows else _came(step, rule, "没有这一项", _all(rows, now_ms))
    if not isinstance(wanted, list) and len(rows) > 1 and isinstance(wanted, Mapping) and "subject" in wanted:
        subject = (
            names.value(wanted["subject"]) if str(wanted["subject"]).startswith("$") else wanted["subject"]
        )
        rows = [row for row in rows if row.subject == subject]
    if len(rows) != len(listed):
        return _came(step, rule, f"{len(listed)}项", f"{len(rows)}项：{_all(rows, now_ms)}")
    for row, each in zip(rows, listed, strict=True):
        parts = each if isinstance(each, Mapping) else {"verdict": each}
        for word, value in parts.items():
            if word != "subject" and not _fits(row, word, value, now_ms):
                return _came(step, rule, f"{_WORDS.get(word, word)}：{value}", _all(rows, now_ms))
    return None


def _fits(row: law.Owed, word: str, value: Any, now_ms: int) -> bool:
    verdict = law.state(row, now_ms)
    if word == "verdict":
        return bool(verdict.state == value)
    if word == "provisional":
        return bool(verdict.provisional == value)
    if word == "left":
        return bool(row.halted == value)
    if word == "missing":
        return sorted(row.missing_fields) == sorted(value)
    instant = {"due": row.due_ms, "starts": row.starts_ms, "met": row.met_ms}.get(word)
    if value is None or instant is None:
        return instant is None and value is None
    return _same_time(instant, str(value), end=word == "due")


def _same_time(instant: int, said: str, *, end: bool) -> bool:
    """`2026-03-02` is that day (for a due date: its end), `2026-03-02 10:00` that minute."""
    if len(said) == len("2026-03-02"):
        day, clock = format_local(instant).split(" ")
        return day == said and (not end or clock == _END_OF_DAY)
    return format_local(instant) == format_local(parse_local(said))


def _all(rows: list[law.Owed], now_ms: int) -> str:
    return "；".join(_row(row, now_ms) for row in rows) or "没有这一项"


def _row(row: law.Owed, now_ms: int) -> str:
    verdict = law.state(row, now_ms)
    due = f"，期限{format_local(row.due_ms)}" if row.due_ms is not None else ""
    return f"{verdict.state}（{verdict.text}{due}）"


def _titles(matter: Matter | None, agency: Agency) -> list[str]:
    if matter is None:
        return []
    return [ref.title for ref in documents_of(matter.entries, issuer(agency.id))]


def _came(step: Step, what: str, expected: str, came: str) -> Came:
    return Came(step.number, step.line, what, expected, came)
