"""Certificates, roles and leave get keys of their own and their agency, so that entries can name them."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from liuhen.kernel.ids import new_id


def fill(apps: Any, schema_editor: Any) -> None:
    """A key for every row that stands, and the agency of its officer."""
    for name in ("Certificate", "RoleGrant"):
        model = apps.get_model("accounts", name)
        for row in model.objects.select_related("officer").iterator():
            row.key, row.agency_id = new_id(), row.officer.agency_id
            row.save(update_fields=["key", "agency"])


def _agency(name: str) -> Any:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name=name, to="accounts.agency"
    )


def _agency_at_last(name: str) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="accounts.agency"
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("officer", "must_change", models.BooleanField(default=False, verbose_name="须改密码")),
        migrations.AddField("certificate", "key", models.CharField(max_length=80, null=True)),
        migrations.AddField("certificate", "agency", _agency("certificates")),
        migrations.AlterField("certificate", "number", models.CharField(max_length=40, verbose_name="执法证号")),
        migrations.AddField("rolegrant", "key", models.CharField(max_length=80, null=True)),
        migrations.AddField("rolegrant", "agency", _agency("grants")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True)),
                ("from_on", models.DateField(verbose_name="起始日")),
                ("to_on", models.DateField(verbose_name="终止日")),
                ("reason", models.CharField(max_length=500, verbose_name="事由")),
                ("agency", _agency_at_last("leaves")),
                ("officer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="leaves", to=settings.AUTH_USER_MODEL)),
                ("substitute", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="stands_in", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["from_on", "id"]},
        ),
    ]
