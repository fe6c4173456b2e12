"""`liuhen worker`: what is done beside the requests, until it is told to stop."""

import argparse
import signal
import threading

from liuhen.config.cli import FINE
from liuhen.config.demo_clock import installed_clock
from liuhen.config.home import home
from liuhen.config.storage import require_safe_storage
from liuhen.config.wiring import periodic
from liuhen.config.worker import Worker


def worker(args: argparse.Namespace) -> int:
    """Run the periodic work that the wiring names."""
    require_safe_storage("default", "portal")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Worker(periodic(), installed_clock(home())).run(stop)
    return FINE
