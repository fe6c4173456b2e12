"""`liuhen people`: agencies and people of a real installation."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from liuhen import ledger
from liuhen.accounts.actor import system_actor
from liuhen.accounts.directory import DirectoryError, enter, read
from liuhen.accounts.models import Officer
from liuhen.accounts.projections import people_stream
from liuhen.acts import Invalid, Refused, perform
from liuhen.config.cli import FINDINGS, FINE
from liuhen.kernel.clock import SystemClock
from liuhen.kernel.ids import new_id


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
    parser.add_argument("--reason", default="", help="原因，记入人员名册")


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

    def effect() -> None:
        officer.set_password(first)
        officer.save(update_fields=["password"])
        reset(username=officer.username)

    if refused := _entered("reset_password", officer, args.reason, effect):
        print(f"没有修改：{refused}", file=sys.stderr)
        return FINDINGS
    print(f"已设置{officer.name}的密码，已记入人员名册")
    return FINE


def unlock_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose sign-in."""
    parser.add_argument("username", help="登录名")
    parser.add_argument("--reason", default="", help="原因，记入人员名册")


def unlock(args: argparse.Namespace) -> int:
    """Lift the lock that failed sign-ins have laid on somebody."""
    officer = Officer.objects.filter(username=args.username).first()
    if officer is None or not AccessAttempt.objects.filter(username=args.username).exists():
        reset(username=args.username)
        print(f"“{args.username}”没有被锁定")
        return FINE
    effect = partial(reset, username=args.username)
    if refused := _entered("unlock_account", officer, args.reason, effect):
        print(f"没有解除：{refused}", file=sys.stderr)
        return FINDINGS
    print(f"已解除“{args.username}”的登录锁定，已记入人员名册")
    return FINE


def _entered(act: str, officer: Officer, reason: str, effect: Callable[[], object]) -> str:
    """The entry of what is done at the console, and the thing itself, together or not at all; why not."""
    said = f"在服务器上办理（{_who()}）" + (f"：{reason.strip()}" if reason.strip() else "")
    stream = people_stream(officer.agency_id)
    if stream is None:
        return "本机关的人员还没有录入名册，请先 liuhen people load"
    fields = {"officer": officer.id, "reason": said}
    try:
        with ledger.write_turn(), transaction.atomic():
            actor = system_actor(officer.agency_id)
            perform(act, actor, fields, new_id(), clock=SystemClock(), stream=stream)
            effect()
    except Refused as refused:
        return "；".join(one.sentence() for one in refused.reasons)
    except Invalid as invalid:
        return "；".join(invalid.errors.values())
    return ""


def _who() -> str:
    """Who sits at the console: the account of the machine, and whose it was before it became another."""
    now = getpass.getuser()
    before = os.environ.get("SUDO_USER", "")
    return f"服务器账号 {before}，以 {now}" if before and before != now else f"服务器账号 {now}"
