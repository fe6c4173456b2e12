from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("acts", "0003_by_article")]

    operations = [
        migrations.AddField(
            model_name="owedrow", name="led_by", field=models.CharField(max_length=80, null=True)
        ),
    ]
