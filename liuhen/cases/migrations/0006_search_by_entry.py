"""A case has several rows in the search: those that there are become the first of theirs."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    "ALTER TABLE cases_search RENAME TO cases_searched",
    "CREATE VIRTUAL TABLE cases_search USING fts5(tokens, agency UNINDEXED, tokenize='unicode61')",
    "INSERT INTO cases_search (rowid, agency, tokens) SELECT rowid * 512, agency, tokens FROM cases_searched",
    "DROP TABLE cases_searched",
]
POSTGRESQL = ['UPDATE cases_search SET "rowid" = "rowid" * 512']


def number_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make room behind each row."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_party")]
    operations = [migrations.RunPython(number_anew, migrations.RunPython.noop)]
