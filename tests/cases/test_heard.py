"""四、陈述申辩及采纳情况: the decision says what the party said, what was found on it and that he was heard."""

from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from tests.factories.matters import make_stage, play_case


def test_the_draft_begins_with_what_was_said_and_what_became_of_it(database: str) -> None:
    make_stage()
    matter = load_matter(play_case("opinion1").case)
    said = registry.suggest("draft_decision", matter)["statement_handling"][0]
    lines = said.split("\n")
    assert "当事人书面陈述申辩：" in lines[0] and "入账" in said
    assert lines[1].startswith("经复核：核实基金财政专户入账凭证") and "部分采纳。理由：" in lines[1]
    assert "应当事人的要求举行了听证" in lines[-1] or "应当事人的要求举行了听证" in lines[0]
