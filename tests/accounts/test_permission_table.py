"""The one table of acts and roles: complete, and naming nothing that does not exist."""

from liuhen.accounts.permissions import separation, table
from liuhen.acts import registry
from liuhen.law.reading import roles


def test_every_act_stands_in_the_table_and_every_row_is_an_act():
    assert set(table()) == set(registry.acts())


def test_the_table_names_known_roles_and_relations():
    known = set(roles())
    for name, row in table().items():
        assert row.get("roles") or row.get("system"), name
        assert set(row.get("roles", [])) <= known, name
        assert row.get("of") in (None, "handler", "not_handler"), name
        assert set(row) <= {"roles", "of", "system"}, name


def test_separated_roles_are_known():
    known = set(roles())
    assert all(set(rule["roles"]) <= known and rule["why"] for rule in separation())
