"""取入草稿: what nobody typed is no draft; what the record holds since one was kept is said, and taken in if asked."""

import re
from collections import defaultdict
from html.parser import HTMLParser

from django.test import Client

from liuhen.kernel.ids import new_id
from tests.web.conftest import SignIn
from tests.web.played import Play

Sent = dict[str, list[str]]
_UNLESS_CHOSEN = ("file", "radio", "checkbox")


class Form(HTMLParser):
    """What a browser would send of the form of an act, as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: Sent = defaultdict(list)
        self._in, self._into, self._select = False, "", ""
        self.feed(re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = "data-act-form" in given
        name = given.get("name", "")
        if not self._in:
            return
        if tag == "option" and "selected" in given:
            self.sent[self._select].append(given["value"])
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._into = name
            self.sent[name].append("")
        elif tag == "input" and name and given.get("type") not in _UNLESS_CHOSEN or "checked" in given:
            self.sent[name].append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._into:
            self.sent[self._into][-1] += data.removeprefix("\n") if not self.sent[self._into][-1] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = False
        elif tag == "textarea":
            self._into = ""


def opened(client: Client, address: str) -> Sent:
    return Form(client.get(address).content.decode()).sent


def keep(client: Client, address: str, sent: Sent, **typed: str) -> int:
    answer = client.post(address, {**sent, **typed})
    assert answer.status_code == 200
    return int(answer.json()["version"])


def begun(client: Client) -> str:
    told = client.get("/").content.decode().partition('aria-label="没有提交的草稿"')[2]
    return told.partition("</section>")[0]


def listed_and_more(play: Play, client: Client) -> tuple[str, str, Sent, str]:
    """The same once more evidence was collected than the kept draft knows: and the page that says so."""
    case, form, sent = listed(play, client)
    keep(client, f"/drafts/list_evidence/{case}/", sent)
    play.act("collect_evidence", "zhang", case, name="收费票据", quantity="3张", original=True)
    return case, form, sent, client.get(form).content.decode()


def test_what_the_form_filled_in_itself_is_no_draft(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case, findings="抽查病历二十份，三份多记一次", files=[])
    client = as_person("zhang.qingxi")
    for act in (
        "report_investigation",
        "collect_evidence",
        "register_recording",
        "inspect",
        "draft_decision",
    ):
        sent = opened(client, f"/do/{act}/{case}/")
        assert keep(client, f"/drafts/{act}/{case}/", sent) == 0, act
        assert client.post(f"/do/{act}/{case}/", sent).status_code == 422, act
    assert "继续填写" not in begun(client) and "/do/" not in begun(client)
    assert keep(client, f"/drafts/inspect/{case}/", opened(client, f"/do/inspect/{case}/"), findings="三份")
    assert begun(client).count("/do/") == 1


def test_a_lead_that_was_only_opened_and_refused_is_no_draft(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    sent = opened(client, "/do/register_lead/")
    assert client.post("/do/register_lead/", sent).status_code == 422
    assert "案源登记</a>" not in begun(client)


def test_what_was_typed_and_taken_out_again_does_not_keep_the_old_words(
    play: Play, as_person: SignIn
) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case, findings="抽查病历二十份，三份多记一次", files=[])
    client = as_person("zhang.qingxi")
    form, drafts = f"/do/report_investigation/{case}/", f"/drafts/report_investigation/{case}/"
    sent = opened(client, form)
    assert keep(client, drafts, sent, other="写了一句") == 1
    assert keep(client, drafts, sent | {"_draft_version": ["1"]}) == 2
    play.act("collect_evidence", "zhang", case, name="结算明细", original=True, proves="多记两次")
    page = client.get(form).content.decode()
    assert "自动保存的草稿" not in page and "多记两次" in page and 'name="_draft_version" value="2"' in page
    assert "/do/" not in begun(client)


def listed(play: Play, client: Client) -> tuple[str, str, Sent]:
    case = play.file_case()
    play.act("collect_evidence", "zhang", case, name="结算明细", quantity="12页", original=True)
    form = f"/do/list_evidence/{case}/"
    sent = opened(client, form)
    (first,) = [name for name, value in sent.items() if value == ["结算明细"]]
    row = first.partition("-")[0]
    return case, form, sent | {f"{row}-7-{first.rpartition('-')[2]}": ["自己加的一件"]}


def test_evidence_recorded_since_is_said_and_taken_into_the_list(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    case, form, sent = listed(play, client)
    keep(client, f"/drafts/list_evidence/{case}/", sent)
    assert "记录有了变化" not in client.get(form).content.decode()
    play.act("collect_evidence", "zhang", case, name="收费票据", quantity="3张", original=True)
    page = client.get(form).content.decode()
    said = page.partition('aria-label="草稿以后的记录"')[2].partition("</section>")[0]
    assert "收费票据" in said and "结算明细" not in said
    (column,) = re.findall(r'name="_take" value="(\w+)"', said)
    held = Form(page).sent
    assert ["自己加的一件"] in held.values() and ["收费票据"] not in held.values()
    taken = client.post(form, {**held, "_take": column})
    assert taken.status_code == 302
    page = client.get(taken["Location"]).content.decode()
    held = Form(page).sent
    assert all([name] in held.values() for name in ("结算明细", "自己加的一件", "收费票据"))
    assert "记录有了变化" not in page


def test_what_is_left_is_not_said_again_and_what_changed_once_more_is(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    case, form, _, page = listed_and_more(play, client)
    (column,) = re.findall(r'name="_leave" value="(\w+)"', page)
    left = client.post(form, {**Form(page).sent, "_leave": column, "next": "/"})
    page = client.get(left["Location"]).content.decode()
    assert "记录有了变化" not in page and ["收费票据"] not in Form(page).sent.values()
    play.act("collect_evidence", "zhang", case, name="处方底单", quantity="1本", original=True)
    said = client.get(form).content.decode().partition('aria-label="草稿以后的记录"')[2]
    assert "处方底单" in said and "收费票据" not in said.partition("</section>")[0]


def test_a_text_that_grew_in_the_record_leaves_what_was_written(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case, findings="抽查病历二十份，三份多记一次", files=[])
    client = as_person("zhang.qingxi")
    form, drafts = f"/do/report_investigation/{case}/", f"/drafts/report_investigation/{case}/"
    sent = opened(client, form)
    column = next(name for name, value in sent.items() if "三份多记一次" in value[0] and name != "_opened")
    keep(client, drafts, sent, **{column: f"{sent[column][0]}\n我自己写的一段。"})
    play.act("inspect", "zhang", case, findings="又查病历五份，全部属实", files=[])
    page = client.get(form).content.decode()
    said = page.partition('aria-label="草稿以后的记录"')[2].partition("</section>")[0]
    assert "又查病历五份" in said and f'href="#field-{column}"' in said
    taken = client.post(form, {**Form(page).sent, "_take": column})
    held = Form(client.get(taken["Location"]).content.decode()).sent
    assert "我自己写的一段。" in held[column][0] and "又查病历五份" in held[column][0]
    assert "三份多记一次" in held[column][0]


def test_two_who_take_in_at_once_keep_both_texts(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    case, form, sent, page = listed_and_more(play, client)
    (column,) = re.findall(r'name="_take" value="(\w+)"', page)
    as_person("li.qingxi").post(f"/drafts/list_evidence/{case}/", {**sent, "_draft_version": ["1"]})
    client = as_person("zhang.qingxi")
    beside = client.post(form, {**Form(page).sent, "_take": column}, follow=True).content.decode()
    assert "您打开之后" in beside and "收费票据" in beside


def test_a_form_that_moved_says_what_the_record_holds_now(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    case, form, sent = listed(play, client)
    play.act("collect_evidence", "zhang", case, name="收费票据", quantity="3张", original=True)
    again = client.post(form, {**sent, "_key": new_id()})
    said = again.content.decode().partition('aria-label="草稿以后的记录"')[2].partition("</section>")[0]
    assert again.status_code in (409, 422) and "收费票据" in said
