"""违规明细: a list comes in whole, every row goes its own way, and every sum opens to its rows."""

import csv
import io
from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from liuhen.acts import Correction, Invalid, Receipt, Refused, perform
from liuhen.acts.matter import load_matter
from liuhen.acts.uploads import receive
from liuhen.claims import rows, rows_shown, selection, state
from liuhen.claims.models import ClaimFile, ClaimRow
from liuhen.claims.reading import BEFORE, claims
from liuhen.claims.rows_shown import Wanted
from liuhen.kernel.ids import new_id
from liuhen.ledger import find_upload
from liuhen.oversight.verify_claims import check_claims
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")
HEADING = ["结算流水号", "机构名称", "项目名称", "违规原因", "险种", "费用发生日期", "违规基金金额（元）"]
ROWS = [
    ["J001", "甲诊所", "推拿", "虚构服务", "职工", "2024-02-01", "100.00"],
    ["J002", "甲诊所", "推拿", "虚构服务", "居民", "2025-02-01", "200.50"],
    ["J003", "甲诊所", "针刺", "重复收费", "居民", "2025-03-01", "300"],
    ["J004", "甲诊所", "针刺", "重复收费", "居民", "2025年13月1日", "300"],
    ["J005", "甲诊所", "针刺", "重复收费", "居民", "2025-03-01", "三百"],
    ["J003", "甲诊所", "针刺", "重复收费", "居民", "2025-03-01", "300"],
]
LIST: Mapping[str, str] = {
    "title": "推拿针刺疑点", "method": "同日同项目重复结算比对", "maker": "张伟", "made_on": "2026-03-12",
}  # fmt: skip


def table(found: list[list[str]], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["清溪县违规明细"], HEADING, *found])
    return text.getvalue().encode(encoding)


def case() -> tuple[Office, str]:
    office, streams = case_as_far_as("inspection")
    return office, streams["case"]


def sent(office: Office, content: bytes, name: str = "明细.csv") -> str:
    return receive([content], owner=office.officer("zhang").id, name=name, now_ms=office.clock.ms).id


def imported(office: Office, stream: str, content: bytes | None = None, name: str = "明细.csv") -> Receipt:
    file = sent(office, table(ROWS) if content is None else content, name)
    return office.do("zhang", "import_claims", {**LIST, "files": [file]}, stream)


def the_list(stream: str) -> state.ClaimList:
    (found,) = state.lists_of(load_matter(stream))
    return found


def settle(office: Office, stream: str, selected: str, outcome: str) -> Receipt:
    given = {"selected": selected, "outcome": outcome, "reason": "核对病历"}
    return office.do("zhang", "settle_claims", given, stream)


def test_rows_that_cannot_be_counted_are_taken_named_and_kept_apart() -> None:
    office, stream = case()
    receipt = imported(office, stream)
    assert (receipt.fields["rows"], receipt.fields["apart"], receipt.fields["total"]) == (6, 3, 60050)
    problems = dict(ClaimRow.objects.exclude(problem="").values_list("number", "problem"))
    assert problems == {4: "日期“2025年13月1日”不是日期", 5: "金额“三百”不是金额", 6: "与第3行完全相同"}


def test_the_words_of_the_form_are_headings_and_what_was_read_without_them_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = (
        table(ROWS)
        .replace("机构名称".encode(), "机构".encode())
        .replace("项目名称".encode(), "项目".encode())
    )
    monkeypatch.setattr(rows, "claims", partial(claims, headings=BEFORE))
    office, stream = case()
    imported(office, stream, plain)
    assert set(ClaimRow.objects.values_list("institution", "item")) == {("", "")}
    assert list(check_claims()) == [] and rows.damaged() == [], "as it was read when it was recorded"
    monkeypatch.undo()
    imported(office, stream, plain + "J9,甲诊所,推拿,虚构服务,职工,2025-02-01,1\n".encode())
    assert ("甲诊所", "推拿") in ClaimRow.objects.values_list("institution", "item")
    assert list(check_claims()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_sender_s_encoding_does_not_matter(encoding: str) -> None:
    office, stream = case()
    assert imported(office, stream, table(ROWS, encoding)).fields["total"] == 60050


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("流水号,金额\n1,2\n".encode(), "没有找到“违规原因”、“费用发生日期”"),
        (table([]), "没有一行明细"),
    ],
)
def test_what_is_no_list_says_what_to_do(content: bytes, said: str) -> None:
    office, stream = case()
    with pytest.raises(Invalid) as refused:
        imported(office, stream, content)
    assert said in refused.value.errors["files"]
    assert not ClaimFile.objects.exists()


def test_each_row_goes_its_own_way_and_the_last_word_counts() -> None:
    office, stream = case()
    imported(office, stream)
    said = {"selected": "2-3", "by": "甲诊所负责人", "explanation": "确已提供服务"}
    office.do("zhang", "explain_claims", said, stream)
    settle(office, stream, "全部", "confirmed")
    settle(office, stream, "3", "struck")
    found = the_list(stream)
    assert found.spans() == [(1, 2, "confirmed"), (3, 3, "struck"), (4, 6, "confirmed")]
    assert state.totals(found) == {"suspected": (0, 0), "confirmed": (2, 30050), "struck": (1, 30000)}
    assert [entry.kind for entry in found.said_of(3)] == [
        "claims_explained",
        "claims_settled",
        "claims_settled",
    ]


def test_a_correction_names_its_rows_anew() -> None:
    office, stream = case()
    imported(office, stream)
    given = {"selected": "1", "expert": "韩某", "opinion": "无治疗记录"}
    first = office.do("zhang", "view_claims", given, stream)
    mended = perform(
        "view_claims", office.who("zhang"), {**given, "selected": "1-3"}, new_id(), clock=office.clock,
        stream=stream, correction=Correction(first.entry, "行号写错"),
    )  # fmt: skip
    assert (mended.fields["ranges"], mended.fields["count"]) == ("1-3", 3)
    assert [entry.id for entry in the_list(stream).said_of(3)] == [mended.entry]


def test_by_cause() -> None:
    office, stream = case()
    imported(office, stream)
    receipt = settle(office, stream, "原因=重复收费", "struck")
    assert (receipt.fields["ranges"], receipt.fields["count"], receipt.fields["sum"]) == ("3", 1, 30000)


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ("7", "行号从1到6"),
        ("1、2；原因=虚构服务", "不能写在一起"),
        ("3-2", "前小后大"),
        ("甲", "不是行号"),
        ("原因=其他", "没有原因为"),
        ("颜色=红", "不能按“颜色”选"),
        (",", "请写行号"),
    ],
)
def test_a_selection_that_names_nothing_is_refused(selected: str, said: str) -> None:
    office, stream = case()
    imported(office, stream)
    with pytest.raises(Invalid) as refused:
        settle(office, stream, selected, "struck")
    assert said in refused.value.errors["selected"]


def test_rows_before_the_limitation_day_are_told_apart() -> None:
    office, stream = case()
    imported(office, stream)
    told = {
        "ask": "R09-6.late_cut",
        "subject": the_list(stream).key,
        "value": True,
        "reason": "其前的行另案处罚。",
    }
    with pytest.raises(Refused, match="是否另有依据"):
        office.do("zhang", "cut_claims", {"from_on": "2024-06-01", "reason": "二年"}, stream)
    office.do("zhang", "answer_question", told, stream)
    office.do("zhang", "cut_claims", {"from_on": "2024-06-01", "reason": "二年以前的行为不再处罚"}, stream)
    late = [
        (line.year, line.late, line.amount)
        for line in state.sums(the_list(stream))
        if line.cause == "虚构服务"
    ]
    assert late == [("2025", False, 20050), ("2024", True, 10000)] or late == [
        ("2024", True, 10000),
        ("2025", False, 20050),
    ]


def test_changed_rows_are_noticed() -> None:
    office, stream = case()
    imported(office, stream)
    assert rows.damaged() == []
    ClaimRow.objects.filter(number=2).update(amount=1)
    assert rows.damaged() == [the_list(stream).sha256]
    assert rows.read_again() == 1
    assert rows.damaged() == []


def test_what_was_read_and_never_recorded_is_forgotten() -> None:
    office, stream = case()
    upload = sent(office, table(ROWS))
    waiting = find_upload(upload, office.officer("zhang").id)
    assert waiting is not None
    rows.read_in("明细.csv", waiting.file.sha256, [table(ROWS)])
    assert rows.discard_unrecorded() == 0
    imported(office, stream)
    assert rows.discard_unrecorded() == 0
    rows.read_in("另一份.csv", "ab" * 32, [table(ROWS[:2])])
    assert rows.discard_unrecorded() == 1
    assert ClaimRow.objects.count() == 6


def test_the_same_list_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    office, stream = case()
    imported(office, stream)
    imported(office, stream)
    assert ClaimFile.objects.count() == 1
    assert len(state.lists_of(load_matter(stream))) == 2


@pytest.mark.parametrize(
    ("ranges", "text"),
    [([(5, 9), (1, 2), (3, 3)], "1-3,5-9"), ([(1, 5), (2, 3)], "1-5"), ([(4, 4)], "4")],
)
def test_ranges_are_kept_in_their_shortest_form(ranges: Any, text: str) -> None:
    joined = selection.joined(ranges)
    assert selection.text_of(joined) == text
    assert selection.kept(text) == joined


REPAIR: Mapping[str, str] = {
    "row": "4", "claim": "J004", "institution": "甲诊所", "item": "针刺", "cause": "重复收费", "fund": "居民",
    "day": "2025-12-01", "amount": "300.00", "reason": "与机构收费员核对票据，月份录错",
}  # fmt: skip


def test_a_row_kept_apart_is_corrected_and_the_sums_follow() -> None:
    office, stream = case()
    key = imported(office, stream).fields["list"]
    settle(office, stream, "全部", "confirmed")
    before = state.totals(the_list(stream))
    with pytest.raises(Invalid, match="没有另列待核"):
        office.do("zhang", "repair_claim", {**REPAIR, "list": key, "row": "1"}, stream)
    made = office.do("zhang", "repair_claim", {**REPAIR, "list": key}, stream)
    assert "2025年13月1日" in made.fields["problem"] and made.fields["original"].startswith("J004，甲诊所")
    found = the_list(stream)
    assert found.apart == 2
    assert ClaimRow.objects.get(sha256=found.sha256, number=4).problem, "the row of the file stays as it is"
    after = state.totals(found)
    assert after["confirmed"] == before["confirmed"], "nobody has settled the corrected row yet"
    assert after["suspected"] == (1, 30_000)
    (line,) = rows_shown.page(found, Wanted(state="suspected"), 0, 10)
    assert (line.number, line.day, line.state) == (4, "2025-12-01", "suspected")
    assert rows_shown.count(found, Wanted(apart=True))[0] == 2
    settled = settle(office, stream, "原因=重复收费", "confirmed")
    assert (settled.fields["count"], settled.fields["sum"]) == (2, 60_000)
    assert state.totals(the_list(stream))["confirmed"] == (4, before["confirmed"][1] + 30_000)
    assert list(check_claims()) == []


def test_every_page_goes_on_where_the_one_before_ended() -> None:
    """Far down a list a page is found without reading what stands before it; no row twice, none left out."""
    office, stream = case()
    some = [
        [f"J{n:03}", f"第{n % 3}诊所", "针刺", "虚构服务", "居民", "2025-03-01" if n % 7 else "某日", f"{n}"]
        for n in range(1, 61)
    ]
    for row in some[::2]:
        row[3] = "重复收费"
    key = imported(office, stream, table(some)).fields["list"]
    for selected, outcome in (("5-30", "confirmed"), ("9-12、20", "struck"), ("40-41", "confirmed")):
        settle(office, stream, selected, outcome)
    office.do("zhang", "repair_claim", {**REPAIR, "list": key, "row": "7", "claim": "J007"}, stream)
    found = the_list(stream)
    for wanted in (
        Wanted(), Wanted(state="confirmed"), Wanted(state="struck"), Wanted(cause="重复收费", state="suspected"),
        Wanted(words="第1 针"), Wanted(apart=True), Wanted(year="2025"),
    ):  # fmt: skip
        whole = list(rows_shown.every(found, wanted))
        assert whole and len({line.number for line in whole}) == len(whole)
        pages = [rows_shown.page(found, wanted, at, at + 4) for at in range(0, len(whole) + 4, 4)]
        assert [line for one in pages for line in one] == whole, wanted
        assert rows_shown.count(found, wanted) == (len(whole), sum(line.amount for line in whole)), wanted
