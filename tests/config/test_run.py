"""`liuhen run` as a user types it: both sites answer, a second start goes on from the first, Ctrl-C ends all."""

import os
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from liuhen.config.home import Home
from liuhen.config.processes import port_free
from tools.sites import started

STOP_SECONDS = 5


def fetch(address: str) -> tuple[int, dict[str, str]]:
    """Status and headers of an address."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - this machine's own address
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real installation, without demonstration data."""
    folder = tmp_path_factory.mktemp("home")
    Home(folder).found("real")
    return folder


def test_both_sites_answer_and_leave(house: Path) -> None:
    with started(house) as sites:
        assert sites.officers in sites.said
        assert sites.public in sites.said
        for address in (sites.officers, sites.public):
            status, headers = fetch(f"{address}/healthz")
            assert status == 200
            policy = headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"
        leaving = time.monotonic()
        ports = [int(address.rsplit(":", 1)[1]) for address in (sites.officers, sites.public)]
    assert time.monotonic() - leaving < STOP_SECONDS
    assert all(port_free("127.0.0.1", port) for port in ports)


def test_nothing_outlives_a_killed_parent(house: Path) -> None:
    with started(house) as sites:
        os.kill(sites.process, signal.SIGKILL)
        port = int(sites.officers.rsplit(":", 1)[1])
        until = time.monotonic() + STOP_SECONDS
        while not port_free("127.0.0.1", port) and time.monotonic() < until:
            time.sleep(0.1)
        assert port_free("127.0.0.1", port)


def test_the_second_start_finds_what_the_first_made(house: Path) -> None:
    """How long it takes is measured: `make bench ONLY=start`."""
    with started(house):
        made = Home(house).secret("officers")
    with started(house) as second:
        assert made is not None and Home(house).secret("officers") == made
        assert fetch(second.officers)[0] == 200
        assert "正在装入演示数据" not in second.said


def test_each_site_has_its_own_database(house: Path) -> None:
    with started(house):
        pass
    own = Home(house)
    assert own.officers_database.exists()
    assert own.public_database.exists()


def test_a_real_installation_holds_no_demonstration(house: Path) -> None:
    with started(house) as sites:
        assert "演示" not in sites.said
    assert not Home(house).demo_accounts.exists()


def test_a_wrong_host_is_refused(house: Path) -> None:
    with started(house) as sites:
        request = urllib.request.Request(f"{sites.officers}/healthz", headers={"Host": "evil.example"})  # noqa: S310
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)  # noqa: S310
        assert refused.value.code == 400
