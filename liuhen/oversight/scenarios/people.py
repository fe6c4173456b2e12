"""The demonstration's accounts, as `liuhen run` shows them."""

from collections.abc import Iterator

from liuhen.accounts.demo import AGENCIES, PEOPLE
from liuhen.law.reading import role_titles

_SHOWN = ("qingxi", "wangdu")


def account_lines(password: str) -> Iterator[str]:
    """Login names, posts and roles; the same people are in every agency."""
    titles = role_titles()
    yield f"演示账号（密码都是 {password}）："
    for person in PEOPLE:
        roles = "、".join(titles[role] for role in person.roles)
        logins = "  ".join(f"{f'{person.slug}.{slug}':<14}" for slug in _SHOWN)
        yield f"  {logins}  {person.name}  {person.post}（{roles}）"
    others = "、".join(f"{spec.slug}（{spec.name}）" for spec in AGENCIES if spec.slug not in _SHOWN)
    yield f"  其他机关：{others}；登录名写作 人员.机关，如 ju.henan；jiandu.henan 是省局的执法监督人员"
