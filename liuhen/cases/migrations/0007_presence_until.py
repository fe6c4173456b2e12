"""Where officers were is looked for by when it ended: of what is recorded today most was over before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_search_by_entry")]
    operations = [
        migrations.RemoveIndex(model_name="presence", name="cases_presence_officer"),
        migrations.AddIndex(
            model_name="presence",
            index=models.Index(fields=["officer", "ends_ms", "starts_ms"], name="cases_presence_until"),
        ),
    ]
