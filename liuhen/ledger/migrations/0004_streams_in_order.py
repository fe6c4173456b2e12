"""An agency's streams of one type lie in their order: a page of the list is read without sorting them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_read_refused")]

    operations = [
        migrations.RemoveIndex(model_name="stream", name="ledger_stream_by_type"),
        migrations.AddIndex(
            model_name="stream",
            index=models.Index(fields=["agency", "type", "id"], name="ledger_stream_in_order"),
        ),
    ]
