"""`liuhen run`: both sites and the worker on one machine; a first start makes the demonstration."""

import argparse
import os
import sys
from contextlib import redirect_stdout
from importlib import import_module

from liuhen.config.cli import FINDINGS, FINE, call, set_up_django
from liuhen.config.home import Home, home
from liuhen.config.prepared import is_prepared, note
from liuhen.config.processes import Family, ProcessDied, granian, port_free
from liuhen.config.table import find

_SITES = {
    "officers": ("liuhen.config.settings", "liuhen.config.wsgi:application"),
    "public": ("liuhen.config.settings_public", "liuhen.config.wsgi_public:application"),
}


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """Addresses and sizes."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认 127.0.0.1）")
    parser.add_argument("--port", type=int, default=8000, help="执法人员网站端口（默认 8000）")
    parser.add_argument("--public-port", type=int, default=8001, help="公示网站端口（默认 8001）")
    parser.add_argument("--workers", type=int, default=1, help="执法人员网站的进程数（默认 1）")


def run(args: argparse.Namespace) -> int:
    """Prepare, start, and stay until Ctrl-C."""
    for port in (args.port, args.public_port):
        if not port_free(args.host, port):
            print(
                f"端口 {port} 已被占用：留痕可能已在运行，或用 --port / --public-port 换一个", file=sys.stderr
            )
            return FINDINGS
    os.environ.setdefault("LIUHEN_PUBLIC_URL", f"http://{args.host}:{args.public_port}/")
    house = home()
    if not _prepare(house):
        return FINDINGS
    with Family() as family:
        try:
            _start(family, args)
            print(_greeting(house, args), flush=True)
            family.wait()
        except KeyboardInterrupt:
            print("\n正在停止……", flush=True)
        except ProcessDied as death:
            print(death, file=sys.stderr)
            return FINDINGS
    return FINE


def _prepare(house: Home) -> bool:
    """Databases in place; the demonstration loaded once, begun anew if its loading was cut short."""
    house.found("demo")
    load = find("demo load")
    loading = house.kind == "demo" and load is not None and not house.demo_accounts.exists()
    if not loading and is_prepared(house):
        return True  # each site looks itself at how its database is set
    set_up_django()
    installation = import_module("liuhen.config.installation")  # by name: nothing of Django when all is there
    if loading:
        installation.discard_unfinished_demo(house)
        house.found("demo")
    installation.prepare(house)
    if loading and load is not None:
        print("首次启动：正在装入演示数据（示范省）……", flush=True)
        with redirect_stdout(None):  # the accounts are shown with the addresses
            loaded = call(load, [])
        if loaded != FINE:
            return False
    note(house)
    return True


def _start(family: Family, args: argparse.Namespace) -> None:
    for site, name, port, workers, threads in (
        ("officers", "执法人员网站", args.port, args.workers, 8),
        ("public", "公示网站", args.public_port, 1, 4),
    ):
        settings, target = _SITES[site]
        command = granian(target, args.host, port, workers=workers, threads=threads)
        family.start(name, command, {"DJANGO_SETTINGS_MODULE": settings})
    family.wait_for(args.host, args.port)
    family.wait_for(args.host, args.public_port)
    family.start("后台作业", [sys.executable, "-m", "liuhen.config", "worker"], {})  # nobody waits for it


def _greeting(house: Home, args: argparse.Namespace) -> str:
    lines = [
        "留痕已启动（Ctrl-C 停止）",
        f"  执法人员网站  http://{args.host}:{args.port}/",
        f"  公示网站      http://{args.host}:{args.public_port}/",
        f"  数据所在      {house.path}",
    ]
    if house.kind == "demo" and house.demo_accounts.exists():
        lines += ["", house.demo_accounts.read_text().rstrip()]
    return "\n".join(lines)
