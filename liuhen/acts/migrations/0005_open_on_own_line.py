from django.db import migrations, models

OPEN_ON_OWN_LINE = models.Q(is_open=True, led_by__isnull=True)
BY_ROLE, BY_MATTER = "acts_owed_role", "acts_owed_matter"


class Migration(migrations.Migration):
    dependencies = [("acts", "0004_led_by")]

    operations = [
        migrations.RemoveIndex(model_name="owedrow", name=BY_ROLE),
        migrations.RemoveIndex(model_name="owedrow", name=BY_MATTER),
        migrations.AddIndex(
            model_name="owedrow",
            index=models.Index(
                fields=["agency", "who", "due_ms", "starts_ms", "matter"],
                condition=OPEN_ON_OWN_LINE,
                name=BY_ROLE,
            ),
        ),
        migrations.AddIndex(
            model_name="owedrow",
            index=models.Index(
                fields=["matter", "who", "agency"], condition=OPEN_ON_OWN_LINE, name=BY_MATTER
            ),
        ),
    ]
