"""What a posting is of: a decision, an inspection, an item published beforehand, a year's figures."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; every posting so far is of a decision."""

    dependencies = [("disclosure", "0001_initial")]

    operations = [
        migrations.AddField("postingrow", "sort", models.CharField(max_length=12, default="decision")),
    ]
