"""The suite's own databases: both engines, rolled back or thrown away, nothing carried from test to test."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from liuhen.config.storage import storage_faults
from tests.databases import Settings


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_is_gone_for_the_next(database: str, turn: int) -> None:
    assert connection.vendor == database
    assert not Group.objects.exists()
    with transaction.atomic(durable=True):
        Group.objects.create(name=f"第{turn}轮")


@pytest.mark.parametrize("turn", [1, 2])
def test_a_fresh_database_sees_commits_of_other_threads(fresh_database: Settings, turn: int) -> None:
    def write() -> None:
        Group.objects.create(name=f"第{turn}轮")
        connection.close()

    assert not Group.objects.exists()
    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert Group.objects.get().name == f"第{turn}轮"


def test_the_durable_database_is_as_a_real_one(durable_database: Settings) -> None:
    assert storage_faults("default") == storage_faults("portal") == []


@pytest.mark.django_db
def test_pytest_django_works_on_a_copy() -> None:
    assert connection.vendor == "sqlite"
    assert not Group.objects.exists()
