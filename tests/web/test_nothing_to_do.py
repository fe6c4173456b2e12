"""没有可以办理的对象: an archived case says that it is archived, since when, and what can still be done on it."""

import pytest

from liuhen.acts.matter import load_matter
from tests.factories.matters import play_case
from tests.web.conftest import SignIn

pytestmark = pytest.mark.usefixtures("database")


def test_an_archived_case_says_so_and_what_can_still_be_done(as_person: SignIn):
    told = play_case("archive")
    archived = load_matter(told.case).last("archived")
    assert archived is not None
    page = as_person("zhang.qingxi").get(f"/do/inspect/{told.case}/").content.decode()
    assert f"（案卷号{archived.open['dossier_number']}）" in page and "本案已于" in page
    assert "不能再办理“现场检查”" in page
    assert f"/do/record_remedy/{told.case}/" in page, "what can still be done is offered"


def test_what_must_come_first_is_named(as_person: SignIn):
    told = play_case("case")
    page = as_person("shen.qingxi").get(f"/do/receive_review/{told.case}/").content.decode()
    assert "现在还没有可以办理“接收审核材料”的对象" in page and "送法制审核" in page
