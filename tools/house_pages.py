"""Generated pages that join packs, dictionary, acts and the table of roles: what a newcomer looks up."""

# ruff: noqa: E402 - the rooms' models want Django set up before they are imported
import json
import os
from collections.abc import Iterable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings_test")
django.setup()

from liuhen.accounts.permissions import separation, table
from liuhen.acts import registry
from liuhen.acts.matter import packs
from liuhen.law.dictionary import Field
from liuhen.law.reading import role_titles
from liuhen.law.rules import Gate, Owe, Record

_STREAMS = {
    "lead": "案源", "case": "案件", "inspection": "检查",
    "recording": "音像", "publication": "公示", "register": "机关登记", "people": "人员登记", "catalogue": "名录",
}  # fmt: skip


def acts_page() -> str:
    """事项: name, entry, stream, who may, which articles speak of it; and the acts still to be built."""
    gates: dict[str, list[str]] = {}
    for pack in packs().values():
        for gate in pack.gates:
            for act in gate.acts:
                gates.setdefault(act, []).append(gate.cited)
    built: list[list[str]] = []
    planned: list[list[str]] = []
    for name, kinds in sorted(registry.dictionary().acts.items()):
        kind = registry.dictionary().kinds[kinds[0]]
        row = table().get(name, {})
        who = "系统" if row.get("system") and not row.get("roles") else _titles(row.get("roles", []))
        cells = [
            f"`{name}`",
            kind.title,
            f"`{kinds[0]}`",
            _STREAMS[kind.stream],
            who,
            "、".join(dict.fromkeys(gates.get(name, []))),
        ]
        (built if name in registry.acts() else planned).append(cells)
    head = ["事项", "名称", "条目", "所在", "谁可以办", "哪些条文设有条件"]
    return "\n".join(
        [
            "# 办理事项\n",
            *_table(head, built),
            "\n## 条文提到、尚未建成的事项\n",
            *_table(head[:4], [c[:4] for c in planned]),
        ]
    )


def acts_json() -> str:
    """The names of the acts that are built, for `liuhen law coverage`."""
    return json.dumps(sorted(registry.acts()), ensure_ascii=False, indent=0) + "\n"


def permissions_page() -> str:
    """权限: role by role, what it may do; and who may not be whom."""
    by_role: dict[str, list[str]] = {}
    for name, row in table().items():
        for role in row.get("roles", []):
            limit = {"handler": "（本案承办人）", "not_handler": "（不得是本案承办人）"}.get(
                row.get("of", ""), ""
            )
            by_role.setdefault(role, []).append(f"{registry.kind_of(registry.act(name)).title}{limit}")
    titles = role_titles()
    rows = [[titles[role], f"`{role}`", "、".join(acts)] for role, acts in by_role.items()]
    apart = [["、".join(titles[role] for role in rule["roles"]), rule["why"]] for rule in separation()]
    return "\n".join(
        [
            "# 权限\n",
            *_table(["角色", "标识", "可以办理"], rows),
            "\n## 不得由同一人担任\n",
            *_table(["角色", "理由"], apart),
        ]
    )


def entries_page() -> str:
    """条目: every kind with its fields."""
    parts = ["# 条目\n"]
    for name, kind in sorted(registry.dictionary().kinds.items()):
        parts.append(f"## `{name}` {kind.title}（第{kind.version}版）\n")
        time = "当场记入" if kind.time == "live" else "可补记，写明发生时间"
        parts.append(f"{_STREAMS[kind.stream]}；{time}；键 `{kind.key}`；事项 `{kind.act}`\n")
        rows = [
            [f"`{field.name}`", field.label, _type(field), "是" if field.required else "", field.part]
            for field in kind.fields.values()
        ]
        parts += [*_table(["字段", "名称", "类型", "必填", "部分"], rows), ""]
    return "\n".join(parts)


def obligations_page() -> str:
    """义务: every article with its gist and rules."""
    parts = ["# 条文与规则\n"]
    for pack in packs().values():
        parts.append(f"## {pack.prefix} {pack.measure.title}\n")
        rows = []
        for article in pack.articles.values():
            rules = "<br>".join(
                f"`{rule.id}` {_sort(rule)}{'：' + rule.title if rule.title != article.gist else ''}"
                for rule in article.rules
            )
            rows.append([article.id, article.gist, rules or article.no_duty or ""])
        parts += [*_table(["条", "大意", "规则"], rows), ""]
    return "\n".join(parts)


def _sort(rule: object) -> str:
    match rule:
        case Owe():
            return "应当"
        case Record():
            return "音像"
        case Gate():
            return "不得"
        case _:
            return ""


def _type(field: Field) -> str:
    return f"{field.type}：{'、'.join(field.choices.values())}" if field.choices else field.type


def _titles(roles: Iterable[str]) -> str:
    return "、".join(role_titles().get(role, role) for role in roles)


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    clean = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return [f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *clean]]
