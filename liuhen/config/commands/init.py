"""`liuhen init`: a real installation. No demonstration data, no default password."""

import argparse
import sys

from liuhen.config.cli import FINDINGS, FINE, set_up_django
from liuhen.config.home import home
from liuhen.config.installation import prepare


def init(args: argparse.Namespace) -> int:
    """Keys, folders and empty databases; safe to repeat."""
    house = home()
    if house.kind == "demo":
        print(
            f"{house.path} 已是演示环境，不能改作正式安装：请用 LIUHEN_HOME 指定另一个文件夹", file=sys.stderr
        )
        return FINDINGS
    house.found("real")
    set_up_django()
    prepare(house)
    print(
        f"正式安装已就绪：{house.path}\n密钥已生成，只有当前系统用户可读；没有任何默认账号。启动：liuhen run"
    )
    return FINE
