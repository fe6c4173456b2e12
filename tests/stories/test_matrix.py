"""对照表: filled in from the record; the machine names what it lacks; draft, review and answer are made of it."""

import pytest
from django.test import Client

from liuhen.accounts.models import Officer
from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.oversight.scenarios import FILES, read_scenario
from liuhen.oversight.scenarios.player import Pace, Playing, played
from liuhen.web import clock as web_clock

FACT = "虚构医药服务项目骗取医疗保障基金，造成基金损失14200.00元"
PLANTED = (
    "对照表第4行“当事人配合调查”没有证据证明",
    "证3 当事人询问笔录（2026年3月16日）没有用来证明任何一项事实",
    "引用《医疗保障行政处罚程序暂行规定》第九十条：只有62条",
)


def page(playing: Playing, address: str, monkeypatch: pytest.MonkeyPatch, who: str = "zhang.qingxi") -> str:
    monkeypatch.setattr(web_clock, "_clock", [playing.clock])
    client = Client()
    client.force_login(Officer.objects.get(username=who), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_table_is_filled_in_and_every_later_form_is_made_of_it(
    stage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing = played(read_scenario(FILES / "matrix.yaml"), Pace(through="matrix1"))
    case = playing.streams["case"]
    matter = load_matter(case)
    (rows, _) = registry.suggest("draw_matrix", matter)["rows"]
    assert [row["evidence"][:2] for row in rows if row.get("evidence")] == ["证1", "证2", "证4", "证3"]
    drafted = registry.suggest("draft_decision", matter)["evidence"][0]
    first = f"（一）{FACT}：\n1.证1 现场笔录（2026年3月12日）。\n"
    assert f"{first}2.证2 录像：现场检查全程，00:42:10—00:58:00。" in drafted
    form = page(playing, f"/do/draw_matrix/{case}/", monkeypatch)
    assert '<option value="证4 书证：医保结算明细（复印件）">' in form
    shown = page(playing, f"/cases/{case}/matrix/", monkeypatch)
    assert "现场检查.webm" in shown and "#t=2530" in shown and "结算明细.pdf" in shown and "#page=3" in shown
    assert all(text in shown for text in PLANTED)
    assert "row_marks" not in page(playing, f"/do/submit_review/{case}/", monkeypatch, "ke.qingxi")


def test_what_it_lacks_is_found_and_the_answer_lists_it(
    stage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing = played(read_scenario(FILES / "matrix.yaml"))
    matter = load_matter(playing.streams["case"])
    first, second = matter.all("review_prechecked")
    said = [row["text"] for row in first.open["findings"]]
    for text in PLANTED:
        assert any(text in one for one in said), (text, said)
        assert not any(text in row["text"] for row in second.open.get("findings", ())), text
    answer = registry.suggest("answer_remedy", matter)["evidence"][0]
    sent = matter.last("remedy_answered")
    assert sent is not None and answer == sent.open["evidence"]
    reviewed = [one.open["rows_reviewed"][2] for one in matter.all("review_opined")]
    assert [(row["looked"], row.get("remark")) for row in reviewed] == [
        ("有意见", "违反的条款写错了。"),
        ("同意", None),
    ]
    paper = page(playing, f"/cases/{playing.streams['case']}/?tab=documents", monkeypatch)
    assert "法制审核意见书附表（逐行审核）" in paper
    record = page(playing, f"/cases/{playing.streams['case']}/?tab=record", monkeypatch)
    assert "事实、证据、依据对照和逐行审核" in record and "对照表逐行审核（" not in record, "said once"
