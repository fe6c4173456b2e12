"""双随机: drawn from a commitment published before, by a number called on the spot; anybody can draw again."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings

from liuhen.acts import Invalid, Receipt, Refused
from liuhen.acts.act import fields_of
from liuhen.acts.matter import load_matter
from liuhen.archive.casefile import bound_file, suggested_index
from liuhen.cases.access import visible_parts
from liuhen.disclosure.draws import publish_draws
from liuhen.inspections import drawing, pools, tied
from liuhen.inspections.models import DrawRow
from liuhen.portal import queries
from tests.stories.office import Office, case_as_far_as

pytestmark = [pytest.mark.usefixtures("stage"), pytest.mark.article("HN-J-6")]
SCRIPT = settings.BASE_DIR / "docs" / "check_draw.py"
CALLED: Mapping[str, Any] = {
    "started": "2026-03-03 09:00",
    "ended": "2026-03-03 09:20",
    "caller": "社会监督员孙某",
    "called": "20260303",
}


def plan(office: Office, **changed: Any) -> Receipt:
    given = {
        "matter": "门诊统筹基金使用情况抽查",
        "basis": "年度随机抽查事项清单第2项",
        "manner": "系统随机抽取，现场报数",
        "target_pool": [{"name": f"清溪第{n}诊所", "code": f"P{n:011}"} for n in range(1, 13)],
        "inspector_pool": office.ids("zhang", "li", "zhao"),
        "target_count": "3",
        "inspector_count": "2",
        "planned_on": "2026-03-03",
    }
    return office.do("zhang", "plan_draw", {**given, **changed})


def published(office: Office) -> str:
    stream = plan(office).stream
    office.do("ju", "approve_draw", {"agree": True}, stream)
    assert publish_draws(office.clock) == 1
    return stream


def drawn(office: Office) -> str:
    stream = published(office)
    office.clock.set("2026-03-03 09:30")
    office.do("ke", "draw", CALLED, stream)
    return stream


def checked(stream: str, tmp_path: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """What the script that imports nothing of ours says of the published data."""
    row = queries.posting(stream)
    assert row is not None
    content = json.loads(row.content)
    content["extra"] |= changed
    file = tmp_path / "content.json"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return subprocess.run([sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, text=True)


def test_anybody_can_draw_again_from_what_was_published(tmp_path: Path) -> None:
    office = Office()
    stream = drawn(office)
    publish_draws(office.clock)
    assert checked(stream, tmp_path).stdout.strip() == "相符"
    assert len([line for line in SCRIPT.read_text(encoding="utf-8").splitlines() if line.strip()]) <= 30


@pytest.mark.parametrize("name", ["seed", "called", "targets", "drawn_inspectors"])
def test_whatever_is_changed_afterwards_is_noticed(tmp_path: Path, name: str) -> None:
    office = Office()
    stream = drawn(office)
    publish_draws(office.clock)
    row = queries.posting(stream)
    assert row is not None
    other = {"seed": "00" * 32, "called": "1", "targets": '["甲", "乙", "丙"]', "drawn_inspectors": "[]"}
    assert checked(stream, tmp_path, **{name: other[name]}).returncode != 0


def test_the_seed_is_sealed_until_the_draw() -> None:
    office = Office()
    stream = published(office)
    matter = load_matter(stream)
    seed = pools.plan_of(matter)["seed"]
    row = queries.posting(stream)
    assert row is not None and seed not in row.content
    assert "seed" not in visible_parts(office.who("ju"), matter)
    assert "seed" not in visible_parts(office.who("zhang"), matter)
    office.clock.set("2026-03-03 09:30")
    office.do("ke", "draw", CALLED, stream)
    publish_draws(office.clock)
    row = queries.posting(stream)
    assert row is not None and seed in row.content


def test_nothing_is_drawn_before_the_commitment_is_out() -> None:
    office = Office()
    stream = plan(office).stream
    office.do("ju", "approve_draw", {"agree": True}, stream)
    office.clock.set("2026-03-03 09:30")
    with pytest.raises(Invalid, match="还没有在公示网站公布"):
        office.do("ke", "draw", CALLED, stream)


def test_a_plan_that_was_not_approved_is_not_published() -> None:
    office = Office()
    stream = plan(office).stream
    office.do("ju", "approve_draw", {"agree": False, "opinion": "名录不全"}, stream)
    assert publish_draws(office.clock) == 0
    assert queries.posting(stream) is None


def test_no_second_word_after_the_head_s() -> None:
    office = Office()
    stream = published(office)
    with pytest.raises(Invalid, match="已经“批准抽查方案”"):
        office.do("ju", "approve_draw", {"agree": False}, stream)


@pytest.mark.parametrize(
    ("started", "said"), [("2026-03-02 23:00", "不能提前抽取"), ("2026-03-03 09:00", "在公布以后开始")]
)
def test_a_draw_begins_after_what_was_published(started: str, said: str) -> None:
    office = Office()
    stream = plan(office).stream
    office.do("ju", "approve_draw", {"agree": True}, stream)
    office.clock.set("2026-03-03 09:10")
    publish_draws(office.clock)
    office.clock.set("2026-03-03 09:30")
    with pytest.raises(Invalid) as refused:
        office.do("ke", "draw", {**CALLED, "started": started}, stream)
    assert said in refused.value.errors["started"]


@pytest.mark.article("R09-16")
def test_whoever_has_no_certificate_is_not_drawn() -> None:
    office = Office()
    with pytest.raises(Invalid, match=r"温静（没有执法证）.*不得列入"):
        plan(office, inspector_pool=office.ids("zhang", "li", "dang"))


@pytest.mark.article("R09-16")
def test_no_fewer_than_two_inspectors_are_drawn() -> None:
    with pytest.raises(Refused) as refused:
        plan(Office(), inspector_count="1")
    assert [reason.rule for reason in refused.value.reasons] == ["R09-16.drawn"]


def test_the_public_sees_what_was_published_before_the_draw() -> None:
    office = Office()
    stream = drawn(office)
    publish_draws(office.clock)
    row = queries.posting(stream)
    assert row is not None
    (before,) = queries.earlier(row)
    assert before.posted_ms < row.posted_ms
    assert "seed" not in json.loads(before.content)["extra"]


def test_whoever_may_not_approve_is_refused() -> None:
    office = Office()
    with pytest.raises(Refused):
        office.do("zhang", "approve_draw", {"agree": True}, plan(office).stream)


def test_drawn_once() -> None:
    office = Office()
    stream = drawn(office)
    with pytest.raises(Invalid, match="已经“双随机抽取”"):
        office.do("ke", "draw", {**CALLED, "called": "7"}, stream)


def test_a_replacement_is_the_next_in_the_ranking(tmp_path: Path) -> None:
    office = Office()
    stream = drawn(office)
    matter = load_matter(stream)
    first = fields_of(matter.all("drawn")[0])
    gone = pools.inspector_line(first["inspectors"][0])
    office.do(
        "ju",
        "replace_drawn",
        {"replaced": gone, "reason": "与检查对象负责人系夫妻", "ground": "recusal"},
        stream,
    )
    matter = load_matter(stream)
    _, inspectors = pools.standing(matter)
    ranking = [
        pools.inspector_line(row) for row in pools.rankings(pools.plan_of(matter), CALLED["called"])[1]
    ]
    assert inspectors == [ranking[2], ranking[1]]
    publish_draws(office.clock)
    assert checked(stream, tmp_path).stdout.strip() == "相符"
    with pytest.raises(Invalid, match="名录中已经没有可以补抽的"):
        office.do(
            "ju", "replace_drawn", {"replaced": ranking[1], "reason": "出差", "ground": "leave"}, stream
        )
    with pytest.raises(Invalid, match="不在抽取结果中"):
        office.do("ju", "replace_drawn", {"replaced": gone, "reason": "再次替换", "ground": "other"}, stream)


def test_both_the_seed_and_the_number_called_decide() -> None:
    lines = [f"第{n}诊所" for n in range(40)]
    one, other = "11" * 32, "22" * 32
    assert drawing.ranked(one, "targets", "1", lines) != drawing.ranked(one, "targets", "2", lines)
    assert drawing.ranked(one, "targets", "1", lines) != drawing.ranked(other, "targets", "1", lines)


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"inspector_count": "4"}, "inspector_count", "应为1到3"),
        ({"target_count": "12"}, "target_count", "应为1到11"),
        ({"target_count": "0"}, "target_count", "应为1到11"),
        ({"target_pool": [{"name": "甲"}], "target_count": "1"}, "target_pool", "没有可以抽取的"),
        ({"planned_on": "2026-03-01"}, "planned_on", "已经过去"),
        ({"target_pool": [{"name": "甲"}, {"name": "甲"}]}, "target_pool", "列了两次"),
    ],
)
def test_a_plan_that_does_not_add_up_is_refused(changed: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        plan(Office(), **changed)
    assert said in refused.value.errors[field]


def test_the_list_says_where_each_stands() -> None:
    office = Office()
    stream = plan(office).stream
    assert DrawRow.objects.get(stream=stream).status == "planned"
    office.do("ju", "approve_draw", {"agree": True}, stream)
    assert DrawRow.objects.get(stream=stream).status == "approved"
    publish_draws(office.clock)
    assert DrawRow.objects.get(stream=stream).status == "published"


VISIT: Mapping[str, Any] = {
    "basis": "random",
    "reason": "双随机抽取确定。",
    "source": "双随机抽查",
    "facts": "年度随机抽查。",
    "party": "见登记。",
    "place": "清溪县城关镇",
    "legal_basis": "年度随机抽查事项清单第2项",
    "items": "门诊统筹基金使用情况",
    "manner": "现场检查",
    "planned_on": "2026-03-06",
    "helpers": "0",
    "frequency": "本年度已检查0次，上限2次",
    "opinion": "建议检查。",
}
NOTICE: Mapping[str, Any] = {
    "inspect_at": "2026-03-06 09:00", "place": "清溪县城关镇", "prohibitions": "不得收受财物。",
    "rights": "可以申请回避。", "phone": "0399-6000001",
}  # fmt: skip
INSPECTED: Mapping[str, Any] = {
    "started": "2026-03-06 09:00", "ended": "2026-03-06 11:00", "place": "清溪县城关镇", "party_notified": True,
    "certificates_shown": True, "rights_told": True, "statements": "没有异议。", "findings": "未发现问题。",
    "signatures": [{"who": "officer", "name": "张明远"}, {"who": "party", "name": "贺志远"}],
}  # fmt: skip


def visit(office: Office, target: tied.Target, inspectors: list[str], **changed: Any) -> Receipt:
    given = {**VISIT, "target": target.key, "party_name": target.name, "officers": inspectors}
    by = office.slug_of(inspectors[0])
    return office.do(by, "plan_inspection", {**given, **changed})


def test_an_inspection_takes_its_target_and_its_inspectors_from_the_draw() -> None:
    office = Office()
    stream = drawn(office)
    first, second, _ = tied.open_targets(office.agency)
    inspectors = [one["id"] for one in tied.inspectors(load_matter(stream))]
    (other,) = set(office.ids("zhang", "li", "zhao")) - set(inspectors)
    with pytest.raises(Invalid) as refused:
        visit(office, first, [*inspectors, other], party_name="别的诊所")
    assert set(refused.value.errors) == {"party_name", "officers"}
    made = visit(office, first, inspectors)
    assert made.fields["draw"] == stream
    with pytest.raises(Invalid, match="已经呈请检查"):
        visit(office, first, inspectors)
    with pytest.raises(Invalid, match="已经呈请检查，不能再补抽"):
        given = {"replaced": first.name, "ground": "closed", "reason": "停业"}
        office.do("ju", "replace_drawn", given, stream)
    lines = tied.targets(load_matter(stream))
    assert [one.inspection for one in lines] == [made.stream, "", ""]
    assert second in tied.open_targets(office.agency)


def test_whoever_was_replaced_does_not_inspect() -> None:
    office = Office()
    stream = drawn(office)
    target = tied.open_targets(office.agency)[0]
    before = list(tied.inspectors(load_matter(stream)))
    made = visit(office, target, [one["id"] for one in before]).stream
    office.do("ke", "endorse_inspection", {"agree": True, "opinion": "同意"}, made)
    office.do("ju", "approve_inspection", {"agree": True, "opinion_head": "同意检查。"}, made)
    stays, gone = before
    given = {"replaced": gone["name"], "ground": "leave", "reason": "病假"}
    office.do("ju", "replace_drawn", given, stream)
    (put_in,) = {one["id"] for one in tied.inspectors(load_matter(stream))} - {stays["id"]}
    by = office.slug_of(stays["id"])
    told = office.do(by, "notify_inspection", NOTICE, made)
    assert {one["id"] for one in told.fields["officers"]} == {stays["id"], put_in}
    office.do(by, "start_inspection", {}, made)
    assert load_matter(made).value("inspection_started", "draw") == stream
    signed = [{"who": "officer", "name": stays["name"]}, {"who": "party", "name": "贺志远"}]
    seen = {**INSPECTED, "party_name": target.name, "signatures": signed}
    office.clock.set("2026-03-06 12:00")
    with pytest.raises(Invalid, match="不在抽取结果中"):
        office.do(by, "inspect", {**seen, "officers": [stays["id"], gone["id"]]}, made)
    office.do(by, "inspect", {**seen, "officers": [stays["id"], put_in]}, made)


def test_a_draw_declined_target_can_be_planned_again() -> None:
    office = Office()
    stream = drawn(office)
    target = tied.open_targets(office.agency)[0]
    inspectors = [one["id"] for one in tied.inspectors(load_matter(stream))]
    made = visit(office, target, inspectors).stream
    office.do("ke", "endorse_inspection", {"agree": False, "opinion": "时间另定"}, made)
    assert visit(office, target, inspectors, planned_on="2026-03-09").stream != made


def test_an_inspection_without_a_case_has_its_own_file() -> None:
    _, streams = case_as_far_as("concluded", "drawn-inspection.yaml")
    matter = load_matter(streams["visit"])
    (rows, _) = suggested_index(matter)["index"]
    assert {"行政检查审批表", "现场笔录"} <= {
        row["title"].partition("】")[2].partition("（")[0] for row in rows
    }
    with pikepdf.open(bound_file(matter, ())) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
    assert titles[0] == "卷内目录" and titles[-1] == "卷内备考表" and len(titles) > 4
