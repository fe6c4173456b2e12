"""From a spreadsheet's bytes to rows of text: XLSX and CSV, whatever encoding the sender's system writes."""

import csv
import io
import zipfile
from collections.abc import Iterator
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

MAX_ROWS = 200_000
MAX_COLUMNS = 100
MAX_UNPACKED = 600 * 1024 * 1024
"""Bytes that a workbook may unpack to: beyond it is a bomb and no list."""


class NotATable(ValueError):
    """A file that cannot be read as a table; the message is Chinese and says what to do."""


def rows_of(name: str, content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet as text, heading included. Raises `NotATable`."""
    if content[:4] == b"PK\x03\x04":
        found = _workbook(name, content)
    else:
        found = csv.reader(io.StringIO(_text(name, content)))
    for row in islice(found, MAX_ROWS + 1):
        yield row[:MAX_COLUMNS]
    if next(iter(found), None) is not None:
        raise NotATable(f"“{name}”超过{MAX_ROWS}行，请分成几份导入")


def _workbook(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MAX_UNPACKED:
                raise NotATable(f"“{name}”解开后过大，请另存为 CSV 或者分成几份导入")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return ([_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False))
    except (CalamineError, zipfile.BadZipFile, IndexError) as error:
        raise NotATable(f"“{name}”不是可以打开的 XLSX 表格，请用表格软件重新另存后再导入") from error


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _text(name: str, content: bytes) -> str:
    if b"\x00" in content[:4096]:
        raise NotATable(f"“{name}”不是表格：请导入 XLSX 或者 CSV 文件")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable(f"“{name}”的文字编码不认识（应为 UTF-8 或者 GB18030），请另存为 CSV（UTF-8）后再导入")
