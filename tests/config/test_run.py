"""`liuhen run` as a user types it: both sites answer, a second start goes on from the first, Ctrl-C ends all."""

import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from liuhen.config.home import Home
from liuhen.config.processes import port_free
from tools.sites import Sites, started

STOP_SECONDS = 5
LOADING = "正在装入演示数据"


def fetch(address: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an address, wherever it leads."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - this machine's own address
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), ""


def ports(sites: Sites) -> list[int]:
    """Those of both sites."""
    return [int(address.rsplit(":", 1)[1]) for address in (sites.officers, sites.public)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real installation, without demonstration data."""
    folder = tmp_path_factory.mktemp("home")
    Home(folder).found("real")
    return folder


@pytest.fixture(scope="module")
def sites(house: Path) -> Iterator[Sites]:
    """Both sites of it, running."""
    with started(house) as running:
        yield running


def test_both_sites_answer(sites: Sites) -> None:
    assert sites.officers in sites.said
    assert sites.public in sites.said
    for address in (sites.officers, sites.public):
        status, headers, _ = fetch(f"{address}/healthz")
        assert status == 200
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_each_site_has_its_own_database(house: Path, sites: Sites) -> None:
    own = Home(house)
    assert own.officers_database.exists()
    assert own.public_database.exists()


def test_a_real_installation_holds_no_demonstration(house: Path, sites: Sites) -> None:
    assert "演示" not in sites.said
    assert not Home(house).demo_accounts.exists()


def test_a_wrong_host_is_refused(sites: Sites) -> None:
    request = urllib.request.Request(f"{sites.officers}/healthz", headers={"Host": "evil.example"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)  # noqa: S310
    assert refused.value.code == 400


def test_nothing_outlives_a_killed_parent(tmp_path: Path) -> None:
    Home(tmp_path).found("real")
    with started(tmp_path) as killed:
        os.kill(killed.process, signal.SIGKILL)
        port, _ = ports(killed)
        until = time.monotonic() + STOP_SECONDS
        while not port_free("127.0.0.1", port) and time.monotonic() < until:
            time.sleep(0.1)
        assert port_free("127.0.0.1", port)


def test_a_first_start_loads_the_whole_demonstration_and_a_second_goes_on_from_it(tmp_path: Path) -> None:
    """How long each takes is measured: `make bench ONLY=start`."""
    home = Home(tmp_path)
    with started(tmp_path) as first:
        assert LOADING in first.said
        assert "ju.qingxi" in first.said, "the accounts are shown"
        assert [fetch(address)[0] for address in (first.officers, first.public)] == [200, 200]
        made, accounts = home.secret("officers"), home.demo_accounts.read_text()
        leaving = time.monotonic()
    assert time.monotonic() - leaving < STOP_SECONDS
    assert all(port_free("127.0.0.1", port) for port in ports(first))
    with started(tmp_path) as second:
        assert LOADING not in second.said and accounts.rstrip() in second.said
        assert made is not None and home.secret("officers") == made
        assert fetch(second.officers)[0] == 200
        assert "清溪县" in fetch(second.public)[2], "what was published is shown"
    assert second.seconds < first.seconds
