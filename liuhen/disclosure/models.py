"""Rows of the disclosure desk. Read out of the entries; can be thrown away and rebuilt."""

from django.db import models

ID = 32


class PostingRow(models.Model):
    """公示台的一行: one posting and where it stands. Instants in milliseconds UTC."""

    stream = models.CharField(max_length=ID, primary_key=True)
    agency = models.CharField(max_length=ID)
    sort = models.CharField(max_length=12, default="decision")
    decision = models.CharField(max_length=ID)
    title = models.CharField(max_length=500)
    number = models.CharField(max_length=200)
    party_name = models.CharField(max_length=500)
    status = models.CharField(max_length=12)
    channels = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=500)
    prepared_ms = models.BigIntegerField()
    posted_ms = models.BigIntegerField(null=True)

    class Meta:
        db_table = "disclosure_posting"
        indexes = [models.Index(fields=["agency", "status", "-prepared_ms"], name="disclosure_posting_desk")]


class CountedRow(models.Model):
    """执法总体情况数到的一条: one entry that counts in a year's figures, and the `lines` in which it does.

    Amounts in 分. Lists and sums are read out of the index alone.
    """

    id = models.CharField(max_length=64, primary_key=True)
    matter = models.CharField(max_length=ID, db_index=True)
    agency = models.CharField(max_length=ID)
    year = models.IntegerField()
    lines = models.CharField(max_length=100)
    amount = models.BigIntegerField()
    refund = models.BigIntegerField()
    recorded_ms = models.BigIntegerField()

    class Meta:
        db_table = "disclosure_counted"
        indexes = [
            models.Index(
                fields=["agency", "year", "lines", "recorded_ms", "id", "amount", "refund"],
                name="disclosure_counted_lines",
            )
        ]
