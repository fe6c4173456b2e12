"""The one table of sub-commands: what `liuhen --help` prints and what each name runs.

A row's target is `module:function` beneath `liuhen.config.commands`: `function(args) -> int` runs it and,
where there are arguments, `function_arguments(parser)` declares them. A module is imported only when called.
Only rows with `django` set up Django first: the law's commands start without it; `scratch` rows use a folder of
their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One sub-command."""

    name: str
    """As typed: one word, or a group and a word."""
    title: str
    """One Chinese line."""
    target: str
    django: bool = True
    scratch: bool = False
    """Runs in a temporary folder of its own: needs no installation."""


@dataclass(frozen=True)
class Section:
    """A paragraph of the help page."""

    title: str
    commands: tuple[Command, ...]


SECTIONS = (
    Section(
        "启动与安装",
        (
            Command("run", "启动执法人员网站、公示网站和后台作业（Ctrl-C 停止）", "run:run", django=False),
            Command(
                "init", "正式安装：生成密钥、建立数据库；不含演示数据和默认密码", "init:init", django=False
            ),
            Command("people load", "录入机关和人员名册", "people:load"),
            Command("people password", "设置一人的登录密码", "people:password"),
            Command("people unlock", "解除一人的登录锁定", "people:unlock"),
            Command("worker", "只运行后台作业（省级部署时单独启动）", "worker:worker"),
        ),
    ),
    Section(
        "文书",
        (
            Command(
                "documents sheets",
                "把文书目录里的每一种文书按内容最少、最多各印一份，供查看",
                "documents:sheets",
                django=False,
            ),
            Command(
                "documents own",
                "逐一核对各机关自己的文书样式是否还合现在的要求（升级以后运行）",
                "own_forms:own",
            ),
            Command(
                "documents fonts", "文书用哪些字体；字体文件夹里哪些文件读不出来", "fonts:fonts", django=False
            ),
            Command("documents seal", "核对一份 PDF 上的电子印章，或者换上机关自己的证书", "seals:seal"),
        ),
    ),
    Section(
        "法规与规则",
        (
            Command(
                "law check", "检查规则包并运行示例；--mutate 逐个去掉规则", "law_check:run", django=False
            ),
            Command("law coverage", "每一条由什么落实、由哪些测试证明", "law_coverage:run", django=False),
            Command("law judge", "按某部办法判断文件里的事实", "law_judge:run", django=False),
            Command(
                "law readings",
                "列出规则包里的读法：原文有余地之处，我们怎样理解",
                "law_readings:run",
                django=False,
            ),
            Command(
                "law read", "读入正式文本：分出章节条款项，存入法规库", "law_read:read_text", django=False
            ),
        ),
    ),
    Section(
        "底账",
        (
            Command("ledger verify", "重新计算全部条目、文件和检查点，指出被改动之处", "ledger:verify"),
            Command("rebuild", "由条目重新生成列表和期限；--check 只比较", "rebuild:rebuild"),
        ),
    ),
    Section(
        "场景",
        (
            Command(
                "scenario run", "在临时数据库中演一遍场景文件，核对其中的期望", "scenario:run", scratch=True
            ),
            Command(
                "case to-scenario", "把一件案件写成场景文件；--anonymise 隐去身份", "scenario:to_scenario"
            ),
            Command(
                "case enter",
                "把已公布的处罚案件录入临时数据库，列明进来的、没有进来的和原因",
                "published:run",
                scratch=True,
            ),
            Command("demo load", "装入演示数据：人员、账号和处于各个阶段的案件", "demo:load"),
        ),
    ),
    Section("维护", (Command("django", "Django 的管理命令（供维护人员）", "django:django", django=False),)),
)


def commands() -> list[Command]:
    """Every row, in the order of the help page."""
    return [command for section in SECTIONS for command in section.commands]


def find(name: str) -> Command | None:
    """The row of a name as typed."""
    return next((command for command in commands() if command.name == name), None)
