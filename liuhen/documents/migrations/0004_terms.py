"""复议机关、诉讼法院和收款账户."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_sign_slips'),
    ]

    operations = [
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('pk', models.CompositePrimaryKey('stream', 'entry', blank=True, editable=False, primary_key=True, serialize=False)),
                ('stream', models.CharField(max_length=32)),
                ('entry', models.BigIntegerField()),
                ('agency', models.CharField(max_length=32)),
                ('since', models.CharField(max_length=10)),
                ('recorded', models.BigIntegerField()),
                ('said', models.TextField()),
            ],
            options={
                'db_table': 'document_terms',
                'indexes': [models.Index(fields=['agency'], name='document_terms_of')],
            },
        ),
    ]
