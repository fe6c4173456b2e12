"""`liuhen`: one program with sub-commands.

Exit codes: 0 fine, 1 something was found or refused, 2 wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NoReturn

from liuhen.config.home import home
from liuhen.config.refusal import Refusal
from liuhen.config.table import SECTIONS, Command, commands, find

FINE, FINDINGS, USAGE = 0, 1, 2
"""Exit codes."""

OFFICERS_SETTINGS = "liuhen.config.settings"
SCRATCH_SETTINGS = "liuhen.config.settings_scratch"
_COMMANDS = "liuhen.config.commands"
_HEAD = """留痕：医疗保障行政执法全过程记录、法制审核与公示
Records, judges and publishes the enforcement of medical-insurance law.

用法：liuhen <命令> [参数]      各命令的参数：liuhen <命令> --help"""
_TAIL = """退出码：0 正常；1 有发现或被拒绝；2 用法有误
环境变量：LIUHEN_HOME（数据所在文件夹，默认 var/）、LIUHEN_DATABASE_URL、LIUHEN_PUBLIC_DATABASE_URL、
          LIUHEN_HOSTS（对外服务的主机名，逗号分隔）、LIUHEN_PUBLIC_URL（公示网站的网址）、
          LIUHEN_HTTPS=1（经 HTTPS 提供服务）"""


class _Formatter(argparse.HelpFormatter):
    """argparse's layout with a Chinese head."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese; its complaint ends with where to look."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, **options)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这一页")

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"参数有误：{message}\n请看 {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        print(help_page())
        return FINE if given else USAGE
    command, rest = _choose(given)
    if command is None:
        return _unknown(given)
    try:
        return call(command, rest)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return FINDINGS
    except KeyboardInterrupt:
        return FINDINGS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS


def call(command: Command, arguments: Sequence[str]) -> int:
    """Parse a command's arguments and run it."""
    if command.django:
        set_up_django(SCRATCH_SETTINGS if command.scratch else OFFICERS_SETTINGS)
    module, function = command.target.split(":")
    code = import_module(f"{_COMMANDS}.{module}")
    parser = _Parser(prog=f"liuhen {command.name}", description=command.title)
    declare: Callable[[argparse.ArgumentParser], None] | None = getattr(code, f"{function}_arguments", None)
    if declare:
        declare(parser)
    run: Callable[[argparse.Namespace], int] = getattr(code, function)
    parsed = parser.parse_args(list(arguments))
    if command.django and os.environ["DJANGO_SETTINGS_MODULE"] == OFFICERS_SETTINGS:
        home().require()
    return run(parsed)


def set_up_django(settings: str = OFFICERS_SETTINGS) -> None:
    """Django with these settings, unless the caller chose others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    import_module("django").setup()  # by name: the law's commands must start without it


def help_page() -> str:
    """The page that `liuhen --help` prints."""
    width = max(len(command.name) for command in commands()) + 2
    parts = [_HEAD]
    for section in SECTIONS:
        rows = "\n".join(f"  {command.name:<{width}}{command.title}" for command in section.commands)
        parts.append(f"{section.title}\n{rows}")
    return "\n\n".join([*parts, _TAIL])


def _choose(given: list[str]) -> tuple[Command | None, list[str]]:
    for words in (2, 1):
        if command := find(" ".join(given[:words])):
            return command, given[words:]
    return None, []


def _unknown(given: list[str]) -> int:
    """A group without its word lists the group; anything else names the nearest command."""
    group = [command for command in commands() if command.name.split()[0] == given[0]]
    if group:
        rows = "\n".join(f"  liuhen {command.name}    {command.title}" for command in group)
        asked = len(given) > 1 and given[1] in ("-h", "--help")
        print(rows, file=sys.stdout if asked else sys.stderr)
        return FINE if asked else USAGE
    near = get_close_matches(" ".join(given[:2]), [command.name for command in commands()], n=1, cutoff=0.5)
    hint = f"是不是 liuhen {near[0]}？" if near else ""
    print(f"没有“{given[0]}”这个命令。{hint}全部命令请看 liuhen --help", file=sys.stderr)
    return USAGE
