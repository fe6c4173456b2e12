"""草拟决定时从调查终结报告带来的事实: nothing that the report says is left behind."""

from liuhen.cases.recalled import PROVED_BY, facts_and_proofs

PROOFS = ["1.现场笔录（2026年11月23日）。", "2.书证：登记本（12页），证明没有登记。"]


def test_the_list_of_evidence_is_told_from_the_facts() -> None:
    told = f"现场检查：没有登记。\n{PROVED_BY}\n" + "\n".join(PROOFS)
    assert facts_and_proofs(told, PROOFS) == ("现场检查：没有登记。", PROOFS)


def test_what_was_added_behind_the_list_is_a_fact() -> None:
    told = (
        f"现场检查：没有登记。\n{PROVED_BY}\n" + "\n".join(PROOFS) + "\n\n经扩大核对，共485次，合计58200元。"
    )
    facts, proofs = facts_and_proofs(told, PROOFS)
    assert facts == "现场检查：没有登记。\n经扩大核对，共485次，合计58200元。"
    assert proofs == PROOFS


def test_a_proof_that_the_officer_wrote_into_the_list_stays_a_proof() -> None:
    told = f"没有登记。\n{PROVED_BY}\n{PROOFS[0]}\n2.自行整理的核对表。\n另查明，已经停止。"
    facts, proofs = facts_and_proofs(told, PROOFS)
    assert facts == "没有登记。\n另查明，已经停止。"
    assert proofs == [*PROOFS, "3.自行整理的核对表。"]
