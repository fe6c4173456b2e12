"""机器预检: every planted slip is found, said where it stands, kept with the submission; what changed stands alone."""

import re

import pytest
from django.test import Client

from liuhen.accounts.models import Officer
from liuhen.acts.matter import load_matter
from liuhen.cases.ahead import outlook
from liuhen.oversight.scenarios import FILES, read_scenario
from liuhen.oversight.scenarios.player import Playing, played
from liuhen.review.precheck.cited import citations
from liuhen.review.precheck.names import slips
from liuhen.review.precheck.sums import amount_of
from liuhen.web import clock as web_clock

PLANTED = (
    ("各文书日期的先后", "写到2027年2月10日"),
    ("金额", "二倍是28,400.00元，罚款填的是28,000.00元"),
    ("当事人名称和代码", "写作“清溪县康宇诊所”"),
    ("当事人名称和代码", "52419121MJF0000018"),
    ("引用的条款", "《医疗保障行政处罚程序暂行规定》第九十条：只有62条"),
    ("告知与决定草案", "罚款：告知的是42,600.00元，草案是28,000.00元"),
)


def page(playing: Playing, address: str, monkeypatch: pytest.MonkeyPatch, who: str) -> str:
    monkeypatch.setattr(web_clock, "_clock", [playing.clock])
    client = Client()
    client.force_login(Officer.objects.get(username=who), "django.contrib.auth.backends.ModelBackend")
    return client.get(address).content.decode()


def test_what_was_planted_is_found_kept_and_leads_to_its_place(
    stage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing = played(read_scenario(FILES / "review-precheck.yaml"))
    case = playing.streams["case"]
    matter = load_matter(case)
    first, kept = matter.all("review_prechecked")
    found = [(row["check"], row["text"]) for row in kept.open["findings"]]
    for check, part in PLANTED:
        assert [one for one in found if one[0] == check and part in one[1]], (check, part, found)
        assert not [row for row in first.open["findings"] if part in row["text"]]
    assert kept.open["count"] == len(found)
    said = " ".join(f"{row['check']}{row['why']}" for row in kept.open["unchecked"])
    assert "《某某办法》" in said and "没有登记违规明细" in said and "机器不读图像" in said

    shown = page(playing, f"/do/give_opinion/{case}/", monkeypatch, "shen.qingxi")
    assert "康宇" in shown and 'data-adopt-into="id_remarks"' in shown
    draft = matter.last("decision_drafted")
    assert draft is not None and f"/cases/{case}/?tab=record#e{draft.index}" in shown
    changes = shown[shown.index('aria-label="这次改了什么"') : shown.index('aria-label="机器预检"')]
    assert "<del>42,600.00 元</del>　改为　<ins>28,000.00 元</ins>" in changes
    way = [step.act for step in outlook(matter, "decide", playing.clock.now_ms()).steps]
    assert way == ["receive_review", "give_opinion", "deliberate"]
    assert (
        "答复：将重新询问负责人，再补写。（将办理：重新询问负责人，2026年5月15日前，2026年5月11日已经重新办理）"
        in changes
        and "没有答复" not in changes
    )
    labels = re.findall(r"<dt>(.*?)</dt>", changes)
    assert "罚款" in labels and "证据材料" not in labels


def test_texts_are_read_as_people_write_them() -> None:
    cited = [
        one.text for one in citations("依据《甲条例》第四十条第一款第（二）项、第四十一条，《乙法》的规定")
    ]
    assert cited == ["《甲条例》第四十条第一款第（二）项", "《甲条例》第四十一条", "《乙法》"]
    assert [amount_of(text) for text in ("28,400", "2.84万", "二万八千四百", "贰万捌仟肆佰")] == [
        2_840_000
    ] * 4
    assert list(slips("清溪县仁合诊所和清溪县仁和诊所", "清溪县仁和诊所")) == ["清溪县仁合诊所"]
    assert not list(slips("清溪县仁和诊所、仁和诊所", "清溪县仁和诊所"))
