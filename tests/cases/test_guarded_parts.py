"""受保护的部分: an identity number is for those who work the case, an informant for fewer still."""

import pytest

from liuhen.accounts.permissions import guarded
from liuhen.acts.matter import load_matter
from liuhen.cases.access import INFORMANT, PERSON, visible_parts
from liuhen.law.reading import roles
from tests.databases import People
from tests.factories.people import AT_WORK
from tests.web.played import begin

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def people() -> People:
    return AT_WORK


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("zhang", {PERSON, INFORMANT}),
        ("ke", {PERSON, INFORMANT}),
        ("ju", {PERSON, INFORMANT}),
        ("shen", {PERSON}),
        ("dang", {PERSON}),
        ("cai", set()),
        ("xitong", set()),
        ("mi", set()),
    ],
)
def test_who_sees_what_of_a_case(person: str, sees: set[str]):
    play = begin()
    matter = load_matter(play.file_case())
    assert visible_parts(play.who(person), matter) == sees


def test_the_table_names_known_roles():
    assert all(set(rule["roles"]) <= set(roles()) for rule in guarded().values())
