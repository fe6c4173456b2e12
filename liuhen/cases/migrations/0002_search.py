"""The search table: FTS5 on SQLite, a GIN index over tsvector on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = ["CREATE VIRTUAL TABLE cases_search USING fts5(tokens, agency UNINDEXED, tokenize='unicode61')"]
POSTGRESQL = [
    'CREATE TABLE cases_search ("rowid" bigint PRIMARY KEY, agency varchar(32) NOT NULL, tokens text NOT NULL)',
    "CREATE INDEX cases_search_tokens ON cases_search USING gin (to_tsvector('simple', tokens))",
]


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table in the engine's own way."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove it again."""
    schema_editor.execute("DROP TABLE cases_search")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
