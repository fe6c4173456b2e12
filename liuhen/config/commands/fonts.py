"""`liuhen documents fonts`: with which faces this installation sets its documents."""

import argparse

from liuhen.config.cli import FINDINGS, FINE
from liuhen.config.home import home
from liuhen.documents.fonts import load_fonts, own_faces

_ROLES = {
    "song": "标题、表格（宋体、小标宋）",
    "hei": "小标题（黑体）",
    "fang": "公文正文（仿宋）",
    "kai": "签名（楷体）",
}


def fonts(arguments: argparse.Namespace) -> int:
    """Say which face serves for what; 1 when a file of the agency's folder cannot be used."""
    folder = home().fonts
    print(f"字体文件夹：{folder}" if folder else f"没有自己的字体：可以放在 {home().path / 'fonts'}")
    for role, families in load_fonts(folder).families:
        print(f"{_ROLES[role]}：{families[0]}")
    _, others = own_faces(folder)
    for path in others:
        print(f"{path.name}：不是字体（.ttf、.otf、.ttc）或者已经损坏，没有采用")
    return FINDINGS if others else FINE
