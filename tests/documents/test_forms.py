"""样式: every kind that is a document has its form, forms fit the dictionary, and a bad form is named."""

from datetime import date
from pathlib import Path

import pytest

from liuhen.documents.catalogue import FormError, catalogue, load_forms
from liuhen.documents.plain import WITHOUT_PAPER
from liuhen.law.dictionary import standard

FORM = """
sheet:
  version: 1
  since: 2020-01-01
  title: 测试表
  from: verified
  layout: table
  reach: inner
  volume: sub
  order: 10
  blocks:
    - rows:
        - [recommendation]
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "test.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as caught:
        load_forms(tmp_path, standard())
    return caught.value.problems


def test_every_document_kind_has_a_form():
    printed = {form.kind for form in catalogue()}
    assert set(standard().kinds) - printed == WITHOUT_PAPER


def test_every_required_field_is_on_a_form():
    shown = {
        (kind or form.kind, name) for form in catalogue() for ref in form.refs() for kind, name in ref.paths
    }
    missing = [
        f"{kind.name}.{field.name}"
        for kind in standard().kinds.values()
        if kind.name not in WITHOUT_PAPER
        for field in kind.fields.values()
        if field.required and field.type != "key" and (kind.name, field.name) not in shown
    ]
    assert missing == []


def test_outer_documents_go_into_the_main_volume():
    assert [form.id for form in catalogue() if form.reach == "outer" and form.volume == "sub"] == []


def test_the_version_in_use_on_the_day(tmp_path):
    later = FORM.replace("sheet:", "sheet2:").replace("version: 1", "version: 2").replace("2020", "2027")
    (tmp_path / "a.yaml").write_text(FORM + later.replace("sheet2:", "other:"), encoding="utf-8")
    loaded = load_forms(tmp_path, standard())
    assert [form.id for form in loaded.of("verified", date(2026, 1, 1))] == ["sheet"]
    assert [form.id for form in loaded.of("verified", date(2027, 1, 1))] == ["other", "sheet"]
    assert loaded.of("verified", date(2019, 12, 31)) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "[recommendation]",
            "[recomendation]",
            "test.yaml:13 《测试表》：条目“verified”没有字段“recomendation”",
        ),
        ("from: verified", "from: verifyed", "test.yaml:2 《测试表》：词典中没有条目“verifyed”"),
        ("[recommendation]", "[{filed.party_id: 证件}]", "属于受保护的部分“person”"),
        ("[recommendation]", "[$hapened]", "不认识的值“$hapened”"),
        ("layout: table", "layout: tabel", "test.yaml:7 《测试表》：layout 应为"),
        ("    - rows:", "    - row:", "test.yaml:12 《测试表》：每一块应当且只能是"),
        ("  order: 10\n", "", "缺少 order"),
        ("  title: 测试表\n", "  title: 测试表\n  titles: {by: recommendation, fly: 表}\n", "没有选项“fly”"),
        ("  order: 10\n", "  order: 10\n  colour: red\n", "test.yaml:11"),
        ("  order: 10\n", "  order: 10\n  when: recommendation=fly\n", "没有选项“fly”"),
        ("  order: 10\n", "  order: 10\n  when: reasons~filed.party_id\n", "属于受保护的部分“person”"),
        ("[recommendation]", "[recommendation", "不是正确的 YAML"),
        ("[recommendation]", "[recommendation, reasons, officers]", "每行一栏或者两栏"),
    ],
)
def test_a_bad_form_is_named_with_file_and_line(tmp_path, old, new, says):
    assert any(says in problem for problem in problems(tmp_path, FORM.replace(old, new)))


def test_all_problems_at_once(tmp_path):
    text = FORM.replace("[recommendation]", "[nothing]").replace("layout: table", "layout: tabel")
    assert len(problems(tmp_path, text)) == 2


def test_the_seal_of_a_letter_has_words_above_it_on_its_page():
    bare = []
    for form in catalogue():
        body = form.blocks[:-1] if form.blocks[-1].kind == "sign" else form.blocks
        if form.layout == "letter" and form.seal and body[-1].kind not in ("text", "long"):
            bare.append(form.id)
    assert bare == []


def test_a_list_tells_nothing_guarded(tmp_path):
    text = FORM.replace("  blocks:", "  guarded: [person]\n  about: filed.party_id\n  blocks:")
    assert any("不能写进目录" in problem for problem in problems(tmp_path, text))
