"""`liuhen people`: agencies and people of a real installation."""

import argparse
import getpass
import sys
from pathlib import Path

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from liuhen.accounts.directory import DirectoryError, enter, read
from liuhen.accounts.models import Officer
from liuhen.config.cli import FINDINGS, FINE
from liuhen.kernel.clock import SystemClock


def load_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, help="机关和人员名册（YAML，格式见 docs/operations/people.md）")


def load(args: argparse.Namespace) -> int:
    """Enter agencies and people. Nobody can sign in before a password is set."""
    try:
        agencies = read(args.file)
        enter(agencies, None, SystemClock())
    except DirectoryError as error:
        print("\n".join(error.faults), file=sys.stderr)
        return FINDINGS
    count = sum(len(agency.people) for agency in agencies)
    print(f"已录入{len(agencies)}个机关、{count}人。请为每人设置密码：liuhen people password 登录名")
    return FINE


def password_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose password."""
    parser.add_argument("username", help="登录名")


def password(args: argparse.Namespace) -> int:
    """Ask for a password twice and set it."""
    officer = Officer.objects.filter(username=args.username).first()
    if officer is None:
        print(f"没有“{args.username}”这个登录名", file=sys.stderr)
        return FINDINGS
    first = getpass.getpass("新密码：")
    if first != getpass.getpass("再输一次："):
        print("两次输入不同，没有修改", file=sys.stderr)
        return FINDINGS
    try:
        validate_password(first, officer)
    except ValidationError as error:
        print("；".join(error.messages), file=sys.stderr)
        return FINDINGS
    officer.set_password(first)
    officer.save(update_fields=["password"])
    print(f"已设置{officer.name}的密码")
    return FINE


def unlock_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose sign-in."""
    parser.add_argument("username", help="登录名")


def unlock(args: argparse.Namespace) -> int:
    """Lift the lock that failed sign-ins have laid on somebody."""
    lifted = reset(username=args.username)
    print(f"已解除“{args.username}”的登录锁定" if lifted else f"“{args.username}”没有被锁定")
    return FINE
