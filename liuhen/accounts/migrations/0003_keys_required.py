"""Every certificate and role has its key and its agency.

Apart from the filling: PostgreSQL alters no table that was written to in the same transaction.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _agency(name: str) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="accounts.agency"
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people_from_entries")]

    operations = [
        migrations.AlterField("certificate", "key", models.CharField(max_length=80, unique=True)),
        migrations.AlterField("certificate", "agency", _agency("certificates")),
        migrations.AlterField("rolegrant", "key", models.CharField(max_length=80, unique=True)),
        migrations.AlterField("rolegrant", "agency", _agency("grants")),
    ]
