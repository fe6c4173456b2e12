"""公示审核: what the publication says otherwise than the decision stands above the reviewers' forms."""

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_each_reviewer_sees_what_differs_from_the_decision(play: Play, as_person: SignIn) -> None:
    case = play_case("decision").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    said = {"form": "abstract", "title": "虚构医药服务项目案", "agency_name": "邻县医疗保障局"}
    posting = play.act("prepare_disclosure", "zhao", case, **said).stream
    for who, act in (("fa", "review_disclosure"), ("mi", "review_secrecy"), ("fuju", "approve_disclosure")):
        page = as_person(f"{who}.qingxi").get(f"/do/{act}/{posting}/").content.decode()
        assert "与决定书对照" in page and "<ins>邻</ins>" in page, act
