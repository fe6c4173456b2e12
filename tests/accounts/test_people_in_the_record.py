"""People, roles and certificates are entries; their tables are read out of them, and an alteration is named."""

from datetime import date

import pytest
from django.db import connection

from liuhen import ledger
from liuhen.accounts.actor import actor_of, certificate_on, freeze_officers
from liuhen.accounts.demo import PEOPLE as DEMO
from liuhen.accounts.directory import AgencySpec, OfficerSpec, enter
from liuhen.accounts.folding import Held
from liuhen.accounts.models import Agency, Certificate, Leave, Officer, RoleGrant, Unit
from liuhen.accounts.projections import people_stream
from liuhen.accounts.taking_over import take_over_as_it_stands
from liuhen.acts import perform, rebuild
from liuhen.kernel.clock import FixedClock, local_date
from liuhen.kernel.ids import new_id
from tests.databases import People
from tests.factories.people import IN_MARCH, PASSWORD


@pytest.fixture
def people() -> People:
    return IN_MARCH


@pytest.fixture
def clock(database: str) -> FixedClock:
    return FixedClock.at(IN_MARCH.at)


def officer(slug: str) -> Officer:
    return Officer.objects.get(username=f"{slug}.qingxi")


def do(clock: FixedClock, slug: str, act: str, **fields: object) -> None:
    by = actor_of(officer(slug), clock.now_ms())
    stream = people_stream(by.agency)
    perform(act, by, fields, new_id(), clock=clock, stream=stream)


def test_everybody_is_in_the_record_and_can_sign_in(clock: FixedClock) -> None:
    agency = Agency.objects.get(slug="qingxi")
    stream = people_stream(agency.id)
    assert stream is not None
    (entry,) = ledger.read([stream])
    assert {row["username"] for row in entry.open["people"]} == {f"{one.slug}.qingxi" for one in DEMO}
    assert "password" not in str(entry.open)
    assert officer("zhang").check_password(PASSWORD)
    assert list(rebuild.check()) == []


def test_a_change_keeps_password_and_sign_in(clock: FixedClock) -> None:
    before = officer("zhang")
    Officer.objects.filter(id=before.id).update(last_login="2026-03-01T00:00:00Z")
    do(clock, "xitong", "change_person", officer=before.id, name="张远", unit="法规科", reason="调整")
    after = officer("zhang")
    assert (after.name, after.unit.name, after.last_login is not None) == ("张远", "法规科", True)
    assert after.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("UPDATE accounts_officer SET name = '冒名' WHERE username = 'zhang.qingxi'", "accounts_officer"),
        ("UPDATE accounts_rolegrant SET role = 'agency_head' WHERE role = 'finance'", "accounts_rolegrant"),
        ("UPDATE accounts_certificate SET valid_to = '2039-12-31' WHERE area = '清溪县'", "accounts_certificate"),
        ("UPDATE accounts_agency SET code = '冀' WHERE slug = 'qingxi'", "accounts_agency"),
        ("UPDATE accounts_unit SET kind = 'leaders' WHERE kind = 'legal'", "accounts_unit"),
        ("DELETE FROM accounts_rolegrant WHERE role = 'custodian'", "accounts_rolegrant"),
        (
            "INSERT INTO accounts_rolegrant (key, officer_id, agency_id, role, from_on)"
            " SELECT 'x', id, agency_id, 'principal_head', '2020-01-01' FROM accounts_officer"
            " WHERE username = 'zhang.qingxi'",
            "accounts_rolegrant",
        ),
    ],
)  # fmt: skip
def test_what_is_changed_in_the_tables_alone_is_named_and_made_right_again(
    clock: FixedClock, sql: str, table: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert {difference.table for difference in rebuild.check()} == {table}
    rebuild.rebuild()
    assert list(rebuild.check()) == []
    assert officer("zhang").check_password(PASSWORD)


def test_an_older_installation_enters_its_people_as_they_stand(clock: FixedClock) -> None:
    """As after the migration: rows with keys, and no stream of people."""
    level = Agency.objects.get(slug="qingxi")
    old = Agency.objects.create(
        slug="old", name="旧县医疗保障局", code="旧", region="1", level="county", superior=level
    )
    ledger.create_log(old.id, "old.example/zfjl")
    unit = Unit.objects.create(agency=old, name="办公室", kind="office")
    left = Officer.objects.create_user(
        "left.old", "one long word", name="离岗", agency=old, unit=unit, is_active=False
    )
    one = Officer.objects.create_user("one.old", "one long word", name="一人", agency=old, unit=unit)
    days = {"valid_from": date(2024, 1, 1), "valid_to": date(2026, 12, 31)}
    Certificate.objects.create(key=new_id(), officer=one, agency=old, number="1", area="县", **days)
    RoleGrant.objects.create(key=new_id(), officer=one, agency=old, role="handler", from_on=date(2024, 1, 1))
    RoleGrant.objects.create(
        key=new_id(),
        officer=one,
        agency=old,
        role="recorder",
        from_on=date(2024, 1, 1),
        to_on=date(2025, 1, 1),
    )
    before = {
        model: list(model.objects.filter(agency=old).order_by("id").values())
        for model in (Officer, RoleGrant)
    }
    assert take_over_as_it_stands(clock) == 1
    assert take_over_as_it_stands(clock) == 0
    assert list(rebuild.check()) == []
    for model, rows in before.items():
        assert list(model.objects.filter(agency=old).order_by("id").values()) == rows
    assert actor_of(one, clock.now_ms()).roles == {"handler"}
    assert actor_of(left, clock.now_ms()).roles == frozenset()
    assert certificate_on(one, date(2026, 3, 2)) is not None
    assert one.check_password("one long word")


def test_a_file_adds_new_people_to_an_agency_at_work(clock: FixedClock) -> None:
    more = OfficerSpec("new.qingxi", "新人", "法规科", ("legal_reviewer",))
    spec = AgencySpec("qingxi", "清溪县医疗保障局（演示）", "清", "419121", "county", "liuhen.example/419121",
        units={"法规科": "legal"}, people=(more,))  # fmt: skip
    for _ in range(2):
        enter([spec], PASSWORD, clock)
    assert actor_of(officer("new"), clock.now_ms()).roles == {"legal_reviewer"}
    assert officer("new").check_password(PASSWORD)
    assert list(rebuild.check()) == []


def test_a_suspended_certificate_does_not_count_until_it_is_given_back(clock: FixedClock) -> None:
    zhang = officer("zhang")
    key = zhang.certificates.get().key.partition(".")[0]
    do(
        clock,
        "xitong",
        "halt_certificate",
        certificate=key,
        state="suspended",
        from_on="2026-03-02",
        reason="考核",
    )
    frozen = freeze_officers(zhang.agency_id, [zhang.id], clock.now_ms())
    assert frozen[0]["valid_to"] == "2026-03-01"
    clock.advance(5 * 86_400_000)
    do(clock, "xitong", "restore_certificate", certificate=key, from_on="2026-03-07", reason="合格")
    frozen = freeze_officers(zhang.agency_id, [zhang.id], clock.now_ms())
    assert frozen[0]["valid_to"] == "2029-12-31"
    assert Certificate.objects.filter(officer=zhang).count() == 2
    assert list(rebuild.check()) == []


def test_a_substitute_has_the_roles_for_the_days_of_the_leave_only(clock: FixedClock) -> None:
    ju, fuju = officer("ju"), officer("fuju")
    do(clock, "xitong", "record_leave", officer=ju.id, substitute=fuju.id, roles=["principal_head"],
       from_on="2026-03-03", to_on="2026-03-05", reason="学习")  # fmt: skip
    held = []
    for _ in range(5):
        held.append("principal_head" in actor_of(fuju, clock.now_ms()).roles)
        clock.advance(86_400_000)
    assert held == [False, True, True, True, False]
    assert Leave.objects.get().officer_id == ju.id
    assert local_date(clock.now_ms()) == date(2026, 3, 7)


def test_days_of_a_certificate() -> None:
    held = Held("o", "1", date(2026, 1, 1), date(2026, 12, 31), "县")
    assert held.spans() == [(date(2026, 1, 1), date(2026, 12, 31))]
    held.halts = [(date(2026, 3, 1), date(2026, 4, 1)), (date(2026, 6, 1), None)]
    assert held.spans() == [(date(2026, 1, 1), date(2026, 2, 28)), (date(2026, 4, 1), date(2026, 5, 31))]
    held.halts = [(date(2026, 1, 1), None)]
    assert held.spans() == []
    held.halts = [(date(2025, 12, 1), date(2027, 1, 1))]
    assert held.spans() == []
