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
