"""Of a file in staging it is kept whether its end is missing: it is said wherever the file is shown before it is used."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_streams_in_order")]

    operations = [
        migrations.AddField(
            model_name="upload", name="cut_off", field=models.BooleanField(default=False, db_default=False)
        ),
    ]
