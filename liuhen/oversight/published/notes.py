"""提示: each remark of the source is answered by a check that looks for what it says; what none answers is named."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from liuhen.kernel.money import capital_yuan, format_yuan
from liuhen.law import announced
from liuhen.oversight.published import periods
from liuhen.oversight.published.limits import limits
from liuhen.oversight.published.plan import CREDIT_CODE, ours, spared
from liuhen.oversight.published.reading import fen_of
from liuhen.oversight.published.report import CaseReport, Note
from liuhen.oversight.published.sums import DIFFERENT, EQUAL, ROUNDED, breaches

Check = Callable[[CaseReport, str], str | None]
_CLAUSE = re.compile(r"[;；]")
_NUMBER = re.compile(r"[^\s(（/、:：]{0,6}(?P<open>[\[〔(（])(?P<year>\d{4})[\]〕)）]第?(?P<number>\d+)号")
_REFERENCE = re.compile(r"[A-Z]\d+")


def answer(report: CaseReport) -> Iterator[Note]:
    """Every clause of the source's remark with what answers it, and then the hints that nobody noted."""
    for clause in filter(None, map(str.strip, _CLAUSE.split(report.case.text("test")))):
        found = [
            said for words, check in _CHECKS if re.search(words, clause) and (said := check(report, clause))
        ]
        yield Note(clause, "；".join(found) or None)
    noted = report.case.text("test")
    for words, said in (("法定区间|倍数", _multiples(report)), ("法定区间", _months(report, ""))):
        if said and not re.search(words, noted):
            yield Note("复核", said)


def _no_code(report: CaseReport, clause: str) -> str | None:
    case = report.case
    if case.text("party_id_type") in ("", CREDIT_CODE):
        return None
    number = case.text("party_id")
    return (
        f"{case.text('party_id_type')}{number}共{len(number)}位，写入当事人基本情况，没有填进统一社会信用代码"
    )


def _items(report: CaseReport, clause: str) -> str | None:
    cited = [basis for basis in report.case.basis if re.search(r"条[(（][一二三四五六七八九十]+[)）]", basis)]
    return f"依据按“条（项）”照录{len(cited)}处，不改成“款”：{'、'.join(cited)}" if cited else None


def _days(report: CaseReport, clause: str) -> str | None:
    first, last, said = report.case.day("filed"), report.case.day("published"), re.search(r"(\d+)天", clause)
    if not first or not last or not said:
        return None
    days = (last.last - first.last).days
    return f"{first.text}至{last.text}共{days}天，与提示的{said[1]}天{'一致' if days == int(said[1]) else '不一致'}"


def _each_fined(report: CaseReport, clause: str) -> str | None:
    products = [each for each in report.sums if "倍" in each.what]
    if not products or any(each.verdict == DIFFERENT for each in products):
        return None
    fine = report.case.fine
    return f"{len(products)}项分别复算，罚款合计{format_yuan(fine)}元" if fine is not None else None


def _splits(report: CaseReport, clause: str) -> str | None:
    return (
        "；".join(each.line() for each in report.sums if "分账" in each.what and each.verdict == EQUAL)
        or None
    )


def _evidence(report: CaseReport, clause: str) -> str | None:
    names = report.case.listed("evidence")
    tried = [each for each in report.not_done if each.what == "收集证据"]
    if not names or len(tried) + len(report.entered("collect_evidence")) != len(names):
        return None
    return f"{len(names)}份证据逐份办理收集证据，各自写明证明对象；{len(tried)}份没有进来"


def _titles(report: CaseReport, clause: str) -> str | None:
    texts = [str(value) for done in report.done for value in done.fields.values()]
    marks = sum(text.count("《") for text in texts)
    return f"文字照录，书名号{marks}对，都成对" if marks == sum(text.count("》") for text in texts) else None


def _dates(report: CaseReport, clause: str) -> str | None:
    names = ("filed", "inspected", "notified", "decided", "published")
    days = [day for name in names if (day := report.case.day(name)) is not None]
    ordered = all(a.last <= b.last for a, b in pairwise(days))
    return f"{'、'.join(day.text for day in days)}先后相符" if len(days) > 2 and ordered else None


def _working(report: CaseReport, clause: str) -> str | None:
    first, last = report.case.day("notified"), report.case.day("published")
    if not first or not last:
        return None
    calendar = announced()
    days = [each for each in periods.days(first.last, last.last) if calendar.is_working(each)]
    known = "" if calendar.known(last.last) else "（该年安排尚未公布）"
    return f"按国务院办公厅公布的放假调休安排，{first.text}次日至{last.text}有{len(days)}个工作日{known}"


def _long_list(report: CaseReport, clause: str) -> str | None:
    counted = [str(each["items_count"]) for each in report.case.violations if each.get("items_count")]
    return f"项目（{'、'.join(counted)}）写入不限长度的违法事实，不截断" if counted else None


def _masked(report: CaseReport, clause: str) -> str | None:
    head = report.case.text("rep_masked")
    if head and "*" not in head:
        return None
    posted = report.entered("prepare_disclosure")
    return f"录入的文字没有自然人姓名；没有经审核、保密审查的内容不公示（拟制公示{len(posted)}份，公示0份）"


def _spared(report: CaseReport, clause: str) -> str | None:
    drafts = [done for done in report.entered("draft_decision") if done.fields.get("decision_kind") == "none"]
    return f"按不予处罚起草{len(drafts)}份，罚款不填" if drafts and spared(report.case) else None


def _number_kind(report: CaseReport, clause: str) -> str | None:
    number = report.case.text("doc_no")
    return f"文号{number}照录，代字与不予处罚相符" if "不罚" in number and spared(report.case) else None


def _capitals(report: CaseReport, clause: str) -> str | None:
    fine = report.case.fine
    return f"{format_yuan(fine)}元，大写{capital_yuan(fine)}" if fine is not None else None


def _rounded(report: CaseReport, clause: str) -> str | None:
    return "；".join(each.line() for each in report.sums if each.verdict == ROUNDED) or None


def _claimed(report: CaseReport, clause: str) -> str | None:
    claimed, loss = report.case.sum_of("claimed"), report.case.sum_of("loss")
    if claimed is None or loss is None or claimed == loss:
        return None
    return f"报销申报{format_yuan(claimed)}元与骗取{format_yuan(loss)}元分开，应退按骗取额"


def _no_penalty(report: CaseReport, clause: str) -> str | None:
    transferred = bool(report.case.text("transfer"))
    return "移送以后没有起草罚款决定" if transferred and not report.entered("draft_decision") else None


def _two_places(report: CaseReport, clause: str) -> str | None:
    agency = report.case.text("agency")
    return f"来源把两地的机关并列（{agency}），管辖依据要由承办人选定，没有代选" if "/" in agency else None


def _parties(report: CaseReport, clause: str) -> str | None:
    parties = report.case.parties
    if len(parties) < 2 or len(report.entered("register_lead")) != len(parties):
        return None
    return f"{len(parties)}个当事人各登记一件案源，处理分列"


def _breach(report: CaseReport, clause: str) -> str | None:
    found = breaches(report.case)
    apart = report.case.fine is None and not report.entered("decide")
    return "；".join(each.line() for each in found) + "；没有记入罚款" if found and apart else None


def _small(report: CaseReport, clause: str) -> str | None:
    loss = report.case.refund
    return f"{format_yuan(loss)}元按分记录，不因小额舍去" if loss is not None else None


def _two_rules(report: CaseReport, clause: str) -> str | None:
    loss = report.case.refund
    if not loss:
        return None
    said = [
        f"违约金{format_yuan(each.stated)}元是损失的{Decimal(each.stated) / loss:.2f}倍，"
        f"按2倍应为{format_yuan(2 * loss)}元：是定额，不是倍数"
        for each in breaches(report.case)
        if each.stated != 2 * loss
    ]
    return "；".join(said) or None


def _again(report: CaseReport, clause: str) -> str | None:
    named = _REFERENCE.findall(report.case.text("party"))
    if not named:
        return None
    return (
        f"与{'、'.join(named)}分别登记，前一次处理不因此改动；公开材料没有载明各家名称，不能对应到具体当事人"
    )


def _suspension(report: CaseReport, clause: str) -> str | None:
    found = [each for said in report.case.listed("agreement") for each in periods.suspensions(str(said))]
    if not found or any(each.computed != each.end for each in found):
        return None
    return "；".join(each.line() for each in found)


def _other_agency(report: CaseReport, clause: str) -> str | None:
    found = report.entered("find_no_jurisdiction")
    return "登记为不属本机关管辖，没有立案、起草决定" if found and not ours(report.case) else None


def _one_case(report: CaseReport, clause: str) -> str | None:
    case = report.case
    both = case.sum_of("confiscated") is not None and case.sum_of("fine") is not None
    if not both or len(report.entered("register_lead")) != 1:
        return None
    return "没收、罚款并处，只登记一件；由其他机关处罚的不立案，不计入本机关的处罚数"


def _anonymous(report: CaseReport, clause: str) -> str | None:
    names = [party for party in report.case.parties if "某" in party]
    return f"当事人照公布的写作“{'、'.join(names)}”，不推测名称，拟公示用摘要形式" if names else None


def _months(report: CaseReport, clause: str) -> str | None:
    months = report.case.words.get("suspend_settlement_months")
    if months is None or limits().months.holds(Decimal(months)):
        return None
    return f"暂停联网结算{months}个月，超出法定区间{limits().months.said('个月')}，请核对来源"


def _multiples(report: CaseReport) -> str | None:
    said = []
    for each in report.case.violations:
        cited = [
            r for r in limits().multiples if any(r.cites in str(basis) for basis in each.get("basis", []))
        ]
        times = each.get("multiple")
        if times is not None and cited and not any(r.holds(Decimal(times)) for r in cited):
            said.append(
                f"{each.get('type')}：{times}倍，超出法定幅度{'、'.join(r.said('倍') for r in cited)}"
            )
    return "；".join(said) or None


def _years(report: CaseReport, clause: str) -> str | None:
    number, published = _NUMBER.search(report.case.text("doc_no")), report.case.day("published")
    if number is None or published is None or int(number["year"]) >= published.last.year:
        return None
    return f"文号{number['year']}年，{published.last.year}年公布：跨年公布，文号照录，不当作错误"


def _columns(report: CaseReport, clause: str) -> str | None:
    named = clause.partition(":")[2].strip().split("/")
    without = [name for name in named if name in _NO_PLACE]
    return (
        f"{len(named)}列，{len(named) - len(without)}列有对应的栏目；没有对应的：{'、'.join(without) or '无'}"
        if named
        else None
    )


_NO_PLACE = frozenset({"年份", "序号", "备注", "拒付金额"})


def _changed(report: CaseReport, clause: str) -> str | None:
    kinds = [done.fields.get("decision_kind") for done in report.entered("draft_decision")]
    tried = any(each.what == "法制审核意见" for each in report.not_done) or report.entered("give_opinion")
    if kinds != ["penalty", "none"] or not tried:
        return None
    proposed = fen_of(report.case.violations[0].get("proposed_fine"))
    amount = format_yuan(proposed) if proposed is not None else ""
    return f"先按承办意见起草罚款{amount}元，审核意见按“变更”办理，其后另行起草不予处罚；前稿仍在"


def _two_numbers(report: CaseReport, clause: str) -> str | None:
    numbers = {(found["year"], found["number"]): found[0] for found in _NUMBER.finditer(clause)}
    return f"文号不一致：{'、'.join(numbers.values())}，都没有填作决定书文号" if len(numbers) > 1 else None


def _brackets(report: CaseReport, clause: str) -> str | None:
    styles = {
        found["open"] for found in _NUMBER.finditer(report.case.text("test") + report.case.text("doc_no"))
    }
    styles |= {mark for mark in "()" if mark in report.case.text("test")}
    return f"年份的括号有{'、'.join(sorted(styles))}，比对时只看年份和号数" if styles else None


_CHECKS: tuple[tuple[str, Check], ...] = (
    ("无统一社会信用代码|登记号\\d+位", _no_code),
    ("写成.*款", _items),
    ("立案到公示", _days),
    ("各自计罚|分组倍数", _each_fined),
    ("分账", _splits),
    ("证据逐项", _evidence),
    ("书名号", _titles),
    ("日期链", _dates),
    ("调休|春节", _working),
    ("超长", _long_list),
    ("脱敏|全名", _masked),
    ("不予处罚决定也公示", _spared),
    ("代字", _number_kind),
    ("大写", _capitals),
    ("容差|四舍五入\\)|四舍五入造成", _rounded),
    ("报销额", _claimed),
    ("移送后不再", _no_penalty),
    ("跨县", _two_places),
    ("多当事人", _parties),
    ("小额", _small),
    ("违约金[=＝]?30%|30%违约金", _breach),
    ("两种违约金", _two_rules),
    ("先后两次", _again),
    ("中止期", _suspension),
    ("他机关处罚", _other_agency),
    ("最重类别", _one_case),
    ("已匿名", _anonymous),
    ("法定区间", _months),
    ("年目录", _years),
    ("表列", _columns),
    ("改变承办意见", _changed),
    ("不同文号", _two_numbers),
    ("括号混用", _brackets),
)
"""Words of a remark, and the check that they ask for."""
