"""`liuhen demo load`: the demonstration province, its people and accounts, and cases in every stage."""

import argparse
import sys

from liuhen.accounts.models import Agency
from liuhen.config.cli import FINDINGS, FINE
from liuhen.config.home import home
from liuhen.kernel.clock import SystemClock
from liuhen.oversight.scenarios import as_text
from liuhen.oversight.scenarios.demonstration import load as load_demonstration
from liuhen.oversight.scenarios.people import account_lines

PASSWORD = "yanshi-liuhen"  # noqa: S105


def load(args: argparse.Namespace) -> int:
    """Load once into an empty demonstration, and print the accounts."""
    house = home()
    if house.kind != "demo":
        print("这里是正式安装，不装入演示数据", file=sys.stderr)
        return FINDINGS
    if Agency.objects.exists():
        print("已有机关和人员，不再装入演示数据；需要重来，请换一个 LIUHEN_HOME", file=sys.stderr)
        return FINDINGS
    for outcome in load_demonstration(PASSWORD, SystemClock().now_ms()):
        if outcome.failures:
            print(as_text(outcome), file=sys.stderr)
            return FINDINGS
    accounts = "\n".join(account_lines(PASSWORD)) + "\n"
    house.demo_accounts.write_text(accounts, encoding="utf-8")
    print(accounts, end="")
    return FINE
