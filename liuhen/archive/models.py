"""Rows of originals. Read out of the entries; can be thrown away and rebuilt."""

from typing import ClassVar

from django.db import models


class OriginalRow(models.Model):
    """原件: where it lies, who has it. `lent_ms` in milliseconds UTC, `due_back` an ISO date or empty."""

    pk = models.CompositePrimaryKey("stream", "original")
    stream = models.CharField(max_length=32)
    original = models.CharField(max_length=32)
    agency = models.CharField(max_length=32)
    name = models.TextField()
    quantity = models.TextField()
    shelf = models.TextField()
    matter = models.TextField()
    borrower = models.TextField()
    unit = models.TextField()
    lent_ms = models.BigIntegerField()
    due_back = models.CharField(max_length=10)
    condition = models.TextField()

    class Meta:
        db_table = "archive_original"
        indexes: ClassVar = [models.Index(fields=["agency", "due_back"], name="archive_original_due")]
