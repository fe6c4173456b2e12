"""A control for every field of every kind of the dictionary; typing wins over what is prefilled."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from liuhen.law.dictionary import Field, Kind, standard
from liuhen.web.forms import Control, Person, Prefill, controls

PEOPLE = [Person("1", "张明远", "41912100004", "有效至 2029-12-31", valid=True)]
ROLES = {"party": "当事人", "officer": "执法人员"}


def one(field: Field, **ground: Any) -> Control:
    made = controls(
        Kind("tried", "试", "try", 1, "case", "live", "tried", "试", {field.name: field}), **ground
    )
    assert len(made) == 1
    return made[0]


def page(control: Control) -> str:
    return render_to_string("web/forms/field.html", {"control": control})


@pytest.mark.parametrize("kind", standard().kinds.values(), ids=lambda kind: kind.name)
def test_every_field_of_the_dictionary_is_drawn_with_its_label(kind: Kind) -> None:
    instances = {
        name: {"1": "甲"} for name, field in kind.fields.items() if field.type in ("key", "draft", "keys")
    }
    made = controls(kind, people=dict.fromkeys(kind.fields, PEOPLE), roles=ROLES, instances=instances)
    assert [control.name for control in made] == list(kind.fields)
    for control in made:
        drawn = page(control)
        assert control.label in drawn
        assert f'id="field-{control.name}"' in drawn
        assert ("必填" in drawn) is control.required
        assert "style=" not in drawn


def test_typing_wins_over_the_record_and_the_source_is_named() -> None:
    field = Field("x", "text", "栏")
    prefilled = {"x": Prefill("记录", "立案审批表")}
    assert one(field, prefilled=prefilled).value == "记录"
    control = one(field, prefilled=prefilled, typed={"x": "改写"})
    assert control.value == "改写"
    assert "取自 立案审批表" in page(control)


def test_a_fixed_value_is_shown_not_typed() -> None:
    control = one(Field("x", "money", "罚款"), prefilled={"x": Prefill(1_200_000, "决定", fixed=True)})
    drawn = page(control)
    assert "12,000.00 元" in drawn
    assert "<input" not in drawn


def test_recorded_values_come_back_as_people_type_them() -> None:
    assert one(Field("x", "money", "罚款"), prefilled={"x": Prefill(1_234_567, "决定")}).value == "12345.67"
    assert (
        one(Field("x", "instant", "时间"), prefilled={"x": Prefill(1_785_718_800_000, "检查")}).value
        == "2026-08-03T09:00"
    )


def test_a_wrong_amount_comes_back_as_typed() -> None:
    control = one(Field("x", "money", "罚款"), typed={"x": "一万二"}, errors={"x": "罚款：应为金额"})
    drawn = page(control)
    assert 'value="一万二"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="x-hint x-wrong"' in drawn


def test_markup_that_was_typed_stays_text() -> None:
    assert "<script>" not in page(one(Field("x", "longtext", "栏"), typed={"x": "<script>"}))


def test_bool_has_no_default_and_keeps_no() -> None:
    field = Field("x", "bool", "是否受理")
    assert "checked" not in page(one(field))
    assert 'value="no" checked' in page(one(field, typed={"x": False}))


def test_a_guarded_field_says_so() -> None:
    assert "限阅" in page(one(Field("x", "text", "姓名", part="informant")))


def test_a_key_without_anything_to_choose_is_not_asked() -> None:
    assert (
        controls(Kind("tried", "试", "try", 1, "case", "live", "x", "试", {"x": Field("x", "key", "案件")}))
        == []
    )


def test_a_signature_has_its_time_and_its_refusal() -> None:
    drawn = page(one(Field("x", "signatures", "签名"), roles=ROLES))
    for column in ("who", "name", "at", "refused", "note"):
        assert f'name="x-0-{column}"' in drawn
        assert f'name="x-__n__-{column}"' in drawn
