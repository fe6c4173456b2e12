"""导入名录: the rows of a file; a row that cannot be entered is set apart and says why."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from liuhen import ledger
from liuhen.acts import checks
from liuhen.acts.act import Matter
from liuhen.acts.errors import Invalid
from liuhen.acts.limits import TEXT_MAX
from liuhen.acts.payload import has_control
from liuhen.kernel.ids import new_id
from liuhen.registers.folding import items_of
from liuhen.registers.tables import NotATable, rows_of

HEADINGS: Mapping[str, Sequence[str]] = {
    "name": ("机构名称", "医药机构名称", "定点医药机构名称", "医疗机构名称", "药店名称", "名称"),
    "institution_kind": ("机构类别", "类别", "机构类型", "类型"),
    "insurance_code": ("医保机构编码", "国家医保编码", "医药机构编码", "医保编码", "机构编码", "定点代码"),
    "credit_code": ("统一社会信用代码", "社会信用代码", "信用代码"),
    "licence": ("许可证号", "执业许可证号", "执业许可证登记号", "药品经营许可证号", "经营许可证号", "登记号"),
    "head": ("法定代表人", "法定代表人负责人", "负责人", "主要负责人"),
    "address": ("地址", "住所", "机构地址", "注册地址"),
    "agreement": ("服务协议编号", "协议编号", "协议号"),
    "agreement_from": ("协议起始日", "协议开始日期", "协议起始日期"),
    "agreement_to": ("协议届满日", "协议截止日期", "协议终止日期", "协议到期日"),
}
"""By field, the headings under which it is looked for; the first that stands there is taken."""
CODES = ("insurance_code", "credit_code", "licence")
ROWS_MAX = 5_000
BYTES_MAX = 16 * 1024 * 1024
_PHARMACY = ("药店", "药房", "pharmacy")
_CHECKED = {"insurance_code": "insurance_code", "credit_code": "credit_code", "licence": "licence_number"}
_DAYS = ("agreement_from", "agreement_to")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_SEARCHED_ROWS = 20
Row = dict[str, Any]


def imported(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The rows to be entered, those set apart, and how many of each."""
    if len(values["files"]) != 1:
        raise Invalid({"files": "名录文件：一次导入一个文件；有几个的，请分几次导入"})
    (file,) = values["files"]
    content = bytearray()
    for chunk in ledger.file_store().read(file["sha256"]):
        content += chunk
        if len(content) > BYTES_MAX:
            raise Invalid({"files": f"名录文件：超过{BYTES_MAX // 1024 // 1024}MB，请分成几份导入"})
    known = _known(matter)
    rows: list[Row] = []
    apart: list[Row] = []
    try:
        for line, cells in _lines(file["name"], bytes(content)):
            row, problem = _read(cells, known)
            if problem:
                apart.append({"line": str(line), "name": cells.get("name", "")[:100], "problem": problem})
            else:
                rows.append({"institution": new_id(), "line": str(line), **row})
                known |= {row[code]: f"本文件第{line}行" for code in CODES if code in row}
    except NotATable as error:
        raise Invalid({"files": f"名录文件：{error}"}) from error
    if len(rows) + len(apart) > ROWS_MAX:
        raise Invalid({"files": f"名录文件：超过{ROWS_MAX}行，请分成几份导入"})
    if not rows:
        why = f"第{apart[0]['line']}行：{apart[0]['problem']}" if apart else "只有表头"
        raise Invalid({"files": f"名录文件：没有一行可以登记（{why}），请改正后再导入"})
    return {"rows": rows, "count": len(rows), "apart": apart, "apart_count": len(apart)}


def _known(matter: Matter | None) -> dict[str, str]:
    """By code, who has it already."""
    found: dict[str, str] = {}
    for item in (items_of(matter) if matter else {}).values():
        if item.register.slug == "institutions" and not item.ended_on:
            name = str(item.now.fields["name"])
            found |= {
                str(item.now.fields[code]): f"已登记的“{name}”" for code in CODES if item.now.fields.get(code)
            }
    return found


def _lines(name: str, content: bytes) -> Iterator[tuple[int, Row]]:
    """The rows under the heading, by field; numbered as the spreadsheet numbers them."""
    columns: dict[str, int] = {}
    for number, row in enumerate(rows_of(name, content), 1):
        if not columns:
            columns = _columns(row)
            if number >= _SEARCHED_ROWS and not columns:
                break
            continue
        cells = {field: row[at].replace("\x00", "").strip() for field, at in columns.items() if at < len(row)}
        if any(cells.values()):
            yield number, cells
    if not columns:
        wanted = "、".join(f"“{HEADINGS[code][0]}”" for code in CODES)
        raise NotATable(f"“{name}”的表头中没有找到“机构名称”和{wanted}中的一列：请在第一行写上列名")


def _columns(row: Sequence[str]) -> dict[str, int]:
    cells = [re.sub(r"[\s（）()：:*]", "", cell) for cell in row]
    found = {
        field: cells.index(heading)
        for field, headings in HEADINGS.items()
        for heading in reversed(headings)
        if heading in cells
    }
    return found if "name" in found and any(code in found for code in CODES) else {}


def _read(cells: Row, known: Mapping[str, str]) -> tuple[Row, str]:
    """A row as it is entered, and what is wrong with it."""
    row: Row = {name: text for name, text in cells.items() if text}
    problems = [f"{HEADINGS[name][0]}超过{TEXT_MAX}字" for name, text in row.items() if len(text) > TEXT_MAX]
    problems += [f"{HEADINGS[name][0]}含有不能保存的字符" for name, text in row.items() if has_control(text)]
    if not row.get("name"):
        problems.append("没有机构名称")
    row["institution_kind"] = _kind(row)
    for field, check in _CHECKED.items():
        if field in row:
            row[field] = row[field].upper()
            if message := checks.BY_NAME[check](row[field]):
                problems.append(message.split("。")[0])
    if wrong := checks.code_fits_name(row.get("credit_code", ""), row.get("name", "")):
        problems.append(f"统一社会信用代码{wrong}")
    for field in _DAYS:
        if field in row:
            row[field] = _day(row[field])
            if not row[field]:
                problems.append(f"{HEADINGS[field][0]}“{cells[field][:20]}”不是日期")
    held = [field for field in CODES if row.get(field)]
    if not held:
        problems.append("医保机构编码、统一社会信用代码、许可证号一个也没有")
    problems += [
        f"{HEADINGS[field][0]}与{known[row[field]]}相同；有变化的请办理变更"
        for field in held
        if row[field] in known
    ]
    return row, "；".join(problems)


def _kind(row: Row) -> str:
    said = f"{row.get('institution_kind', '')}{row.get('name', '')}"
    code = row.get("insurance_code", "")
    return "pharmacy" if code[:1] in ("P", "p") or any(word in said for word in _PHARMACY) else "hospital"


def _day(text: str) -> str:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""
